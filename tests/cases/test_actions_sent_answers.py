"""The one answer of a sent case that is asked about may change, with a reason; nothing else of it can."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.models import AuditEvent
from cases.actions import answers as saving
from cases.actions import queries as asking
from cases.actions.answers import AnswerRefused, CaseClosed, StaleAnswer, save_answer
from cases.models import Case
from cases.rules.answers import Content
from inspections.models import Inspection, Notification, Stage
from tests.answering import versions
from tests.cases.asked import asked, sent_case, state
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db

REASON = "The plan says otherwise"


@pytest.fixture
def case(people) -> Case:
    return sent_case(sampled_cases(inspection_with_team(people), count=1, reader=people.assistant)[0], people.assistant)


def change(case, by, question="2.1.1a", value="no", reason=REASON, base=1, save_id=None):
    content = Content(value, evidence="Read again.", change_reason=reason)
    return save_answer(
        by=by, case=case, question=question, content=content, base_version=base, save_id=save_id or uuid4()
    )


def test_it_changes_with_history_and_audit_and_counts_as_an_answer_to_the_query(case, people):
    query = asked(case, people.quality, "2.1.1")
    before = Inspection.objects.get().evidence_version
    change(case, people.assistant, "2.1.1")
    assert versions(case, "2.1.1") == [(1, "yes", "Seen."), (2, "no", "Read again.")]
    assert case.answers.get(question="2.1.1").change_reason == REASON
    assert (state(query), Inspection.objects.get().evidence_version) == ("Answered", before + 1)
    assert REASON not in json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_whoever_asked_is_told(case, people):
    query = asked(case, people.quality)
    save = saving_of(Content("no", evidence="Read again.", change_reason=REASON))
    asking.change_answer(by=people.assistant, query=query, save=save)
    texts = Notification.objects.filter(person=people.quality).values_list("text", flat=True)
    assert list(texts) == [f"Answer changed on C-01 2.1.1a. Reading, {case.inspection.ref}"]


def saving_of(content):
    return asking.Save("2.1.1a", content, 1, uuid4())


@pytest.mark.parametrize("question", ["2.1.1b", "2.1.1"])
def test_no_other_answer_of_the_case_changes(case, people, question):
    asked(case, people.quality)
    with pytest.raises(CaseClosed):
        change(case, people.assistant, question)
    assert len(versions(case, question)) == 1


def test_without_an_open_query_nothing_changes(case, people):
    with pytest.raises(CaseClosed):
        change(case, people.assistant)
    asking.close(by=people.quality, query=asked(case, people.quality))
    with pytest.raises(CaseClosed):
        change(case, people.assistant)
    assert len(versions(case)) == 1


def test_a_reason_is_needed(case, people):
    asked(case, people.quality)
    with pytest.raises(CaseClosed):
        change(case, people.assistant, reason="")
    with pytest.raises(AnswerRefused, match=r"Say why 2\.1\.1a was changed"):
        change(case, people.assistant, reason="  ")


def test_a_sent_case_gets_no_gap(case, people):
    asked(case, people.quality, "2.1.1")
    with pytest.raises(AnswerRefused, match=r"Select Yes, No or Not applicable for 2\.1\.1"):
        change(case, people.assistant, "2.1.1", value="")
    with pytest.raises(AnswerRefused, match=r"Say why 2\.1\.1 does not apply to this case"):
        change(case, people.assistant, "2.1.1", value="na")


def test_another_version_is_shown_and_a_repeat_gets_its_receipt(case, people):
    asked(case, people.quality)
    save_id = uuid4()
    first = change(case, people.assistant, save_id=save_id)
    assert change(case, people.assistant, save_id=save_id) == first
    with pytest.raises(StaleAnswer):
        change(case, people.assistant, value="yes")
    assert len(versions(case)) == 2


@pytest.mark.parametrize("name", ["quality", "lead", "second_assistant", "head"])
def test_nobody_but_the_reader_changes_it(case, people, name):
    asked(case, people.quality)
    with pytest.raises(CaseClosed):
        change(case, getattr(people, name))
    assert len(versions(case)) == 1


def test_after_fieldwork_nothing_changes(case, people):
    asked(case, people.quality)
    Inspection.objects.update(stage=Stage.RATING)
    with pytest.raises(CaseClosed):
        change(case, people.assistant)


# --- races ----------------------------------------------------------------------------------------------------


def change_while_the_query_is_closed(case, people, query) -> object:
    """The save has begun, and waits for a lock, when the closing commits."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            asking.close(by=people.quality, query=query)
            changing = pool.submit(at_once, [lambda: change(case, people.assistant)])
            wait_until_somebody_waits()
        return changing.result(timeout=30)[0]


@pytest.mark.django_db(transaction=True)
def test_a_query_that_closes_while_the_change_is_saved_lets_nothing_through(case, people):
    query = asked(case, people.quality)
    assert isinstance(change_while_the_query_is_closed(case, people, query), CaseClosed)
    assert len(versions(case)) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_query_that_race_is_lost(case, people, monkeypatch):
    monkeypatch.setattr(saving, "SAVE", saving.SAVE.replace("FOR NO KEY UPDATE OF q\n", "\n"))
    query = asked(case, people.quality)
    change_while_the_query_is_closed(case, people, query)
    assert len(versions(case)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_eight_changes_at_once_one_is_written(case, people):
    asked(case, people.quality)
    results = at_once([lambda: change(case, people.assistant)] * 8)
    assert sorted(type(each).__name__ for each in results) == ["Receipt"] + ["StaleAnswer"] * 7
    assert len(versions(case)) == 2
