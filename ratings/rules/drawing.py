"""Draws the trace of a rating: overall, total, standards, key questions, counts."""

from collections.abc import Iterable

from ratings.rules import sentences
from ratings.rules.results import Figures, KeyQuestionResult, StandardResult
from ratings.rules.shares import percent_words
from ratings.rules.trace import Fact, Node
from standards.schema import KeyQuestion, Standard, Standards

DRIVES = "Drives the rating."


def overall(standards: Standards, figures: Figures) -> Node:
    rule = standards.rules["overall" if figures.is_rated else "unrated"]
    apart = [found for found in figures.standards.values() if not found.counts]
    return Node(
        code="overall",
        kind="overall",
        label="Overall rating",
        value=figures.overall,
        words=sentences.label(standards, figures.overall) if figures.is_rated else sentences.NOT_RATED,
        rule=" ".join([rule.words, *(standards.rules["hurdle"].words for _ in figures.held_back)]),
        source=_source(standards, figures),
        children=(_total(standards, figures), *([_apart(standards, figures, apart)] if apart else [])),
        notes=(*sentences.open_total(standards, figures), *sentences.hurdles(standards, figures)),
        facts={"possible": list(figures.possible_overall), "standards": standards.key, "hash": standards.content_hash},
    )


def _source(standards: Standards, figures: Figures) -> str:
    if not figures.is_rated:
        return standards.rules["unrated"].source
    scale = standards.scale(sum(found.counts for found in figures.standards.values()))
    hurdles = [hurdle.source for hurdle in standards.hurdles if hurdle.standard in figures.held_back]
    return "; ".join(dict.fromkeys([scale.source, *hurdles]))


def _total(standards: Standards, figures: Figures) -> Node:
    rule = standards.rules["given_total" if figures.total_is_given else "total"]
    counting = [found for found in figures.standards.values() if found.counts]
    lowest, highest = (*figures.possible_totals[:1], *figures.possible_totals[-1:]) or (0, 0)
    return Node(
        code="total",
        kind="total",
        label="Total score",
        value=figures.total,
        words=_total_words(figures, lowest, highest),
        rule=rule.words,
        source=rule.source,
        children=tuple(_standard(standards, figures, found) for found in counting),
        facts={"maximum": figures.maximum, "lowest": lowest, "highest": highest},
    )


def _total_words(figures: Figures, lowest: int, highest: int) -> str:
    if not figures.is_rated:
        return sentences.NOT_RATED
    if figures.total is not None:
        return f"{figures.total} of {figures.maximum}"
    return f"{sentences.UNDECIDED}, from {lowest} to {highest}"


def _apart(standards: Standards, figures: Figures, found: Iterable[StandardResult]) -> Node:
    rule = standards.rules["not_counted"]
    children = tuple(_standard(standards, figures, result) for result in found)
    ratings = [standards.rating(result.rating).label for result in found if result.rating]
    return Node(
        code="not_counted",
        kind="not_counted",
        label="Rated, but not counted",
        value=None,
        words=f"{len(ratings)} of {len(children)} decided",
        rule=rule.words,
        source=rule.source,
        children=children,
    )


def _standard(standards: Standards, figures: Figures, found: StandardResult) -> Node:
    standard = standards.standard(found.code)
    rule, score = standards.rules[RULES[found.basis]], standards.rules["score"]
    return Node(
        code=found.code,
        kind="standard",
        label=f"{found.code} {standard.title}",
        value=found.rating or _unrated(found),
        words=_standard_words(standards, found),
        rule=f"{rule.words} {score.words}" if found.counts else rule.words,
        source="; ".join(dict.fromkeys([rule.source, score.source])) if found.counts else rule.source,
        children=_below(standards, figures, standard, found),
        notes=() if found.rating else (sentences.undecided(standards, found),),
        facts=_standard_facts(standards, found),
    )


RULES = {
    "cases_lowest": "lowest",
    "victims_table": "table",
    "panel": "panel",
    "given": "given",
    "not_known": "given_total",
}


