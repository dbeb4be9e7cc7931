"""What a reader has to do: for each of their cases, the place where they go on."""

from datetime import timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from cases.models import Case
from cases.queries.answers import form_of
from cases.queries.cases import may, pairing
from cases.queries.progress import ANSWERED
from cases.rules.progress import IN_PROGRESS, NOT_STARTED
from inspections import access
from inspections.models import Stage
from inspections.queries import parties_of, relations
from inspections.work import WorkItem


def work_for(person: User) -> list[WorkItem]:
    cases = (
        Case.reads.filter(reader=person, sent_at=None, left_at=None, inspection__stage=Stage.FIELDWORK)
        .select_related("inspection__service", "row")
        .annotate(
            answered=ArrayAgg("answers__question", filter=ANSWERED & Q(answers__isnull=False), default=[]),
            **relations(person, "inspection", "inspection__service"),
            **pairing(person),
        )
        .order_by("inspection__fieldwork_start", "ref")
    )
    for case in cases:
        case.inspection.parties = parties_of(person, case)
    return [_item(case, set(case.answered)) for case in cases if may(person, case, access.READ_CASE)]


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
