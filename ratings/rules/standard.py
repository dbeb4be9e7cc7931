"""One standard: the lowest of its key questions, a choice from a table, a panel's decision, or a known rating."""

from collections.abc import Iterable, Mapping

from ratings.rules.inputs import RatingInput
from ratings.rules.results import KeyQuestionResult, StandardResult
from standards.schema import DecisionTable, Standard, Standards

KeyQuestions = Mapping[str, KeyQuestionResult]


def standard_result(
    standards: Standards, standard: Standard, given: RatingInput, found: KeyQuestions
) -> StandardResult:
    counts = standard.code in standards.inspection_types[given.inspection_type].counting
    if standard.rated_from == "panel" and (given.total is None or _known(standard, given)):
        return _panel(standards, standard, given, counts)
    if not standard.counted_questions() or any(question.code not in found for question in standard.counted_questions()):
        return _given(standards, standard, given, counts)
    if standard.rated_from == "victims_table":
        return _table(standards, standard, given, found, counts)
    return _lowest(standards, standard, found, counts)


def _panel(standards: Standards, standard: Standard, given: RatingInput, counts: bool) -> StandardResult:
    rating = _known(standard, given)
    possible = (rating,) if rating else in_order(standards, (rating.code for rating in standards.ratings))
    return StandardResult(standard.code, "panel", counts, rating, possible)


def _known(standard: Standard, given: RatingInput) -> str | None:
    return given.standard_ratings.get(standard.code, given.chosen.get(standard.code))


def _given(standards: Standards, standard: Standard, given: RatingInput, counts: bool) -> StandardResult:
    rating = given.standard_ratings.get(standard.code)
    if rating is None:
        return StandardResult(standard.code, "not_known", counts, None, _up_to(standards, ()))
    return StandardResult(standard.code, "given", counts, rating, (rating,))


def _lowest(standards: Standards, standard: Standard, found: KeyQuestions, counts: bool) -> StandardResult:
    ratings = {question.code: found[question.code].rating for question in standard.counted_questions()}
    known = in_order(standards, (rating for rating in ratings.values() if rating))
    if None in ratings.values():
        return StandardResult(standard.code, "cases_lowest", counts, None, _up_to(standards, known[:1]))
    lowest = known[0]
    drivers = tuple(code for code, rating in ratings.items() if rating == lowest)
    return StandardResult(standard.code, "cases_lowest", counts, lowest, (lowest,), drivers)


def _table(
    standards: Standards, standard: Standard, given: RatingInput, found: KeyQuestions, counts: bool
) -> StandardResult:
    table = standards.table(standard.code)
    start, answer = found[table.start].rating, given.answers.get(table.answer)
    permitted = permitted_ratings(table, start, answer)
    rating = given.chosen.get(standard.code, given.standard_ratings.get(standard.code))
    return StandardResult(
        code=standard.code,
        basis="victims_table",
        counts=counts,
        rating=rating,
        possible=(rating,) if rating else permitted or reachable(standards, table, start, answer),
        driven_by=_drivers(table, start, answer) if rating else None,
        permitted=permitted,
        answer=answer,
    )


def _drivers(table: DecisionTable, start: str | None, answer: bool | None) -> tuple[str, ...]:
    known = ((table.start, start), (table.answer, answer))
    return tuple(code for code, value in known if value is not None)


def permitted_ratings(table: DecisionTable, start: str | None, answer: bool | None) -> tuple[str, ...] | None:
    """None until both the cases and the meeting have spoken."""
    if start is None or answer is None:
        return None
    return table.permitted(start, "yes" if answer else "no")


def reachable(standards: Standards, table: DecisionTable, start: str | None, answer: bool | None) -> tuple[str, ...]:
    """Every rating that the table can still lead to, from the lowest."""
    said = None if answer is None else "yes" if answer else "no"
    rows = (row for row in table.rows if start in (None, row.start) and said in (None, row.answer))
    return in_order(standards, (code for row in rows for code in row.permitted))


def _up_to(standards: Standards, highest: tuple[str, ...]) -> tuple[str, ...]:
    every = in_order(standards, (rating.code for rating in standards.ratings))
    return every[: every.index(highest[0]) + 1] if highest else every


def in_order(standards: Standards, codes: Iterable[str]) -> tuple[str, ...]:
    """Each rating once, from the lowest to the highest."""
    return tuple(sorted(set(codes), key=lambda code: standards.rating(code).score))
