"""How far the case reads of an inspection have come."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from cases.models import Case
from cases.queries.answers import form_for
from cases.rules.facts import facts
from cases.rules.progress import Progress
from inspections.models import Inspection

ANSWERED = ~Q(answers__value="")
FACTS = ("row__work_type", "row__care_experienced", "row__welsh_speaking", "is_macd", "row__date_of_birth")


def progress_of(inspection: Inspection) -> list[Progress]:
    """Of every case of the sample, in one query: what each is asked and must be answered before it is sent."""
    sometimes = set(inspection.standards.conditions)
    rows = (
        Case.objects.filter(inspection=inspection, left_at__isnull=True)
        .order_by("ref")
        .values_list("ref", "kind", "reader__name", "sent_at", *FACTS)
        .annotate(
            always=Count("answers", filter=ANSWERED & Q(answers__question__in=ever_needed(inspection) - sometimes)),
            sometimes=ArrayAgg("answers__question", filter=ANSWERED & Q(answers__question__in=sometimes), default=[]),
        )
    )
    return [_progress(inspection, row) for row in rows]


def ever_needed(inspection: Inspection) -> set[str]:
    forms = [form_for(inspection, kind.code) for kind in inspection.standards.case_kinds]
    return {code for form in forms for code in form.needed}


def _progress(inspection: Inspection, row: Iterable[Any]) -> Progress:
    ref, kind, reader, sent_at, work_type, care_experienced, welsh_speaking, is_macd, born, always, sometimes = row
    known = facts(
        kind=kind,
        work_type=work_type,
        care_experienced=care_experienced,
        welsh_speaking=welsh_speaking,
        is_macd=is_macd,
        born=born,
        on=inspection.fieldwork_start,
    )
    needed = form_for(inspection, kind, known).needed
    answered = always + len(needed & set(sometimes))
    return Progress(ref, kind, reader or "", answered, len(needed), sent_at is not None)
