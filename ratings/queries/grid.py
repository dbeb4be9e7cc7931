"""Cases and key questions: which cases drive a rating, case by case."""

from collections.abc import Iterator
from dataclasses import dataclass

from ratings.queries.figures import Figures
from ratings.rules.evidence import CountedAnswer
from ratings.rules.what_if import kinds_of
from standards.schema import CaseKind, KeyQuestion


@dataclass(frozen=True)
class GridRow:
    """One case, with its answer to each question; None where there is none yet."""

    case: str
    answers: tuple[CountedAnswer | None, ...]

    @property
    def no(self) -> int:
        return sum(answer is not None and answer.value == "no" for answer in self.answers)


@dataclass(frozen=True)
class Grid:
    """The cases of one kind, those with the most answers of No first."""

    kind: CaseKind
    questions: tuple[KeyQuestion, ...]
    rows: tuple[GridRow, ...]

    @property
    def finding(self) -> str:
        without = sum(not row.no for row in self.rows)
        return f"{len(self.rows) - without} of {len(self.rows)} {self.kind.plural} have at least one No"


def grids(figures: Figures) -> tuple[Grid, ...]:
    kinds = figures.inspection.standards.case_kinds
    found = (Grid(kind, questions_of(figures, kind.code), rows_of(figures, kind.code)) for kind in kinds)
    return tuple(grid for grid in found if grid.rows)


def questions_of(figures: Figures, kind: str) -> tuple[KeyQuestion, ...]:
    standards = figures.inspection.standards
    asked = kinds_of(standards, figures.evidence)
    return tuple(standards.key_question(code) for code, of_kind in asked.items() if of_kind == kind)


def rows_of(figures: Figures, kind: str) -> tuple[GridRow, ...]:
    codes = [question.code for question in questions_of(figures, kind)]
    return tuple(sorted(each_row(figures, kind, codes), key=lambda row: (-row.no, row.case)))


def each_row(figures: Figures, kind: str, codes: list[str]) -> Iterator[GridRow]:
    given = {(answer.case, answer.question): answer for answer in figures.evidence.answers}
    for case in figures.evidence.sampled(kind):
        yield GridRow(case.case, tuple(given.get((case.case, code)) for code in codes))
