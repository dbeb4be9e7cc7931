"""From counts, answers and choices to the overall rating of an inspection, with its trace."""

from collections.abc import Iterable, Mapping, Set

from ratings.rules import drawing, sentences
from ratings.rules.checks import problems_of
from ratings.rules.inputs import RatingInput, RatingInputError
from ratings.rules.results import Figures, Result, StandardResult
from ratings.rules.shares import key_question
from ratings.rules.standard import in_order, standard_result
from standards.schema import Hurdle, Standards
from standards.words import shown


def rate(standards: Standards, given: RatingInput) -> Result:
    """Raises RatingInputError, which lists everything that is wrong."""
    if problems := problems_of(standards, given):
        raise RatingInputError(problems)
    figures = figures_of(standards, given)
    notes, trace = sentences.notes(standards, figures), drawing.overall(standards, figures)
    return Result(**vars(figures), notes=notes, trace=trace)


def figures_of(standards: Standards, given: RatingInput) -> Figures:
    found = {
        question.code: key_question(standards, question.code, given.tallies[question.code])
        for _, question in standards.key_questions()
        if question.code in given.tallies
    }
    rated = {
        standard.code: standard_result(standards, standard, given, found)
        for standard in standards.rated(given.inspection_type)
        if standard.code not in given.unrated
    }
    counting = [standard for standard in rated.values() if standard.counts]
    scale = standards.scale(len(counting)) if counting else None
    totals = _totals(standards, counting, given.total) if scale else ()
    banded = set(map(scale.rating, totals)) if scale else set()
    overall = _overall(standards, rated, banded)
    decided = len(totals) == 1 and (given.total is not None or all(standard.rating for standard in counting))
    return Figures(
        key_questions=found,
        standards=rated,
        total=totals[0] if decided else None,
        maximum=scale.maximum if scale else 0,
        overall=overall[0] if decided and len(overall) == 1 else None,
        possible_totals=totals,
        possible_overall=overall,
        total_is_given=given.total is not None and any(not standard.rating for standard in counting),
        held_back=tuple(hurdle.standard for hurdle in _hit(standards, rated, banded)),
        unrated=given.unrated,
    )


def possible_totals(standards: Standards, rated: Iterable[StandardResult]) -> tuple[int, ...]:
    """Every total that can still come out, from the lowest; a single one when all that counts is decided."""
    totals: Iterable[int] = {0}
    for standard in rated:
        scores = [standards.rating(code).score for code in standard.possible]
        totals = {total + score for total in totals for score in scores}
    return tuple(sorted(totals))


def _totals(standards: Standards, counting: Iterable[StandardResult], given: int | None) -> tuple[int, ...]:
    """Raises RatingInputError for a total that the ratings below it cannot add up to."""
    totals = possible_totals(standards, counting)
    if given is None:
        return totals
    if given not in totals:
        reason = f"{shown(given)} cannot be; what is given adds up to {totals[0]} to {totals[-1]}"
        raise RatingInputError([f"total: {reason}."])
    return (given,)


def _overall(standards: Standards, rated: Mapping[str, StandardResult], banded: Set[str]) -> tuple[str, ...]:
    """What the bands give, and what hurdles leave of it."""
    found = set(banded)
    for hurdle in standards.hurdles:
        possible = rated[hurdle.standard].possible if hurdle.standard in rated else ()
        if hurdle.keeps_from in found and hurdle.rating in possible:
            found.add(_next_lower(standards, hurdle.keeps_from))
            found -= {hurdle.keeps_from} if possible == (hurdle.rating,) else set()
    return in_order(standards, found)


def _hit(standards: Standards, rated: Mapping[str, StandardResult], banded: Set[str]) -> list[Hurdle]:
    """The hurdles that certainly change the overall rating."""
    return [
        hurdle
        for hurdle in standards.hurdles
        if hurdle.standard in rated and rated[hurdle.standard].rating == hurdle.rating and banded == {hurdle.keeps_from}
    ]


def _next_lower(standards: Standards, rating: str) -> str:
    codes = [each.code for each in standards.ratings]
    return codes[codes.index(rating) - 1]
