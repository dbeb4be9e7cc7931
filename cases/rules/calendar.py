"""Slots as a calendar file (RFC 5545), which every calendar reads.

A dozen lines of one fixed shape, so that no library is needed; times are in UTC, so that no zone has to be described.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 73  # octets, without the line end; 75 with what a fold adds


@dataclass(frozen=True)
class Event:
    """`uid` stays the same however often the slot is moved, `version` grows. `what` names nobody."""

    uid: str
    version: int
    what: str
    begins: datetime
    ends: datetime
    where: str = ""
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event], now: datetime) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Youth inspection fieldwork//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    lines += [line for event in events for line in event_lines(event, now)]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in fold(line))


def event_lines(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"SEQUENCE:{event.version}"
    yield f"DTSTAMP:{stamp(now)}"
    yield f"DTSTART:{stamp(event.begins)}"
    yield f"DTEND:{stamp(event.ends)}"
    yield f"SUMMARY:{escaped(event.what)}"
    if event.where:
        yield f"LOCATION:{escaped(event.where)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def fold(line: str) -> Iterator[str]:
    """A long line goes on after a space; no letter is cut in two."""
    start, room = "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield start
            start, room = " ", LONGEST_LINE - 1
        start, room = start + letter, room - size
    yield start
