"""The way from the work in cases to a choice: where it starts, what was answered, which row of the table is in play."""

from dataclasses import dataclass

from ratings.queries.meetings import Agenda, AgendaItem
from ratings.rules import Node
from ratings.rules.meeting import CHOICE, YES_OR_NO
from standards.schema import Standards, TableRow


@dataclass(frozen=True)
class Row:
    start: str
    answer: str
    permitted: str
    in_play: bool


@dataclass(frozen=True)
class TablePath:
    """`overall` is None until the choice stands: its effect is shown after it, never before."""

    start: Node
    answer: AgendaItem
    choice: AgendaItem
    rows: tuple[Row, ...]
    overall: Node | None

    @property
    def row_in_play(self) -> Row | None:
        return next((row for row in self.rows if row.in_play), None)


def table_path(agenda: Agenda) -> TablePath:
    """For an agenda with an item that is chosen from a table."""
    choice = next(found for found in agenda.items if found.item.kind == CHOICE)
    table = agenda.standards.table(choice.item.code)
    answer, trace = agenda.item(table.answer), agenda.result().trace
    start = trace.find(table.start)
    rows = (in_words(agenda.standards, row, str(start.value), answer.item.standing) for row in table.rows)
    return TablePath(start, answer, choice, tuple(rows), trace if choice.decision else None)


def in_words(standards: Standards, row: TableRow, start: str, answer: str | None) -> Row:
    permitted = " or ".join(standards.rating(code).label for code in row.permitted)
    in_play = (row.start, row.answer) == (start, answer)
    return Row(standards.rating(row.start).label, dict(YES_OR_NO)[row.answer], permitted, in_play)
