"""What is read about the running notes on a case."""

from cases.models import Case, Note, Source
from cases.rules.notes import KeptNote, NoteContent
from inspections.queries.compiled import Compiled

OF_A_CASE = Compiled(
    lambda case: Note.objects.filter(case=case).order_by("created_at", "id"),
    stand_ins=(Case(pk=-1),),
    related=("changed_by",),
)


def notes_of(case: Case) -> list[KeptNote]:
    """All of them, struck out ones too, in the order of their making."""
    return [kept_note(note, number) for number, note in enumerate(OF_A_CASE.rows(case), start=1)]


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
