"""The ratings of all inspections ever: one aggregate over the answers, one read of what meetings decided."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from inspections.models import Inspection
from ratings.models import Decision, Meeting
from ratings.rules import Tally
from ratings.rules.evidence import counted_codes
from ratings.rules.meeting import rating_input
from ratings.rules.rating import figures_of

TALLIES = """
SELECT inspection_id, question, count(*) FILTER (WHERE value = 'yes'), count(*) FILTER (WHERE value IN ('yes', 'no'))
FROM cases_answer
WHERE is_key AND value <> ''
  AND case_id NOT IN (SELECT id FROM cases_case WHERE left_at IS NOT NULL OR second_of_id IS NOT NULL)
GROUP BY inspection_id, question
"""
NOTHING = Tally(0, 0)


@dataclass(frozen=True)
class Rated:
    """Signed off: as it was signed. Otherwise as answers and decisions so far give it, None for what is open."""

    ref: str
    standards: Mapping[str, str | None]
    total: int | None
    overall: str | None
    is_signed: bool


def all_ratings() -> Iterator[Rated]:
    """Of every inspection that has an answer or a meeting, by reference."""
    tallies, decided, signed = tallies_of_all(), decided_of_all(), signed_of_all()
    for inspection in Inspection.objects.order_by("ref"):
        if inspection.pk in signed:
            yield as_signed(inspection.ref, *signed[inspection.pk])
        elif inspection.pk in tallies or inspection.pk in decided:
            yield as_it_stands(inspection, tallies[inspection.pk], decided[inspection.pk])


def tallies_of_all() -> dict[int, dict[str, Tally]]:
    found: dict[int, dict[str, Tally]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(TALLIES)
        for inspection, question, sufficient, assessed in cursor.fetchall():
            found[inspection][question] = Tally(sufficient, assessed)
    return found


def decided_of_all() -> dict[int, dict[str, str]]:
    """The latest decision on each item of the latest version of each meeting."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Decision.objects.filter(meeting__replaced_by__isnull=True).order_by("pk")
    for inspection, item, value in rows.values_list("meeting__inspection", "item", "value"):
        found[inspection][item] = value
    return found


def signed_of_all() -> dict[int, tuple[Any, ...]]:
    rows = Meeting.objects.filter(replaced_by__isnull=True, signed_at__isnull=False).order_by()
    names = (f"record__result__{part}" for part in ("standards", "total", "overall"))
    return {inspection: rest for inspection, *rest in rows.values_list("inspection", *names)}


def as_signed(ref: str, standards: Mapping[str, Any], total: int | None, overall: str | None) -> Rated:
    return Rated(ref, {code: found["rating"] for code, found in standards.items()}, total, overall, is_signed=True)


def as_it_stands(inspection: Inspection, counted: Mapping[str, Tally], decided: Mapping[str, str]) -> Rated:
    standards, kind = inspection.standards, inspection.inspection_type
    tallies = {code: counted.get(code, NOTHING) for code in counted_codes(standards, kind)}
    figures = figures_of(standards, rating_input(standards, kind, tallies, decided))
    ratings = {code: found.rating for code, found in figures.standards.items()}
    return Rated(inspection.ref, ratings, figures.total, figures.overall, is_signed=False)
