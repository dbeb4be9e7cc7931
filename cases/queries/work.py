"""What a reader has to do: for each of their cases, the place where they go on; and how far each has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import User
from cases.models import Case, Query, SlotCase
from cases.queries.answers import form_of
from cases.queries.cases import may, pairing
from cases.queries.progress import ANSWERED
from cases.rules.progress import IN_PROGRESS, NOT_STARTED, SENT
from inspections import access
from inspections.models import Stage
from inspections.queries import parties_of, relations
from inspections.work import WorkItem


def work_for(person: User) -> list[WorkItem]:
    return [_item(case, set(case.answered)) for case in own_reads(person, sent_at=None)]


def own_reads(person: User, **only: object) -> list[Any]:
    """Those that the person may go on with now, each with the codes of its `answered` questions."""
    cases = list(
        Case.reads.filter(reader=person, left_at=None, inspection__stage=Stage.FIELDWORK, **only)
        .select_related("inspection__service", "row")
        .annotate(
            answered=ArrayAgg("answers__question", filter=ANSWERED & Q(answers__isnull=False), default=[]),
            interview_at=Subquery(INTERVIEWS.values("slot__period__startswith")[:1]),
            open_queries=Subquery(OPEN_QUERIES),
            **relations(person, "inspection", "inspection__service"),
            **pairing(person),
        )
        .order_by("inspection__fieldwork_start", "ref")
    )
    for case in cases:
        case.inspection.parties = parties_of(person, case)
    return [case for case in cases if may(person, case, access.READ_CASE)]


INTERVIEWS = SlotCase.objects.filter(case=OuterRef("pk"), slot__standing=True).order_by("slot__period")
OPEN_QUERIES = (
    Query.objects.filter(case=OuterRef("pk"), closed_at__isnull=True)
    .order_by()
    .values("case")
    .annotate(number=Count("pk"))
    .values("number")
)


@dataclass(frozen=True)
class OwnCase:
    """A case of the person as My work shows it. `interview` is its first slot of the timetable."""

    ref: str
    href: str
    inspection: str
    state: str
    answered: int
    asked: int
    interview: datetime | None
    open_queries: int


def own_cases(person: User) -> list[OwnCase]:
    """Of the fieldwork that goes on, sent reads too."""
    return [_own_case(case) for case in own_reads(person)]


def _own_case(case: Any) -> OwnCase:
    needed = form_of(case).needed
    answered = needed & set(case.answered)
    started = IN_PROGRESS if answered else NOT_STARTED
    return OwnCase(
        ref=case.ref,
        href=reverse("cases:case", kwargs={"ref": case.inspection.ref, "case_ref": case.ref}),
        inspection=f"{case.inspection.service.name}, {case.inspection.ref}",
        state=SENT if case.sent_at else started,
        answered=len(answered),
        asked=len(needed),
        interview=case.interview_at,
        open_queries=case.open_queries or 0,
    )


def has_sent_a_read(person: User) -> bool:
    return Case.reads.filter(sent_by=person).exists()


def _item(case: Case, answered: set[str]) -> WorkItem:
    text, href = _next_step(case, answered)
    inspection = case.inspection
    return WorkItem(
        text=text,
        href=href,
        inspection=f"{inspection.service.name}, {inspection.ref}",
        state=IN_PROGRESS if answered else NOT_STARTED,
        due=inspection.fieldwork_start + timedelta(days=inspection.kind.case_data_complete_day),
    )


def _next_step(case: Case, answered: set[str]) -> tuple[str, str]:
    address = {"ref": case.inspection.ref, "case_ref": case.ref}
    question = form_of(case).first_unanswered(answered)
    if question is None:
        return f"Check and send {case.ref}", reverse("cases:check", kwargs=address)
    href = reverse("cases:read-section", kwargs=address | {"section": question.section}) + f"#value-{question.code}"
    if not answered:
        return f"Start reading {case.ref}", href
    title = form_of(case).section(question.section).title
    return f"Carry on with {case.ref}: {title}, question {question.position}", href
