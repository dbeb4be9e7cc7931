"""Meeting notes, themes and participation: what belongs in them, by pure functions (docs/rules/voices.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

INTERVIEWS = ("case_manager", "victim_worker")
WITHOUT_NOTES = frozenset({*INTERVIEWS, "multi_agency_discussion"})
"""Slots that have pages of their own for what was said."""

ROLES = (
    ("manager", "Managers of the service"),
    ("practitioner", "Practitioners of the service"),
    ("board_member", "Members of the management board"),
    ("police", "Police"),
    ("health", "Health"),
    ("social_care", "Children's social care"),
    ("education", "Education"),
    ("probation", "Probation"),
    ("volunteer", "Volunteers"),
    ("child", "Children"),
    ("parent_or_carer", "Parents and carers"),
)
"""Whose attendance is counted: ours, for no list is published. Another role is written in words."""

MOST_OF_A_ROLE = 200
ROLE_NAMES = dict(ROLES)

PURPOSES = {
    "context_visit": "To understand the area and where the service works",
    "showcase": "To see what the service is proud of",
    "focus_group": "To hear from a group what the work is like",
}
"""What a page proposes; whoever writes the notes changes it."""


@dataclass(frozen=True)
class Written:
    """What somebody typed into the notes of one meeting. `attendance` pairs a role in words with how many came."""

    held_on: date
    purpose: str = ""
    text: str = ""
    attendance: tuple[tuple[str, int], ...] = ()
    not_taken_up: str = ""


def attendance_of(counts: Mapping[str, int | None], other: str, other_count: int | None) -> tuple[tuple[str, int], ...]:
    """In the order of ROLES, those of whom somebody came; another role at the end."""
    found = [(name, count) for code, name in ROLES if (count := counts.get(code))]
    return (*found, (other, other_count)) if other and other_count else tuple(found)


def faults(written: Written) -> dict[str, str]:
    """By field, in sentences; empty where the notes can be kept."""
    if written.not_taken_up:
        if written.attendance:
            return {"not_taken_up": "You wrote that nobody took it up, and who came. Remove one of them"}
        return {}
    return {} if written.text else {"text": "Write the notes, or say why it was not taken up"}


def total(attendance: Sequence[Sequence[object]]) -> int:
    return sum(int(str(count)) for _, count in attendance)


@dataclass(frozen=True)
class Counted:
    """How many children, parents and carers were offered a channel, and took part by it."""

    channel: str
    offered: tuple[int, int, int]
    reached: tuple[int, int, int]


WHO = ("children", "parents", "carers")


def by_channel(names: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> list[Counted]:
    """In the order of the standards; `rows` sum up one step of one channel each."""
    sums = {(row["channel"], row["step"]): tuple(row[who] for who in WHO) for row in rows}
    nobody = (0, 0, 0)
    return [
        Counted(name, sums.get((code, "offer"), nobody), sums.get((code, "contact"), nobody))
        for code, name in names.items()
    ]
