"""An interview begins, gives notes, covers its topics, and ends in one way or another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.notes import NoteReceipt, StaleNote, save_note
from cases.models import (
    Case,
    Interview,
    InterviewNote,
    InterviewOutcome,
    InterviewRecord,
    Note,
    NoteVersion,
    TopicCovered,
)
from cases.queries.answers import form_of
from cases.queries.notes import content_of, kept_note
from cases.rules.interviews import Result, asked_of, of_case
from cases.rules.notes import NoteSave
from inspections.actions.refused import Refused
from inspections.models import Inspection, Slot, SlotOutcome

OUTCOMES = {
    InterviewOutcome.HELD: SlotOutcome.HELD,
    InterviewOutcome.OVERRAN: SlotOutcome.OVERRAN,
    InterviewOutcome.ABSENT: SlotOutcome.ABSENT,
    InterviewOutcome.MOVED: SlotOutcome.NOT_TAKEN_UP,
}


class RecordedMeanwhile(Refused):
    """Somebody else recorded what became of it after the page was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody else recorded this interview after you opened the page. Read what they wrote")


def _interview(slot: Slot) -> Interview:
    """The row of the slot, made where there is none. Holds the inspection's row first, as whoever saves a note does."""
    Inspection.objects.select_for_update(no_key=True).get(pk=slot.inspection_id)
    return Interview.objects.get_or_create(slot=slot)[0]


@transaction.atomic
def start(*, by: User, slot: Slot) -> Interview:
    """Nothing changes where it has started."""
    interview = _interview(slot)
    if interview.started_at is None and not interview.outcome:
        interview.started_at, interview.started_by = clock.now(), by
        interview.save(update_fields=["started_at", "started_by"])
        record(by=by, verb="started an interview", inspection=slot.inspection.ref, subject=slot.title)
    return interview


@transaction.atomic
def finish(*, by: User, slot: Slot, version: int, result: Result) -> Interview:
    """Also when it was recorded before: what was recorded stays in its history. Raises RecordedMeanwhile.

    Held for longer than the standards allow it overran; nobody has to say so.
    """
    interview = _interview(slot)
    if interview.version != version:
        raise RecordedMeanwhile
    interview.outcome = _outcome(slot, result)
    interview.started_at, interview.started_by = result.started, by if result.started else None
    interview.finished_at, interview.finished_by = result.finished, by
    interview.instead, interview.next_step = result.instead, result.next_step
    interview.version += 1
    interview.save()
    _keep(by, interview, result.finished)
    _tell_timetable(slot, interview)
    detail = {"outcome": interview.get_outcome_display(), "version": interview.version}
    record(by=by, verb="recorded an interview", inspection=slot.inspection.ref, subject=slot.title, detail=detail)
    return interview


def _outcome(slot: Slot, result: Result) -> str:
    if result.outcome != InterviewOutcome.HELD or result.started is None:
        return result.outcome
    return InterviewOutcome.OVERRAN if _is_longer(slot, result.started, result.finished) else InterviewOutcome.HELD


def _is_longer(slot: Slot, started: datetime, finished: datetime) -> bool:
    limit = next(each.minutes for each in slot.inspection.standards.interviews if each.code == slot.kind)
    return finished - started > timedelta(minutes=limit)


def _keep(by: User, interview: Interview, finished_at: datetime) -> None:
    said = {name: getattr(interview, name) for name in ("version", "started_at", "outcome", "instead", "next_step")}
    InterviewRecord.objects.create(interview=interview, finished_at=finished_at, at=clock.now(), by=by, **said)


def _tell_timetable(slot: Slot, interview: Interview) -> None:
    """So that the timetable says what became of the slot, in the same transaction."""
    held = Slot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    held.outcome = OUTCOMES[InterviewOutcome(interview.outcome)]
    instead = f"There instead: {interview.instead}" if interview.instead else ""
    held.outcome_note = ". ".join(filter(None, [instead, interview.next_step]))
    held.version += 1
    held.save(update_fields=["outcome", "outcome_note", "version"])


@transaction.atomic
def cover(*, by: User, slot: Slot, case: Case | None, topic: str, covered: bool) -> None:
    """`case` is None for a topic of all cases of the interview. Said twice, nothing changes."""
    interview = _interview(slot)
    ticks = TopicCovered.objects.filter(interview=interview, case=case, topic=topic)
    if ticks.exists() == covered:
        return
    if covered:
        TopicCovered.objects.create(interview=interview, case=case, topic=topic, at=clock.now(), by=by)
    else:
        ticks.delete()
    verb = "covered a topic of an interview" if covered else "took back a topic of an interview"
    detail = {"topic": topic, "case": case.ref if case else ""}
    record(by=by, verb=verb, inspection=slot.inspection.ref, subject=slot.title, detail=detail)


@transaction.atomic
def save_interview_note(*, by: User, slot: Slot, cases: Sequence[Case], topic: str, save: NoteSave) -> NoteReceipt:
    """One text, as a note of each of these cases: all of them or none. Raises NotSaved as `save_note` does.

    `save` is about the text as a whole: its version is the highest of its notes. A case in which it is missing, or
    older, takes what is saved now.
    """
    interview = _interview(slot)
    parts = {of_case(save.note_id, case.ref): case for case in cases}
    notes = {note.pk: note for note in Note.objects.filter(pk__in=parts).select_related("changed_by")}
    _refuse_stale(save, parts, notes)
    receipts = []
    for note_id, case in parts.items():
        content = replace(save.content, questions=asked_of(form_of(case), save.content.questions))
        part = NoteSave(note_id, content, _base(notes, note_id), of_case(save.save_id, case.ref))
        receipts.append(save_note(by=by, case=case, **vars(part)))
        InterviewNote.objects.get_or_create(
            note_id=note_id, defaults={"interview": interview, "item": save.note_id, "topic": topic}
        )
    latest = max(receipts, key=lambda receipt: receipt.version)
    return replace(latest, note_id=save.note_id)


def _base(notes: dict[UUID, Note], note_id: UUID) -> int:
    return notes[note_id].version if note_id in notes else 0


def _refuse_stale(save: NoteSave, parts: dict[UUID, Case], notes: dict[UUID, Note]) -> None:
    repeats = [of_case(save.save_id, case.ref) for case in parts.values()]
    if NoteVersion.objects.filter(save_id__in=repeats).exists():
        return
    latest = max(notes.values(), key=lambda note: note.version, default=None)
    if save.base_version == (latest.version if latest else 0):
        return
    if latest is None or replace(content_of(latest), questions=()) != replace(save.content, questions=()):
        raise StaleNote(kept_note(latest) if latest else None)
