"""What a rating is computed from, and how it is read from JSON."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from standards.words import named

PARTS = (
    "standards",
    "inspection_type",
    "key_questions",
    "answers",
    "chosen",
    "standard_ratings",
    "unrated",
    "total",
)
COUNTS = ("sufficient", "assessed")


class RatingInputError(Exception):
    """Input that cannot be rated: one sentence for each thing that is wrong, naming its place."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Tally:
    """How many cases were assessed for a key question, and how many of them were sufficient."""

    sufficient: int
    assessed: int


@dataclass(frozen=True)
class RatingInput:
    """`standard_ratings`: standards where only the rating is known. A panel's rating may be there or in `chosen`.

    `unrated`: standards that are not rated in this inspection, and so count nowhere. `total`: where it was published.
    """

    inspection_type: str
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    answers: Mapping[str, bool] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    standard_ratings: Mapping[str, str] = field(default_factory=dict)
    unrated: tuple[str, ...] = ()
    total: int | None = None


@dataclass(frozen=True)
class ReadInput:
    standards: str
    given: RatingInput
    problems: tuple[str, ...]


def read_input(raw: object) -> ReadInput:
    """Takes what JSON gave. Shape only: whether the numbers make sense is for problems_of()."""
    if not isinstance(raw, dict):
        raise RatingInputError(["The input must be one JSON object."])
    problems = [f"{named(name)}: there is no such part; use {', '.join(PARTS)}." for name in raw if name not in PARTS]
    given = RatingInput(
        inspection_type=_text(raw, "inspection_type", problems),
        tallies=_tallies(_part(raw, "key_questions", problems), problems),
        answers=_answers(_part(raw, "answers", problems), problems),
        chosen=_ratings(_part(raw, "chosen", problems), "chosen", problems),
        standard_ratings=_ratings(_part(raw, "standard_ratings", problems), "standard_ratings", problems),
        unrated=_codes(raw, "unrated", problems),
        total=_whole(raw, "total", problems),
    )
    return ReadInput(_text(raw, "standards", problems), given, tuple(problems))


def _text(raw: dict[str, Any], name: str, problems: list[str]) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value:
        problems.append(f"{name}: {'must be text' if name in raw else 'is missing'}.")
        return ""
    return value


def _codes(raw: dict[str, Any], name: str, problems: list[str]) -> tuple[str, ...]:
    values = raw.get(name, [])
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        return tuple(dict.fromkeys(values))
    problems.append(f"{name}: must be a list of the codes of standards.")
    return ()


def _whole(raw: dict[str, Any], name: str, problems: list[str]) -> int | None:
    value = raw.get(name)
    if value is None or type(value) is int:
        return value
    problems.append(f"{name}: must be a whole number.")
    return None


def _part(raw: dict[str, Any], name: str, problems: list[str]) -> dict[str, Any]:
    value = raw.get(name, {})
    if not isinstance(value, dict):
        problems.append(f"{name}: must be a JSON object.")
        return {}
    return value


def _tallies(part: dict[str, Any], problems: list[str]) -> dict[str, Tally]:
    found = {}
    for code, counts in part.items():
        place = f"key_questions.{named(code)}"
        found[code] = Tally(0, 0)
        if not isinstance(counts, dict):
            problems.append(f"{place}: must be an object with sufficient and assessed.")
            continue
        missing = [name for name in COUNTS if name not in counts]
        problems.extend(f"{place}: {name} is missing." for name in missing)
        problems.extend(f"{place}: there is no count called {named(name)}." for name in counts if name not in COUNTS)
        if not missing:
            found[code] = Tally(counts["sufficient"], counts["assessed"])
    return found


def _answers(part: dict[str, Any], problems: list[str]) -> dict[str, bool]:
    for code, answer in part.items():
        if answer not in ("yes", "no"):
            problems.append(f"answers.{named(code)}: must be yes or no; leave it out while it is undecided.")
    return {code: answer == "yes" for code, answer in part.items() if answer in ("yes", "no")}


def _ratings(part: dict[str, Any], name: str, problems: list[str]) -> dict[str, str]:
    for code, rating in part.items():
        if not isinstance(rating, str):
            problems.append(f"{name}.{named(code)}: must be a rating; leave it out while it is undecided.")
    return {code: rating for code, rating in part.items() if isinstance(rating, str)}
