"""What a rating says about itself in plain English."""

from collections.abc import Iterable, Iterator, Sequence

from ratings.rules.results import Distance, Figures, KeyQuestionResult, StandardResult
from ratings.rules.shares import percent_words
from standards.schema import Standards

NOT_RATED = "Not rated"
UNDECIDED = "Still to be decided"


def label(standards: Standards, rating: str | None) -> str:
    return standards.rating(rating).label if rating else UNDECIDED


def either(standards: Standards, ratings: Iterable[str]) -> str:
    return one_of([standards.rating(rating).label for rating in ratings])


def one_of(words: Sequence[str], joined: str = "or") -> str:
    """Good; Good or Outstanding; Requires improvement, Good or Outstanding."""
    return f" {joined} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def notes(standards: Standards, figures: Figures) -> tuple[str, ...]:
    """What whoever reads the result must know besides the figures."""
    return (
        *(note for found in figures.key_questions.values() for note in rounding(standards, found)),
        *(not_rated(found) for found in figures.key_questions.values() if found.share is None),
        *(undecided(standards, found) for found in figures.standards.values() if not found.rating),
        *open_total(standards, figures),
        *hurdles(standards, figures),
        *(unrated(standards, code) for code in figures.unrated),
    )


def rounding(standards: Standards, found: KeyQuestionResult) -> Iterator[str]:
    if found.share is None or found.rounds_to is None:
        return
    floor = next(band.floor for band in standards.bands if band.rating == found.rounds_to)
    yield (
        f"{found.code}: {found.sufficient} of {found.assessed} is {percent_words(standards.bands, found.share)}, "
        f"below {floor}%. Rounded to a whole per cent it would be {label(standards, found.rounds_to)} "
        f"instead of {label(standards, found.rating)}; nothing is rounded."
    )


def not_rated(found: KeyQuestionResult) -> str:
    return f"{found.code}: no case was assessed, so it is not rated."


def undecided(standards: Standards, found: StandardResult) -> str:
    if found.basis == "not_known":
        return f"{found.code}: its rating is not known."
    if found.basis == "panel":
        return f"{found.code}: the panel has still to decide its rating."
    if found.basis == "cases_lowest":
        return f"{found.code}: not rated, because a key question below it is not rated."
    if found.permitted:
        return f"{found.code}: still to be chosen, {either(standards, found.permitted)}."
    return f"{found.code}: {_before_choice(standards, found)}."


def _before_choice(standards: Standards, found: StandardResult) -> str:
    table = standards.table(found.code)
    if found.answer is None:
        return f"nothing can be chosen before {table.answer} is answered"
    return f"nothing can be chosen while {table.start} is not rated"


def open_total(standards: Standards, figures: Figures) -> Iterator[str]:
    if not figures.is_rated:
        yield "No standard that counts is rated, so there is no overall rating."
    elif figures.total is None:
        lowest, highest = figures.possible_totals[0], figures.possible_totals[-1]
        ratings = either(standards, figures.possible_overall)
        yield f"The total will be from {lowest} to {highest} of {figures.maximum}, and the overall rating {ratings}."


def hurdles(standards: Standards, figures: Figures) -> Iterator[str]:
    for hurdle in standards.hurdles:
        if hurdle.standard in figures.held_back:
            title = standards.standard(hurdle.standard).title
            yield (
                f"{hurdle.standard} {title} is {label(standards, hurdle.rating)}, so the overall rating cannot be "
                f"{label(standards, hurdle.keeps_from)}."
            )


def unrated(standards: Standards, code: str) -> str:
    standard = standards.standard(code)
    return f"{code}: not rated in this inspection.{f' {standard.scope}' if standard.modular else ''}"


def nearness(standards: Standards, found: KeyQuestionResult) -> Iterator[str]:
    if found.lower:
        yield f"{_cases(found.lower, 'fewer')} would make it {label(standards, found.lower.rating)}."
    if found.higher:
        yield f"{_cases(found.higher, 'more')} would make it {label(standards, found.higher.rating)}."


def _cases(distance: Distance, direction: str) -> str:
    return f"{distance.cases} {direction} sufficient {'case' if distance.cases == 1 else 'cases'}"
