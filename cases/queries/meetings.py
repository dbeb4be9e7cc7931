"""Meetings: their slots and notes, and who may read and write which."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.models import User
from cases.models import MeetingNote
from cases.queries.names import found_in, held_for
from cases.rules.identifiers import Warned
from cases.rules.voices import INTERVIEWS, WITHOUT_NOTES
from inspections.access import Permission
from inspections.models import Booking, Inspection, Slot
from inspections.queries import inspection_for


@dataclass(frozen=True)
class Notes:
    """What a page of notes is about: `slot` where it is in the timetable, `note` where somebody has begun them."""

    inspection: Inspection
    kind: str
    slot: Slot | None
    note: MeetingNote | None
    own: bool

    @property
    def title(self) -> str:
        return self.slot.title if self.slot else kinds_of(self.inspection).get(self.kind, "Another meeting")

    def may(self, permission: Permission) -> bool:
        return permission.given_to(self.inspection.parties, self.inspection.stage, own=self.own)


def kinds_of(inspection: Inspection) -> dict[str, str]:
    """The meetings of the standards that have notes here, and any other."""
    found = {meeting.code: meeting.title for meeting in inspection.kind.meetings if meeting.code not in WITHOUT_NOTES}
    return found | {"other": "Another meeting"}


def slots_with_notes(person: User, inspection: Inspection) -> QuerySet[Slot]:
    """Those that stand or have notes, with `attended`: whether this person is booked on it."""
    booked = Booking.objects.filter(slot=OuterRef("pk"), person=person)
    return (
        Slot.objects.filter(inspection=inspection)
        .exclude(kind__in=WITHOUT_NOTES)
        .select_related("note__changed_by")
        .annotate(attended=Exists(booked))
    )


def notes_of_slot(person: User, ref: str, pk: int, permission: Permission) -> Notes:
    """Http404 where the person may not, and for interviews and discussions, which have pages of their own."""
    inspection = inspection_for(person, ref, permission)
    slot = slots_with_notes(person, inspection).filter(pk=pk).first() if small(pk) else None
    if slot is None or not (slot.standing or hasattr(slot, "note")):
        raise Http404
    attended: bool = slot.attended  # type: ignore[attr-defined]  # slots_with_notes() annotates it
    return allowed(Notes(inspection, slot.kind, slot, getattr(slot, "note", None), attended), permission)


def notes_for(person: User, ref: str, pk: int, permission: Permission) -> Notes:
    inspection = inspection_for(person, ref, permission)
    booked = Booking.objects.filter(slot=OuterRef("slot"), person=person)
    found = inspection.meeting_notes.select_related("slot", "changed_by").annotate(attended=Exists(booked))
    note = found.filter(pk=pk).first() if small(pk) else None
    if note is None:
        raise Http404
    return allowed(Notes(inspection, note.kind, note.slot, note, note.attended), permission)


def notes_of_kind(person: User, ref: str, kind: str, permission: Permission) -> Notes:
    """To begin notes of a visit that is not in the timetable. Nobody's own."""
    inspection = inspection_for(person, ref, permission)
    if kind in INTERVIEWS or kind not in kinds_of(inspection):
        raise Http404
    return allowed(Notes(inspection, kind, None, None, False), permission)


def allowed(notes: Notes, permission: Permission) -> Notes:
    if notes.may(permission):
        return notes
    raise Http404


def small(pk: int) -> bool:
    """Whether PostgreSQL has such a number."""
    return pk < 2**63


def meetings_of(person: User, inspection: Inspection, everybodys: bool) -> tuple[list[Slot], list[Notes]]:
    """Slots to write notes of, and notes of what is in no slot; without `everybodys` only what the person attends."""
    slots = [slot for slot in slots_with_notes(person, inspection).order_by("period", "pk") if listed(slot, everybodys)]
    others = inspection.meeting_notes.filter(slot=None).select_related("changed_by") if everybodys else []
    return slots, [Notes(inspection, note.kind, None, note, False) for note in others]


def listed(slot: Slot, everybodys: bool) -> bool:
    attended: bool = slot.attended  # type: ignore[attr-defined]  # slots_with_notes() annotates it
    return (slot.standing or hasattr(slot, "note")) and (everybodys or attended)


def warned(inspection: Inspection, *texts: str) -> tuple[Warned, ...]:
    """What in these texts could tell who somebody is."""
    text = "\n".join(filter(None, texts))
    return found_in(text, held_for(inspection.pk)) if text else ()
