"""Queries on answers: one thread, those of an inspection, the marks of a case, and whose turn it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases.models import Answer, Case, Query, QueryMessage, ReviewMark
from cases.queries.cases import read_blind_by
from cases.rules.queries import ANSWERED, CLOSED, OPEN, STATES
from cases.rules.reading import Agreed, Marks, QueryMark
from inspections.access import LOCAL_ASSESSOR
from inspections.models import Inspection

SHOWN_MESSAGES = 200


def stated(queries: QuerySet[Query]) -> QuerySet[Query]:
    """With `state`: it is answered once somebody else spoke last, or the answer has changed since they spoke."""
    last = QueryMessage.objects.filter(query=OuterRef("pk")).order_by("-pk")
    now = Answer.objects.filter(case=OuterRef("case"), question=OuterRef("question"))
    replied = ~Q(last_by=F("asked_by")) | Q(now_version__gt=F("last_version"))
    found = queries.select_related("asked_by", "case__reader").alias(
        last_by=Subquery(last.values("by")[:1]),
        last_version=Subquery(last.values("answer_version")[:1]),
        now_version=Subquery(now.values("version")[:1]),
    )
    closed, answered = When(closed_at__isnull=False, then=Value(CLOSED)), When(replied, then=Value(ANSWERED))
    return found.annotate(**{"state": Choose(closed, answered, default=Value(OPEN))})


def query_for(case: Case, number: int) -> Query:
    """Of a case that a guard has fetched; Http404 for one of another."""
    query = stated(case.queries.all()).filter(pk=number).first() if number < 2**63 else None
    if query is None:
        raise Http404
    query.case = case
    return query


def messages_of(query: Query) -> QuerySet[QueryMessage]:
    return query.messages.select_related("by")


def messages_about(case: Case, question: str = "") -> list[QueryMessage]:
    """Everything said in the queries of a case, or about one answer, newest first."""
    if not can_be_asked_about(case):
        return []
    found = QueryMessage.objects.filter(query__case=case).select_related("query", "by").order_by("-pk")
    return list((found.filter(query__question=question) if question else found)[:SHOWN_MESSAGES])


def can_be_asked_about(case: Case) -> bool:
    """Nobody has asked about, or agreed with, what was never sent."""
    return bool(case.sent_at or case.reopened_at) and case.second_of_id is None


@dataclass(frozen=True)
class Thread:
    query: Query
    state: str
    href: str


def threads_of(person: User, inspection: Inspection, state: str) -> list[Thread]:
    """Those that the person may see, newest first; `state` is open, answered, closed or none of them for all."""
    found = stated(Query.objects.filter(case__inspection=inspection)).exclude(read_blind_by(person, "case"))
    if inspection.parties == {LOCAL_ASSESSOR}:
        found = found.filter(case__reader=person)
    if state in STATES:
        found = found.filter(Q(("state", STATES[state])))
    return [Thread(query, query.state, href(inspection.ref, query)) for query in found]


def href(ref: str, query: Query) -> str:
    return reverse("cases:query", kwargs={"ref": ref, "case_ref": query.case.ref, "query": query.pk})


def queries_on(case: Case) -> dict[str, list[Query]]:
    """By question, newest first."""
    found: dict[str, list[Query]] = defaultdict(list)
    for query in stated(case.queries.all()):
        found[query.question].append(query)
    return found


def marks_on(case: Case) -> dict[str, list[ReviewMark]]:
    """By question. Those of the reader do not count: the case may have come to them since."""
    found: dict[str, list[ReviewMark]] = defaultdict(list)
    marks = ReviewMark.objects.filter(answer__case=case).select_related("answer", "by")
    for mark in marks if case.reader_id is None else marks.exclude(by=case.reader_id):
        found[mark.answer.question].append(mark)
    return found


def marks_of(person: User, case: Case) -> Mapping[str, Marks]:
    """What the pages show beside each answer. No query for a case that was never sent."""
    if not can_be_asked_about(case):
        return {}
    queries, marks = queries_on(case), marks_on(case)
    return {
        question: Marks(
            queries=tuple(_query_mark(person, case, query) for query in queries.get(question, ())),
            agreed=latest_of_each(marks.get(question, ())),
            has_agreed=any(stands(mark) and mark.by_id == person.pk for mark in marks.get(question, ())),
        )
        for question in queries.keys() | marks.keys()
    }


def _query_mark(person: User, case: Case, query: Query) -> QueryMark:
    words = {OPEN: OPEN, ANSWERED: "Query answered"}.get(query.state, "Query closed")
    to_answer = query.state == OPEN and case.reader_id == person.pk
    return QueryMark(f"{words}: answer it" if to_answer else words, href(case.inspection.ref, query))


def latest_of_each(marks: Iterable[ReviewMark]) -> tuple[Agreed, ...]:
    """Everybody's last mark on one answer, and whether the answer has changed since."""
    last = {mark.by_id: mark for mark in marks}
    return tuple(Agreed(mark.by.name, mark.at, not stands(mark)) for mark in last.values())


def stands(mark: ReviewMark) -> bool:
    """The answer is still the one that was agreed with."""
    return mark.version >= mark.answer.version
