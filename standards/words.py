"""How a value that somebody wrote is named in a sentence: short, and on one line."""

import json

LONGEST = 40


def shown(value: object) -> str:
    """As it stands in JSON; text in single quotes."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    words = repr(value) if isinstance(value, str) else json.dumps(value)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}..."


def named(code: str) -> str:
    """A code as it was written, or quoted and cut where it would disturb the sentence."""
    return code if code.isprintable() and 0 < len(code) <= LONGEST else shown(code)
