"""What a person has to do about sent reads: queries to answer or to read the reply of, and requests to decide."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from cases.models import Query, ReopenRequest
from cases.queries.queries import href, stated
from cases.rules.queries import ANSWERED, OPEN
from inspections import access
from inspections.models import Inspection
from inspections.queries import parties_of, relations
from inspections.work import WorkItem

ON_CASE = ("case__inspection", "case__inspection__service")


def work_for(person: User) -> list[WorkItem]:
    return [*_queries(person), *_requests(person)]


def _queries(person: User) -> Iterator[WorkItem]:
    own = Q(case__reader=person) | Q(asked_by=person)
    found = stated(Query.objects.filter(own, closed_at__isnull=True)).annotate(**relations(person, *ON_CASE))
    for query in found.select_related(*ON_CASE, "asked_by", "case__reader").order_by("asked_at", "pk"):
        words, needed = _step(person, query)
        if words and needed.given_to(parties_of(person, query), query.case.inspection.stage):
            text, link = f"{words} {query.case.ref} {query.question}", href(query.case.inspection.ref, query)
            yield WorkItem(text, link, _named(query.case.inspection), query.state)


def _step(person: User, query: Query) -> tuple[str, access.Permission]:
    if query.state == OPEN and query.case.reader_id == person.pk:
        return "Answer the query on", access.REPLY_TO_QUERY
    if query.state == ANSWERED and query.asked_by_id == person.pk:
        return "Read the reply about", access.ASK_QUERY
    return "", access.ASK_QUERY


def _requests(person: User) -> Iterator[WorkItem]:
    """Those that the person may decide."""
    waiting = ReopenRequest.objects.filter(decided_at__isnull=True, case__sent_at__isnull=False)
    mine = waiting.filter(case__inspection__memberships__person=person, case__inspection__memberships__until=None)
    for request in mine.select_related(*ON_CASE).annotate(**relations(person, *ON_CASE)).order_by("asked_at", "pk"):
        inspection = request.case.inspection
        if access.REOPEN_CASE.given_to(parties_of(person, request), inspection.stage):
            link = reverse("cases:case", kwargs={"ref": inspection.ref, "case_ref": request.case.ref})
            yield WorkItem(f"Decide whether to reopen {request.case.ref}", link, _named(inspection))


def _named(inspection: Inspection) -> str:
    return f"{inspection.service.name}, {inspection.ref}"
