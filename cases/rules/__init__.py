"""Drawing, allocating, checking: pure functions."""
