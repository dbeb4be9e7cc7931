"""How ratings are made: rules in words, bands, scales and decision tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule in words. `default` marks our choice where nothing is published."""

    code: str
    words: str
    source: str
    default: bool = False


@dataclass(frozen=True)
class Rating:
    code: str
    label: str
    score: int


@dataclass(frozen=True)
class Band:
    """A key question gets `rating` from this percentage of sufficient cases upwards."""

    rating: str
    floor: int
    words: str
    printed: str


@dataclass(frozen=True)
class ScoreBand:
    rating: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class OverallScale:
    """The bands of the total score where this many standards count."""

    standards: int
    maximum: int
    bands: tuple[ScoreBand, ...]
    source: str
    default: bool = False

    def rating(self, total: int) -> str:
        return next(band.rating for band in self.bands if band.lowest <= total <= band.highest)


@dataclass(frozen=True)
class Hurdle:
    """A service whose `standard` has this rating cannot have `keeps_from` overall: it gets the next lower rating."""

    standard: str
    rating: str
    keeps_from: str
    source: str


@dataclass(frozen=True)
class DecisionRule:
    """Advice: while `looks_at` is rated `at_most` this or lower, `standard` is expected to be `expects_at_most`.

    A panel may depart from it and says why. `looks_at` is a standard or a key question.
    """

    code: str
    standard: str
    words: str
    looks_at: str
    at_most: str
    expects_at_most: str
    source: str


@dataclass(frozen=True)
class TableRow:
    start: str
    answer: str
    permitted: tuple[str, ...]


@dataclass(frozen=True)
class DecisionTable:
    """From the rating of one key question and the answer to another to the ratings that a meeting may choose."""

    standard: str
    start: str
    answer: str
    rows: tuple[TableRow, ...]
    source: str

    def permitted(self, start: str, answer: str) -> tuple[str, ...]:
        return next(row.permitted for row in self.rows if (row.start, row.answer) == (start, answer))
