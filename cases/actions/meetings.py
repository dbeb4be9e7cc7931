"""Keeps the notes of meetings: two who write at once lose nothing."""

from dataclasses import asdict

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import MeetingNote, MeetingNoteVersion
from cases.rules.answers import time_words
from cases.rules.voices import Written
from inspections.actions.refused import Refused
from inspections.models import Inspection, Slot


class StaleNotes(Refused):
    """The notes are not what the save was based on. `theirs` is what they are."""

    def __init__(self, theirs: MeetingNote) -> None:
        at = time_words(theirs.changed_at.astimezone(clock.LONDON), clock.now().astimezone(clock.LONDON))
        super().__init__(f"{theirs.changed_by.name} changed these notes at {at}. Choose which to keep")
        self.theirs = theirs


@transaction.atomic
def save_notes(
    *,
    by: User,
    inspection: Inspection,
    kind: str,
    slot: Slot | None,
    note: MeetingNote | None,
    base: int,
    said: Written,
) -> MeetingNote:
    """`base` is the version that the page showed, 0 for notes that are new. Raises StaleNotes."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    found = _standing(slot, note) or _sent_before(by, inspection, kind, said)
    if found and said == written(found):
        return found
    if found and found.version != base:
        raise StaleNotes(found)
    kept = _write(by, found or MeetingNote(inspection=inspection, kind=kind, slot=slot, version=0), said)
    detail = {"note": kept.pk, "version": kept.version}
    record(by=by, verb="notes of a meeting saved", inspection=inspection.ref, subject=kept.kind, detail=detail)
    return kept


def written(note: MeetingNote) -> Written:
    attendance = tuple((str(role), int(count)) for role, count in note.attendance)
    return Written(note.held_on, note.purpose, note.text, attendance, note.not_taken_up)


def _standing(slot: Slot | None, note: MeetingNote | None) -> MeetingNote | None:
    """As they are now, whoever wrote them first."""
    notes = MeetingNote.objects.select_related("changed_by")
    if note:
        return notes.get(pk=note.pk)
    return notes.filter(slot=slot).first() if slot else None


def _sent_before(by: User, inspection: Inspection, kind: str, said: Written) -> MeetingNote | None:
    """The same form once more is the same notes."""
    same = inspection.meeting_notes.filter(slot=None, kind=kind, held_on=said.held_on, made_by=by, version=1)
    return next((note for note in same if written(note) == said), None)


def _write(by: User, note: MeetingNote, said: Written) -> MeetingNote:
    values = asdict(said) | {"attendance": [list(pair) for pair in said.attendance]}
    for name, value in values.items():
        setattr(note, name, value)
    note.version += 1
    note.changed_at, note.changed_by = clock.now(), by
    if note.version == 1:
        note.made_at, note.made_by = note.changed_at, by
    note.save()
    MeetingNoteVersion.objects.create(note=note, version=note.version, at=note.changed_at, by=by, **values)
    return note
