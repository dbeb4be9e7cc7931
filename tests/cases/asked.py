"""Sent cases that are asked about, for tests."""

from accounts import clock
from cases.actions.queries import ask
from cases.models import Case, Query
from cases.queries.queries import query_for
from tests.answering import answer_all


def sent_case(case, reader) -> Case:
    """Every question answered with yes, and sent."""
    answer_all(case, reader)
    Case.reads.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=reader)
    case.refresh_from_db()
    return case


def asked(case, by, question="2.1.1a", text="Where is this written?") -> Query:
    return query_for(case, ask(by=by, case=case, question=question, text=text).pk)


def state(query) -> str:
    return query_for(query.case, query.pk).state
