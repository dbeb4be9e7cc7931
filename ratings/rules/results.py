"""What rate() hands back."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ratings.rules.trace import Node


@dataclass(frozen=True)
class Distance:
    """How many cases away another rating is, with the same number assessed."""

    cases: int
    rating: str


@dataclass(frozen=True)
class KeyQuestionResult:
    """`share` and `rating` are None where no case was assessed: not rated, which is no rating at all.

    `rounds_to` is the rating that rounding half up to a whole per cent would give, where that is another one.
    """

    code: str
    sufficient: int
    assessed: int
    share: Fraction | None = None
    rating: str | None = None
    lower: Distance | None = None
    higher: Distance | None = None
    rounds_to: str | None = None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else float(self.share * 100)


@dataclass(frozen=True)
class StandardResult:
    """`rating` is None while something below is undecided; `possible` is then what it may still become.

    `basis` says how it came about: cases_lowest, victims_table, panel, given where only the rating is known, not_known
    where only the total is.
    `permitted` is None where nothing may be chosen (yet). `driven_by` is None until questions have led to a rating.
    """

    code: str
    basis: str
    counts: bool
    rating: str | None
    possible: tuple[str, ...]
    driven_by: tuple[str, ...] | None = None
    permitted: tuple[str, ...] | None = None
    answer: bool | None = None


@dataclass(frozen=True)
class Figures:
    """`total` and `overall` are None while a standard that counts is undecided; `possible_` says what is left.

    Where nothing that counts is rated, nothing is possible: the inspection is unrated. `total_is_given`: as it was
    published, with standards below it unknown. `held_back`: modular standards whose hurdle lowered the overall rating.
    `unrated`: standards that were left out.
    """

    key_questions: Mapping[str, KeyQuestionResult]
    standards: Mapping[str, StandardResult]
    total: int | None
    maximum: int
    overall: str | None
    possible_totals: tuple[int, ...]
    possible_overall: tuple[str, ...]
    total_is_given: bool
    held_back: tuple[str, ...]
    unrated: tuple[str, ...]

    @property
    def is_rated(self) -> bool:
        return bool(self.possible_totals)


@dataclass(frozen=True)
class Result(Figures):
    notes: tuple[str, ...]
    trace: Node

    def as_json(self) -> dict[str, Any]:
        return {
            "key_questions": {code: _key_question(found) for code, found in self.key_questions.items()},
            "standards": {code: _standard(found) for code, found in self.standards.items()},
            "total": self.total,
            "max": self.maximum,
            "overall": self.overall,
            "notes": list(self.notes),
        }


def _key_question(found: KeyQuestionResult) -> dict[str, Any]:
    return {
        "sufficient": found.sufficient,
        "assessed": found.assessed,
        "percent": found.percent,
        "rating": found.rating,
    }


def _standard(found: StandardResult) -> dict[str, Any]:
    return {
        "rating": found.rating,
        "driven_by": None if found.driven_by is None else list(found.driven_by),
        "permitted": None if found.permitted is None else list(found.permitted),
    }
