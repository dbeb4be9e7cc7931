"""The room view: one thing on the screen at a time, in the order in which a meeting talks about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ratings.queries.figures import Figures
from ratings.queries.key_questions import KeyQuestionsPage, QuestionRow, key_questions_page
from ratings.queries.meetings import AgendaItem


@dataclass(frozen=True)
class Slide:
    """A key question, an item that the meeting decides, or, with neither, the overall rating."""

    title: str
    above: str = ""
    row: QuestionRow | None = None
    item: AgendaItem | None = None


@dataclass(frozen=True)
class Room:
    """`number` counts from 1."""

    page: KeyQuestionsPage
    slides: tuple[Slide, ...]
    number: int

    @property
    def slide(self) -> Slide:
        return self.slides[self.number - 1]

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < len(self.slides) else None


def room_of(figures: Figures, wanted: str) -> Room:
    """`wanted` comes from an address: what is no number of a slide is the nearest one."""
    page = key_questions_page(figures)
    slides = tuple(slides_of(page))
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 4 else 1
    return Room(page, slides, min(max(number, 1), len(slides)))


def slides_of(page: KeyQuestionsPage) -> Iterator[Slide]:
    for block in (*page.counting, *page.apart):
        for row in block.questions:
            yield Slide(row.node.label, block.node.label, row=row)
    for item in page.figures.agenda.items if page.figures.agenda else ():
        yield Slide(item.item.label, "To be decided", item=item)
    yield Slide(page.overall.label)
