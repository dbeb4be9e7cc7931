"""Lists and small numbers as they read in a sentence."""

from collections.abc import Sequence

WORDS = {1: "one", 2: "two", 3: "three", 4: "four"}


def in_words(names: Sequence[str]) -> str:
    """C-01, C-02 and C-07."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