def _unrated(found: StandardResult) -> str | None:
    """Nothing to count is a value of its own; anything else is still to be decided."""
    return "not_rated" if found.basis == "cases_lowest" else None


def _open_words(found: StandardResult) -> str:
    if found.basis == "not_known":
        return "Not known"
    return sentences.NOT_RATED if _unrated(found) else sentences.UNDECIDED


def _standard_words(standards: Standards, found: StandardResult) -> str:
    if not found.rating:
        return _open_words(found)
    rating = standards.rating(found.rating)
    return f"{rating.label}, score {rating.score}" if found.counts else rating.label


def _standard_facts(standards: Standards, found: StandardResult) -> dict[str, Fact]:
    return {
        "basis": found.basis,
        "counts": found.counts,
        "score": standards.rating(found.rating).score if found.rating and found.counts else None,
        "driven_by": None if found.driven_by is None else list(found.driven_by),
        "permitted": None if found.permitted is None else list(found.permitted),
        "possible": list(found.possible),
    }


def _below(standards: Standards, figures: Figures, standard: Standard, found: StandardResult) -> tuple[Node, ...]:
    counted = [
        _key_question(standards, question, figures.key_questions[question.code], found)
        for question in standard.key_questions
        if question.code in figures.key_questions
    ]
    if found.basis != "victims_table":
        return tuple(counted)
    return (*counted, _answer(standards, found), _choice(standards, found))


def _key_question(standards: Standards, question: KeyQuestion, found: KeyQuestionResult, above: StandardResult) -> Node:
    rule = standards.rules["key_question" if found.rating else "not_rated"]
    drives = question.code in (above.driven_by or ())
    return Node(
        code=question.code,
        kind="key_question",
        label=f"{question.code} {question.label}",
        value=found.rating or "not_rated",
        words=standards.rating(found.rating).label if found.rating else sentences.NOT_RATED,
        rule=rule.words,
        source=rule.source,
        children=(_count(standards, found),),
        notes=(
            *([DRIVES] if drives else []),
            *sentences.nearness(standards, found),
            *sentences.rounding(standards, found),
        ),
        facts={
            "drives": drives,
            "sufficient": found.sufficient,
            "assessed": found.assessed,
            "percent": percent_words(standards.bands, found.share) if found.share is not None else None,
            "lower_cases": found.lower.cases if found.lower else None,
            "lower_rating": found.lower.rating if found.lower else None,
            "higher_cases": found.higher.cases if found.higher else None,
            "higher_rating": found.higher.rating if found.higher else None,
            "rounds_to": found.rounds_to,
        },
    )


def _count(standards: Standards, found: KeyQuestionResult) -> Node:
    rule = standards.rules["count"]
    percent = f" ({percent_words(standards.bands, found.share)})" if found.share is not None else ""
    return Node(
        code=f"{found.code}.count",
        kind="count",
        label="Sufficient cases",
        value=f"{found.sufficient}/{found.assessed}",
        words=f"{found.sufficient} of {found.assessed}{percent}",
        rule=rule.words,
        source=rule.source,
        facts={"sufficient": found.sufficient, "assessed": found.assessed},
    )


def _answer(standards: Standards, found: StandardResult) -> Node:
    question, rule = standards.key_question(standards.table(found.code).answer), standards.rules["answer"]
    drives = question.code in (found.driven_by or ())
    return Node(
        code=question.code,
        kind="answer",
        label=f"{question.code} {question.label}",
        value=None if found.answer is None else "yes" if found.answer else "no",
        words=sentences.UNDECIDED if found.answer is None else "Yes" if found.answer else "No",
        rule=rule.words,
        source=rule.source,
        notes=(DRIVES,) if drives else (),
        facts={"drives": drives},
    )


def _choice(standards: Standards, found: StandardResult) -> Node:
    rule = standards.rules["choice"]
    permitted = f", from {sentences.either(standards, found.permitted)}" if found.permitted else ""
    return Node(
        code=f"{found.code}.choice",
        kind="choice",
        label="Chosen by the meeting",
        value=found.rating,
        words=f"{sentences.label(standards, found.rating)}{permitted}",
        rule=rule.words,
        source=rule.source,
    )
