"""Writes a note on discretion; freezing states that none was used, unless some was."""

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.refused import Refused
from ratings.models import DiscretionKind, DiscretionNote, Meeting
from ratings.queries.discretion import discretion_of, has_stated
from ratings.queries.meetings import Agenda


class Unexplained(Refused):
    """A decision rule is departed from, and nobody has said why."""


def state_before_freezing(meeting: Meeting, agenda: Agenda, by: User) -> None:
    """Part of freezing: says that none was used, unless some was or it is said already. Raises Unexplained."""
    found = discretion_of(agenda)
    if found.unexplained:
        rules = ", ".join(found.unexplained)
        raise Unexplained(f"Say why the panel departs from {rules} in the discretion record, then freeze")
    if not found.is_used and not has_stated(meeting):
        note(meeting, by, "stated that no discretion was used", kind=DiscretionKind.NONE)


def note(meeting: Meeting, by: User, verb: str, **said: str) -> DiscretionNote:
    kind = said.pop("kind", DiscretionKind.OVERRIDE if "rule" in said else DiscretionKind.WISH)
    made = DiscretionNote.objects.create(meeting=meeting, kind=kind, at=clock.now(), by=by, **said)
    subject = said.get("rule") or said.get("standard") or ""
    record(by=by, verb=verb, inspection=meeting.inspection.ref, subject=subject, detail=said)
    return made
