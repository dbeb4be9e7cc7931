"""Saves one running note: docs/saving.md tells its way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import AnswerRefused, CaseClosed, NotSaved, is_closed
from cases.models import Case, Note, NoteVersion
from cases.queries.answers import standing
from cases.queries.notes import content_of, kept_note
from cases.rules.notes import KeptNote, NoteContent
from inspections.models import Inspection


@dataclass(frozen=True)
class NoteReceipt:
    """Given after the commit, and given again for the same save."""

    note_id: UUID
    version: int
    saved_at: datetime


class StaleNote(NotSaved):
    """The note is not what the save was based on. `theirs` is what it is; None if there is none."""

    def __init__(self, theirs: KeptNote | None) -> None:
        super().__init__("This note changed elsewhere.")
        self.theirs = theirs


@transaction.atomic
def save_note(
    *, by: User, case: Case, note_id: UUID, content: NoteContent, base_version: int, save_id: UUID
) -> NoteReceipt:
    """Raises NotSaved, in one of its kinds: AnswerRefused, StaleNote or CaseClosed."""
    _lock(case)
    if receipt := _receipt_of_a_repeat(case, note_id, content, save_id):
        return receipt
    found = standing(case)
    if is_closed(found, by):
        raise CaseClosed(found)
    note = _note(case, note_id)
    if note and content_of(note) == content:
        return NoteReceipt(note.pk, note.version, note.changed_at)
    if base_version != (note.version if note else 0):
        raise StaleNote(kept_note(note) if note else None)
    note = _write(by, note or Note(pk=note_id, case=case, version=0), content)
    _keep(by, note, content, save_id)
    Case.reads.filter(pk=case.pk, started_at__isnull=True).update(started_at=note.changed_at)
    detail = {"note": str(note_id), "version": note.version, "sha256": content.digest()}
    record(by=by, verb="note saved", inspection=case.inspection.ref, subject=case.ref, detail=detail)
    return NoteReceipt(note.pk, note.version, note.changed_at)


def _lock(case: Case) -> None:
    """The inspection before the case, as everywhere. A case's notes are saved one after the other."""
    Inspection.objects.select_for_update(no_key=True).get(pk=case.inspection_id)
    Case.reads.select_for_update(no_key=True).get(pk=case.pk)


def _receipt_of_a_repeat(case: Case, note_id: UUID, content: NoteContent, save_id: UUID) -> NoteReceipt | None:
    earlier = NoteVersion.objects.select_related("note").filter(save_id=save_id).first()
    if earlier is None:
        return None
    said = NoteContent(earlier.text, earlier.source, earlier.seen_on, tuple(earlier.questions), earlier.struck)
    if (earlier.note.case_id, earlier.note_id, said) != (case.pk, note_id, content):
        raise AnswerRefused("This note came under the id of another. Copy your text and open the page again.")
    return NoteReceipt(note_id, earlier.version, earlier.at)


def _note(case: Case, note_id: UUID) -> Note | None:
    note = Note.objects.select_related("changed_by").filter(pk=note_id).first()
    if note and note.case_id != case.pk:
        raise AnswerRefused("This note cannot be saved here. Copy your text and open the page again.")
    return note


def _write(by: User, note: Note, content: NoteContent) -> Note:
    now, is_new = clock.now(), note.version == 0
    note.text, note.source, note.seen_on = content.text, content.source, content.seen_on
    note.questions = list(content.questions)
    note.version += 1
    note.changed_at, note.changed_by = now, by
    if is_new:
        note.created_at, note.created_by = now, by
    if content.struck != (note.struck_at is not None):
        note.struck_at, note.struck_by = (now, by) if content.struck else (None, None)
    note.save(force_insert=is_new)
    return note


def _keep(by: User, note: Note, content: NoteContent, save_id: UUID) -> None:
    NoteVersion.objects.create(
        note=note,
        version=note.version,
        text=content.text,
        source=content.source,
        seen_on=content.seen_on,
        questions=list(content.questions),
        struck=content.struck,
        at=note.changed_at,
        by=by,
        save_id=save_id,
    )
