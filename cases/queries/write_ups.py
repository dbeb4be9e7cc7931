"""What the team wrote about a discussion, as its page shows it and as its forms begin."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from cases.models import Discussion, Entry, Theme
from cases.queries.answers import answers_of, form_of
from cases.queries.voices import themes_of
from cases.rules.answers import Content, Question
from cases.rules.write_ups import ADDED, ATTENDED, PARTS, Said, field_of


@dataclass(frozen=True)
class Box:
    """One box: what it is about, our answer where it is about one and the read is sent, what the team wrote."""

    field: str
    title: str
    own: Content | None
    entry: Entry | None

    @property
    def version(self) -> int:
        return self.entry.version if self.entry else 0

    @property
    def said(self) -> Said:
        return said_in(self.entry)


def said_in(entry: Entry | None) -> Said:
    return Said(entry.count, entry.choice, entry.text) if entry else Said()


def entries_of(discussion: Discussion) -> dict[str, Entry]:
    return {entry.field: entry for entry in discussion.entries.select_related("changed_by")}


@dataclass(frozen=True)
class WriteUp:
    """The boxes of each part."""

    attended: list[Box]
    added: list[Box]
    notes: list[Box]

    @property
    def came(self) -> list[Box]:
        return [box for box in self.attended if box.said.count]

    @property
    def judged(self) -> list[Box]:
        return [box for box in self.added if box.said.choice]

    @property
    def texts(self) -> list[str]:
        return [box.said.text for box in (*self.attended, *self.added, *self.notes)]

    @property
    def noted(self) -> Entry | None:
        entry = self.notes[0].entry
        return entry if entry and entry.text else None


def write_up(discussion: Discussion) -> WriteUp:
    """Every agency of the standards and every key question of the case, written on or not."""
    entries, case = entries_of(discussion), discussion.case
    answers = answers_of(case) if case.sent_at else {}

    def box(field: str, title: str, own: Content | None = None) -> Box:
        return Box(field, title, own, entries.get(field))

    def judged(key: Question) -> Box:
        own = answers[key.code].content if key.code in answers else None
        return box(field_of(ADDED, key.code), f"{key.code} {key.text}", own)

    return WriteUp(
        [box(field_of(ATTENDED, each.code), each.name) for each in discussion.inspection.standards.agencies],
        [judged(question) for question in form_of(case).questions.values() if question.is_key],
        [box("notes", "Notes")],
    )


def boxes_or_404(discussion: Discussion, part: str) -> list[Box]:
    if part not in PARTS:
        raise Http404
    boxes: list[Box] = getattr(write_up(discussion), part)
    return boxes


def findings_of(discussion: Discussion) -> QuerySet[Theme]:
    return themes_of(discussion.inspection).filter(discussion=discussion)
