"""Queries on answers of sent cases, and review marks."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import Receipt, save_answer
from cases.actions.locks import locked_case
from cases.actions.telling import tell_one
from cases.models import Answer, Case, Query, QueryMessage, ReviewMark
from cases.queries.queries import href
from cases.rules.answers import Save
from inspections.access import ASK_QUERY
from inspections.actions.refused import Refused


class QueryRefused(Refused):
    """Nothing is asked, said or closed."""


class CannotCheck(QueryRefused):
    """The case is not sent, or this person reads it."""


@transaction.atomic
def ask(*, by: User, case: Case, question: str, text: str) -> Query:
    """Raises QueryRefused."""
    return open_query(by, checkable(by, case), question, text)


def open_query(by: User, case: Case, question: str, text: str) -> Query:
    """For a case that is locked. Raises QueryRefused."""
    answer = answered(case, question)
    if case.queries.filter(question=question, asked_by=by, closed_at__isnull=True).exists():
        raise QueryRefused(f"You have an open query on {question}. Go on there", "text")
    query = Query.objects.create(case=case, question=question, asked_at=clock.now(), asked_by=by)
    say(by, query, answer, text)
    words = f"Query open on {case.ref} {question}: answer it"
    tell_one(by, case.inspection, case.reader_id, words, href(case.inspection.ref, query))
    record(by=by, verb="query opened", inspection=case.inspection.ref, subject=f"{case.ref} {question}")
    return query


def ask_or_add(by: User, case: Case, question: str, text: str) -> Query:
    """For a case that is locked: a new query, or a further word in one's own that is open. Raises QueryRefused."""
    query = case.queries.filter(question=question, asked_by=by, closed_at__isnull=True).first()
    if query is None:
        return open_query(by, case, question, text)
    _ask_on(by, case, query, text)
    return query


def checkable(by: User, case: Case) -> Case:
    """The case, locked. Raises CannotCheck."""
    case = locked_case(case)
    if not case.sent_at or case.left_at or case.second_of_id or case.inspection.stage not in ASK_QUERY.stages:
        raise CannotCheck(f"{case.ref} can be checked once it is sent, until the ratings are signed off")
    if case.reader_id == by.pk:
        raise CannotCheck(f"You are the reader of {case.ref}. Somebody else checks it")
    return case


def answered(case: Case, question: str) -> Answer:
    answer = case.answers.filter(question=question).exclude(value="").first()
    if answer is None:
        raise QueryRefused(f"{question} has no answer in {case.ref}")
    return answer


def say(by: User, query: Query, answer: Answer, text: str) -> None:
    QueryMessage.objects.create(query=query, at=clock.now(), by=by, text=text, answer_version=answer.version)


@transaction.atomic
def reply(*, by: User, query: Query, text: str) -> None:
    """By the reader of the case. Raises QueryRefused."""
    case, query = _open(query)
    if case.reader_id != by.pk:
        raise QueryRefused(f"{case.ref} is no longer yours to read")
    say(by, query, answered(case, query.question), text)
    _tell_asker(by, case, query, "Reply")
    record(by=by, verb="query replied to", inspection=case.inspection.ref, subject=f"{case.ref} {query.question}")


@transaction.atomic
def ask_again(*, by: User, query: Query, text: str) -> None:
    """By whoever asked. Raises QueryRefused."""
    case, query = _own(by, query)
    _ask_on(by, case, query, text)


def _ask_on(by: User, case: Case, query: Query, text: str) -> None:
    say(by, query, answered(case, query.question), text)
    words = f"Query open on {case.ref} {query.question}: answer it"
    tell_one(by, case.inspection, case.reader_id, words, href(case.inspection.ref, query))
    record(by=by, verb="query asked again", inspection=case.inspection.ref, subject=f"{case.ref} {query.question}")


@transaction.atomic
def close(*, by: User, query: Query, text: str = "") -> None:
    """By whoever asked, with a last word or without. Raises QueryRefused."""
    case, query = _own(by, query)
    if text:
        say(by, query, answered(case, query.question), text)
    query.closed_at, query.closed_by = clock.now(), by
    query.save(update_fields=["closed_at", "closed_by"])
    words = f"Query closed on {case.ref} {query.question}"
    tell_one(by, case.inspection, case.reader_id, words, href(case.inspection.ref, query))
    record(by=by, verb="query closed", inspection=case.inspection.ref, subject=f"{case.ref} {query.question}")


def _own(by: User, query: Query) -> tuple[Case, Query]:
    if query.asked_by_id != by.pk:
        raise QueryRefused(f"Only {query.asked_by.name} can close this query")
    return _open(query)


def _open(query: Query) -> tuple[Case, Query]:
    """Case and query, locked in the order of a save."""
    case = locked_case(query.case)
    query = Query.objects.select_for_update(no_key=True).get(pk=query.pk)
    if query.closed_at:
        raise QueryRefused("This query is closed")
    if case.inspection.stage not in ASK_QUERY.stages:
        raise QueryRefused("The ratings are signed off. Nothing more can be added to this query")
    return case, query


def change_answer(*, by: User, query: Query, save: Save) -> Receipt:
    """The one answer of a sent case that is asked about, saved as any other; then whoever asked is told.

    Raises NotSaved, in one of its kinds.
    """
    receipt = save_answer(by=by, case=query.case, **vars(save))
    _tell_asker(by, query.case, query, "Answer changed")
    return receipt


def _tell_asker(by: User, case: Case, query: Query, what: str) -> None:
    words = f"{what} on {case.ref} {query.question}"
    tell_one(by, case.inspection, query.asked_by_id, words, href(case.inspection.ref, query))


@transaction.atomic
def agree(*, by: User, case: Case, question: str, version: int) -> None:
    """Marks an answer as it was shown. Raises QueryRefused if it is another by now."""
    case = checkable(by, case)
    answer = answered(case, question)
    if answer.version != version:
        raise QueryRefused(f"{question} changed after you opened this page. Read the change, then agree")
    _, new = ReviewMark.objects.get_or_create(answer=answer, version=version, by=by, defaults={"at": clock.now()})
    if new:
        detail = {"version": version}
        subject = f"{case.ref} {question}"
        record(by=by, verb="agreed with an answer", inspection=case.inspection.ref, subject=subject, detail=detail)


@transaction.atomic
def picked_at_random(*, by: User, case: Case, of: int) -> None:
    """Records which read the server chose to be checked, of how many."""
    record(by=by, verb="read picked at random", inspection=case.inspection.ref, subject=case.ref, detail={"of": of})
