"""What a running note says, which questions it is evidence for, and what its page shows."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cases.rules.answers import CaseForm, Question, Section, shortened


@dataclass(frozen=True)
class NoteContent:
    """`seen_on` is the date in the record; `questions` are codes in the order in which they are asked."""

    text: str
    source: str
    seen_on: date | None = None
    questions: tuple[str, ...] = ()
    struck: bool = False

    def digest(self) -> str:
        said = [self.text, self.source, str(self.seen_on or ""), self.questions, self.struck]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class KeptNote:
    """One version of one note, with who made it. `number` counts the notes of the case in the order of their making."""

    id: UUID
    content: NoteContent
    source_words: str
    version: int
    by: str
    at: datetime
    number: int = 0


@dataclass(frozen=True)
class NoteSave:
    """One note to be saved, as based on `base_version` (0: it is new), under an id that no other save has."""

    note_id: UUID
    content: NoteContent
    base_version: int
    save_id: UUID


class UnknownQuestions(Exception):
    """Its text says so to the person."""


def linked_questions(form: CaseForm, typed: str) -> tuple[str, ...]:
    """The questions whose codes were typed, with spaces or commas between, in the order in which they are asked.

    Raises UnknownQuestions.
    """
    known = {code.lower(): code for code in form.questions}
    words = [word.rstrip(".") for word in re.split(r"[\s,;]+", typed) if word.rstrip(".")]
    unknown = [shortened(word) for word in words if word.lower() not in known]
    if unknown:
        raise UnknownQuestions(f"This case read does not ask a question {' or '.join(unknown[:3])}")
    wanted = {known[word.lower()] for word in words}
    return tuple(code for code in form.questions if code in wanted)


@dataclass(frozen=True)
class LinkedNotes:
    question: Question
    notes: tuple[KeptNote, ...]


def linked_to(section: Section, notes: Iterable[KeptNote]) -> list[LinkedNotes]:
    """The notes of one section, by question; one that is linked to several stands under each."""
    standing: dict[str, list[KeptNote]] = {}
    for note in notes:
        for code in note.content.questions if not note.content.struck else ():
            standing.setdefault(code, []).append(note)
    linked = (question for question in section.questions if question.code in standing)
    return [LinkedNotes(question, tuple(standing[question.code])) for question in linked]


def heard_elsewhere(section: Section, notes: Iterable[KeptNote], interview: str) -> list[KeptNote]:
    """What was heard in an interview and is linked to no question of this section. `interview`: the source's code."""
    own = {question.code for question in section.questions}
    return [
        note
        for note in notes
        if note.content.source == interview and not note.content.struck and own.isdisjoint(note.content.questions)
    ]


def unlinked(notes: Iterable[KeptNote]) -> list[KeptNote]:
    return [note for note in notes if not note.content.struck and not note.content.questions]


@dataclass(frozen=True)
class NoteBlock:
    """One note as its form shows it: `typed` may be what could not be saved, and `errors` say why, by field.

    `key` makes the ids of its fields; `theirs` is what the note became elsewhere meanwhile.
    """

    key: str
    note_id: UUID
    version: int
    save_id: UUID
    label: str
    typed: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: KeptNote | None = None
    kept: KeptNote | None = None
