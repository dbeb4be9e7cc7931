"""What is read about the running notes on a case."""

from cases.models import Case, Note, Source
from cases.rules.notes import KeptNote, NoteContent


def notes_of(case: Case) -> list[KeptNote]:
    """All of them, struck out ones too, in the order of their making."""
    rows = case.notes.select_related("changed_by").order_by("created_at", "id")
    return [kept_note(note, number) for number, note in enumerate(rows, start=1)]


def kept_note(note: Note, number: int = 0) -> KeptNote:
    return KeptNote(
        id=note.pk,
        content=content_of(note),
        source_words=Source(note.source).label,
        version=note.version,
        by=note.changed_by.name,
        at=note.changed_at,
        number=number,
    )


def content_of(note: Note) -> NoteContent:
    return NoteContent(note.text, note.source, note.seen_on, tuple(note.questions), note.struck_at is not None)
