"""The whole inspection: key questions, standards, total and overall rating."""

from collections.abc import Iterable, Mapping

from ratings.rules import drawing, sentences
from ratings.rules.checks import problems_of
from ratings.rules.inputs import RatingInput, RatingInputError
from ratings.rules.results import Figures, Result, StandardResult
from ratings.rules.shares import key_question
from ratings.rules.standard import in_order, standard_result
from standards.schema import Standards


def rate(standards: Standards, given: RatingInput) -> Result:
    """Raises RatingInputError, which lists everything that is wrong."""
    if problems := problems_of(standards, given):
        raise RatingInputError(problems)
    figures = figures_of(standards, given)
    notes, trace = sentences.notes(standards, figures), drawing.overall(standards, given.inspection_type, figures)
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
    }
    scale = standards.overall_scale(given.inspection_type)
    totals = possible_totals(standards, rated)
    overall = in_order(standards, map(scale.rating, totals))
    decided = all(standard.rating for standard in rated.values() if standard.counts)
    return Figures(
        key_questions=found,
        standards=rated,
        total=totals[0] if decided else None,
        maximum=scale.maximum,
        overall=overall[0] if decided else None,
        possible_totals=totals,
        possible_overall=overall,
    )


def possible_totals(standards: Standards, rated: Mapping[str, StandardResult]) -> tuple[int, ...]:
    """Every total that can still come out, from the lowest; a single one when all that counts is decided."""
    totals: Iterable[int] = {0}
    for standard in rated.values():
        if standard.counts:
            scores = [standards.rating(code).score for code in standard.possible]
            totals = {total + score for total in totals for score in scores}
    return tuple(sorted(totals))
