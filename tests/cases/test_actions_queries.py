"""Queries: asked, replied to, closed; never deleted, and never closed by anybody but who asked."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEvent
from cases.actions import queries as asking
from cases.actions.queries import CannotCheck, QueryRefused
from cases.actions.reading import reopen_case
from cases.models import Case, Query, QueryMessage, ReviewMark
from cases.queries.checking import is_checked
from cases.queries.queries import marks_of
from inspections.models import Inspection, Notification, Stage
from tests.answering import save
from tests.cases.asked import asked, sent_case, state
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sent_case(sampled_cases(inspection_with_team(people), count=1, reader=people.assistant)[0], people.assistant)


def told(person) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("text", "link"))


def test_a_query_goes_from_open_to_answered_to_closed(case, people):
    query = asked(case, people.quality)
    assert state(query) == "Query open"
    asking.reply(by=people.assistant, query=query, text="On page 4.")
    assert state(query) == "Answered"
    asking.ask_again(by=people.quality, query=query, text="Which file?")
    assert state(query) == "Query open"
    asking.reply(by=people.assistant, query=query, text="The plan.")
    asking.close(by=people.quality, query=query, text="Thank you.")
    assert state(query) == "Closed"
    said = query.messages.values_list("by__email", "text", "answer_version")
    quality, reader = people.quality.email, people.assistant.email
    assert list(said) == [
        (quality, "Where is this written?", 1),
        (reader, "On page 4.", 1),
        (quality, "Which file?", 1),
        (reader, "The plan.", 1),
        (quality, "Thank you.", 1),
    ]


def test_each_is_told_of_what_the_other_did_without_a_word_of_the_case(case, people):
    query = asked(case, people.quality)
    asking.reply(by=people.assistant, query=query, text="secret-reply")
    asking.close(by=people.quality, query=query)
    ref = case.inspection.ref
    link = f"/inspections/{ref}/cases/C-01/queries/{query.pk}/"
    assert told(people.assistant) == [
        (f"Query open on C-01 2.1.1a: answer it. Reading, {ref}", link),
        (f"Query closed on C-01 2.1.1a. Reading, {ref}", link),
    ]
    assert told(people.quality) == [(f"Reply on C-01 2.1.1a. Reading, {ref}", link)]


def test_each_step_is_recorded_without_a_word_of_it(case, people):
    query = asked(case, people.quality)
    asking.reply(by=people.assistant, query=query, text="On page 4.")
    asking.ask_again(by=people.quality, query=query, text="Which file?")
    asking.close(by=people.quality, query=query)
    asking.agree(by=people.quality, case=case, question="2.1.1a", version=1)
    recorded = AuditEvent.objects.order_by("-pk").values_list("verb", "subject", "detail")[:5]
    assert list(recorded) == [
        ("agreed with an answer", "C-01 2.1.1a", {"version": 1}),
        ("query closed", "C-01 2.1.1a", {}),
        ("query asked again", "C-01 2.1.1a", {}),
        ("query replied to", "C-01 2.1.1a", {}),
        ("query opened", "C-01 2.1.1a", {}),
    ]


def test_each_asker_has_one_open_query_on_an_answer(case, people):
    query = asked(case, people.quality)
    with pytest.raises(QueryRefused, match=r"You have an open query on 2\.1\.1a\. Go on there"):
        asked(case, people.quality)
    asked(case, people.lead)
    asking.close(by=people.quality, query=query)
    asked(case, people.quality)
    assert Query.objects.count() == 3


def test_only_who_asked_closes_or_asks_again(case, people):
    query = asked(case, people.quality)
    for act in (asking.close, asking.ask_again):
        with pytest.raises(QueryRefused, match="Only Quality can close this query"):
            act(by=people.lead, query=query, text="Enough.")
    assert (state(query), query.messages.count()) == ("Query open", 1)


@pytest.mark.parametrize("closed_by", ["lead", None])
def test_the_database_lets_only_who_asked_close(case, people, closed_by):
    query = asked(case, people.quality)
    closer = getattr(people, closed_by).pk if closed_by else None
    with pytest.raises(IntegrityError, match="query_closed_by_who_asked"), transaction.atomic():
        Query.objects.filter(pk=query.pk).update(closed_at=query.asked_at, closed_by=closer)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_query",
        "TRUNCATE cases_query CASCADE",
        "UPDATE cases_query SET question = '2.1.1b'",
        "UPDATE cases_query SET asked_at = now()",
    ],
)
def test_the_database_keeps_a_query(case, people, statement):
    asked(case, people.quality)
    cursor = connection.cursor()
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="is a record"), transaction.atomic():
        cursor.execute(statement)


def test_a_closed_query_takes_nothing_more(case, people):
    query = asked(case, people.quality)
    asking.close(by=people.quality, query=query)
    for act, person in ((asking.reply, people.assistant), (asking.ask_again, people.quality)):
        with pytest.raises(QueryRefused, match="This query is closed"):
            act(by=person, query=query, text="More.")
    with pytest.raises(QueryRefused, match="This query is closed"):
        asking.close(by=people.quality, query=query)
    with pytest.raises(IntegrityError, match="is a record"), transaction.atomic():
        Query.objects.filter(pk=query.pk).update(closed_at=None, closed_by=None)


def test_only_the_reader_replies(case, people):
    query = asked(case, people.quality)
    Case.objects.update(reader=people.second_assistant)
    with pytest.raises(QueryRefused, match="C-01 is no longer yours to read"):
        asking.reply(by=people.assistant, query=query, text="Mine.")
    assert QueryMessage.objects.count() == 1


def test_nobody_asks_about_what_is_not_sent_their_own_or_signed_off(case, people):
    with pytest.raises(CannotCheck, match="You are the reader of C-01"):
        asked(case, people.assistant)
    with pytest.raises(QueryRefused, match=r"9\.9 has no answer in C-01"):
        asked(case, people.quality, "9.9")
    Inspection.objects.update(stage=Stage.SIGNED)
    with pytest.raises(CannotCheck, match="C-01 can be checked once it is sent"):
        asked(case, people.quality)
    Inspection.objects.update(stage=Stage.FIELDWORK)
    Case.objects.update(sent_at=None, sent_by=None)
    with pytest.raises(CannotCheck, match="C-01 can be checked once it is sent"):
        asked(case, people.quality)
    assert Query.objects.count() == 0


def test_after_sign_off_a_query_takes_nothing_more(case, people):
    query = asked(case, people.quality)
    Inspection.objects.update(stage=Stage.SIGNED)
    with pytest.raises(QueryRefused, match="The ratings are signed off"):
        asking.close(by=people.quality, query=query)


# --- review marks ---------------------------------------------------------------------------------------------


def keys_of(case) -> list[str]:
    return list(case.answers.filter(is_key=True).values_list("question", flat=True))


def test_a_read_is_checked_once_others_agree_with_every_judgement(case, people):
    first, *rest = keys_of(case)
    for question in rest:
        asking.agree(by=people.quality, case=case, question=question, version=1)
    assert not is_checked(case)
    asking.agree(by=people.lead, case=case, question=first, version=1)
    assert is_checked(case)


def test_a_mark_on_an_earlier_version_says_changed_since_and_checks_nothing(case, people):
    for question in keys_of(case):
        asking.agree(by=people.quality, case=case, question=question, version=1)
    reopen_case(by=people.lead, case=case, reason="A page was missing")
    save(case, people.assistant, "2.1.1", "no", "Seen again.", base=1)
    sent_again = sent_case_again(case, people.assistant)
    assert not is_checked(sent_again)
    marks = marks_of(people.quality, sent_again)
    assert {code: [each.changed for each in found.agreed] for code, found in marks.items()} == {
        question: [question == "2.1.1"] for question in keys_of(case)
    }
    asking.agree(by=people.quality, case=case, question="2.1.1", version=2)
    assert is_checked(sent_again)
    assert [each.changed for each in marks_of(people.quality, sent_again)["2.1.1"].agreed] == [False]


def sent_case_again(case, reader) -> Case:
    Case.objects.filter(pk=case.pk).update(sent_at=case.inspection.created_at, sent_by=reader)
    return Case.objects.get(pk=case.pk)


def test_the_mark_of_somebody_who_reads_the_case_since_counts_no_more(case, people):
    for question in keys_of(case):
        asking.agree(by=people.lead, case=case, question=question, version=1)
    Case.objects.update(reader=people.lead)
    case.refresh_from_db()
    assert (is_checked(case), marks_of(people.quality, case)) == (False, {})


def test_agreeing_twice_is_one_mark_and_agreeing_with_what_was_not_shown_is_none(case, people):
    for _ in range(2):
        asking.agree(by=people.quality, case=case, question="2.1.1", version=1)
    with pytest.raises(QueryRefused, match=r"2\.1\.1 changed after you opened this page"):
        asking.agree(by=people.quality, case=case, question="2.1.1", version=2)
    with pytest.raises(CannotCheck, match="You are the reader of C-01"):
        asking.agree(by=people.assistant, case=case, question="2.1.1", version=1)
    assert ReviewMark.objects.count() == 1
