"""What a seal's digest is made of."""

import hashlib
import json
from collections.abc import Sequence


def seal_digest(
    previous: str, number: int, table: str, columns: Sequence[str], after: int, until: int, count: int, rows: str
) -> str:
    """SHA-256, as hex, over everything that the seal says and the seal before it."""
    text = json.dumps([previous, number, table, list(columns), after, until, count, rows], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
