"""How far the case reads of an inspection have come."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, OuterRef, Q, Subquery

from accounts import clock
from cases.models import Case, SlotCase
from cases.queries.answers import form_for
from cases.queries.checking import checked
from cases.queries.timetable import days_of
from cases.rules.facts import facts
from cases.rules.progress import Progress, due_day
from inspections.models import Inspection, SlotOutcome
from inspections.queries.holidays import kept_holidays
from inspections.rules import working_day_after

HELD = (SlotOutcome.HELD, SlotOutcome.OVERRAN)
ANSWERED = ~Q(answers__value="")
FACTS = ("row__work_type", "row__care_experienced", "row__welsh_speaking", "is_macd", "row__date_of_birth")


def progress_of(inspection: Inspection) -> list[Progress]:
    """Of every case of the sample, in one query and that for bank holidays: what it is asked and still needs."""
    sometimes = set(inspection.standards.conditions)
    rows = (
        Case.objects.filter(inspection=inspection, left_at__isnull=True)
        .order_by("ref")
        .annotate(
            always=Count("answers", filter=ANSWERED & Q(answers__question__in=ever_needed(inspection) - sometimes)),
            sometimes=ArrayAgg("answers__question", filter=ANSWERED & Q(answers__question__in=sometimes), default=[]),
            is_checked=checked(),
            **interview_of(inspection),
        )
        .values(
            "ref", "kind", "sent_at", "always", "sometimes", "is_checked", *INTERVIEW, *FACTS, who=F("reader__name")
        )
    )
    next_working_day = partial(working_day_after, count=1, holidays=kept_holidays())
    return [_progress(inspection, row, next_working_day) for row in rows]


INTERVIEW = ("interview_at", "interview_outcome")


def interview_of(inspection: Inspection) -> dict[str, Subquery]:
    """When a case's interview begins, and what became of it; of two the later."""
    codes = [interview.code for interview in inspection.standards.interviews]
    slots = SlotCase.objects.filter(case=OuterRef("pk"), slot__standing=True, slot__kind__in=codes).order_by(
        "-slot__period"
    )
    return {
        "interview_at": Subquery(slots.values("slot__period__startswith")[:1]),
        "interview_outcome": Subquery(slots.values("slot__outcome")[:1]),
    }


def ever_needed(inspection: Inspection) -> set[str]:
    forms = [form_for(inspection, kind.code) for kind in inspection.standards.case_kinds]
    return {code for form in forms for code in form.needed}


def _progress(inspection: Inspection, row: dict[str, Any], next_working_day: Callable[[date], date]) -> Progress:
    known = facts(
        kind=row["kind"],
        work_type=row["row__work_type"],
        care_experienced=row["row__care_experienced"],
        welsh_speaking=row["row__welsh_speaking"],
        is_macd=row["is_macd"],
        born=row["row__date_of_birth"],
        on=inspection.fieldwork_start,
    )
    needed = form_for(inspection, row["kind"], known).needed
    interview = day_of(row["interview_at"])
    return Progress(
        ref=row["ref"],
        kind=row["kind"],
        reader=row["who"] or "",
        answered=row["always"] + len(needed & set(row["sometimes"])),
        asked=len(needed),
        sent_on=day_of(row["sent_at"]),
        due=due_day(interview, complete_on(inspection), next_working_day),
        checked=row["is_checked"],
        interview=interview,
        interviewed=row["interview_outcome"] in HELD,
    )


def day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.LONDON).date() if moment else None


def complete_on(inspection: Inspection) -> date:
    """The day by which all case data should be there."""
    return inspection.fieldwork_start + timedelta(days=inspection.kind.case_data_complete_day)


def fieldwork_days(inspection: Inspection) -> list[date]:
    """The working days of its weeks on site."""
    return [hours.begins.date() for hours in days_of(inspection)]
