"""What a seal's digest is made of, and when a sign-in link opens."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

LINK_LASTS = timedelta(minutes=15)
MOST_TRIES = 5
"""of one code"""
ASKING_COUNTED = timedelta(hours=1)
MOST_ASKED_FOR_ADDRESS, MOST_ASKED_BY_SENDER = 5, 300
"""Requests within that time. Behind a proxy everybody is one sender."""

UNKNOWN_LINK = "This link does not work. Ask for a new one"
WRONG_CODE = "That code is not right. Check it and try again"
TOO_MANY_TRIES = "There were too many wrong codes. Ask for a new one"
USED = "This was already used to sign in. Ask for a new one"
NEWER = "We have sent you a newer one since. Use that, or ask for a new one"
OLD = "This was sent more than 15 minutes ago. Ask for a new one"


def link_problem(*, asked_at: datetime, used: bool, newer: bool, now: datetime) -> str | None:
    """Why a link or a code that is the right one does not open anything any more."""
    if used:
        return USED
    if newer:
        return NEWER
    return OLD if now >= asked_at + LINK_LASTS else None


def minutes_to_wait(asked: Sequence[datetime], most: int, now: datetime) -> int:
    """Until one more may be asked for; 0 where that is now. `asked` are the times of those before."""
    counted = sorted((at for at in asked if at > now - ASKING_COUNTED), reverse=True)
    if len(counted) < most:
        return 0
    return max(1, -int((now - counted[most - 1] - ASKING_COUNTED).total_seconds() // 60))


def seal_digest(
    previous: str, number: int, table: str, columns: Sequence[str], after: int, until: int, count: int, rows: str
) -> str:
    """SHA-256, as hex, over everything that the seal says and the seal before it."""
    text = json.dumps([previous, number, table, list(columns), after, until, count, rows], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
