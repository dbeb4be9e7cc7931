"""The answers that count towards an inspection's ratings, and their tallies, in one aggregate."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import JSONObject

from cases.models import Answer, Case, Value
from inspections.models import Inspection
from ratings.rules import Tally
from ratings.rules.evidence import CountedAnswer, Evidence, LeftOut, SampledCase, counted_codes

SUFFICIENT = Q(value=Value.YES)
ASSESSED = Q(value__in=[Value.YES, Value.NO])
CASE_REF = F("case__ref")
ONE_ANSWER = JSONObject(case="case__ref", question="question", value="value", version="version", na_reason="na_reason")


def counting(inspection_id: int) -> QuerySet[Answer]:
    """Answers to key questions about cases in the sample. A cleared answer is none."""
    answers = Answer.objects.filter(
        inspection=inspection_id, is_key=True, case__left_at__isnull=True, case__second_of__isnull=True
    )
    return answers.exclude(value="").order_by()


def tallied(answers: QuerySet[Answer]) -> dict[str, dict[str, Any]]:
    """By key question: `sufficient`, `assessed`, and the `answers` they are made of. One statement."""
    rows = answers.values("question").annotate(
        sufficient=Count("pk", filter=SUFFICIENT),
        assessed=Count("pk", filter=ASSESSED),
        answers=JSONBAgg(ONE_ANSWER, order_by="case__ref"),
    )
    return {row["question"]: {**row} for row in rows}


def tallies(inspection: Inspection, counted: Mapping[str, Mapping[str, Any]]) -> dict[str, Tally]:
    """Every counted key question of the type, 0 of 0 where nobody has answered yet."""
    return {code: tally(counted.get(code)) for code in counted_codes(inspection.standards, inspection.inspection_type)}


def tally(row: Mapping[str, Any] | None) -> Tally:
    return Tally(row["sufficient"], row["assessed"]) if row else Tally(0, 0)


def provisional(inspection: Inspection, counted: Mapping[str, Mapping[str, Any]]) -> Evidence:
    """Whatever has been answered counts, whether its case has been sent or not."""
    return evidence(inspection, counted, tuple(left_the_sample(inspection)))


def evidence(
    inspection: Inspection, counted: Mapping[str, Mapping[str, Any]], left_out: tuple[LeftOut, ...]
) -> Evidence:
    codes = counted_codes(inspection.standards, inspection.inspection_type)
    absent = {case.case for case in left_out}
    return Evidence(
        standards=inspection.standards_key,
        standards_hash=inspection.standards.content_hash,
        inspection_type=inspection.inspection_type,
        cases=tuple(case for case in sampled(inspection) if case.case not in absent),
        answers=tuple(
            CountedAnswer(**answer) for code in codes if code in counted for answer in counted[code]["answers"]
        ),
        left_out=left_out,
    )


def sampled(inspection: Inspection) -> Iterator[SampledCase]:
    cases = Case.objects.filter(inspection=inspection, left_at__isnull=True).order_by("kind", "ref")
    for ref, kind, sent_at in cases.values_list("ref", "kind", "sent_at"):
        yield SampledCase(ref, kind, sent_at is not None)


def left_the_sample(inspection: Inspection) -> Iterator[LeftOut]:
    cases = Case.objects.filter(inspection=inspection, left_at__isnull=False).order_by("kind", "ref")
    for ref, kind, reason in cases.values_list("ref", "kind", "left_reason"):
        yield LeftOut(ref, kind, f"Left the sample: {reason}")


def unsent(inspection: Inspection) -> QuerySet[Case]:
    cases = Case.objects.filter(inspection=inspection, left_at__isnull=True, sent_at__isnull=True)
    return cases.order_by("kind", "ref")


def to_stamp(inspection: Inspection) -> Evidence:
    """The evidence of a meeting: sent cases only."""
    not_sent = (LeftOut(case.ref, case.kind, "Not sent before fieldwork was closed") for case in unsent(inspection))
    counted = tallied(counting(inspection.pk).filter(case__sent_at__isnull=False))
    return evidence(inspection, counted, (*not_sent, *left_the_sample(inspection)))
