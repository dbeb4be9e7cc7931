"""A section saved whole, a read sent, a read opened again."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import transaction

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.answers import CaseClosed, save_answer
from cases.actions.reading import GapsLeft, NotSent, reopen_case, save_section, send_case
from cases.models import Answer, AnswerVersion, Case
from cases.rules.answers import Content, Save
from inspections.models import Inspection, Stage
from tests.answering import answer_all, save, versions
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def typed(question, value="yes", evidence="", base=0, na_reason="") -> Save:
    return Save(question, Content(value, na_reason, evidence), base, uuid4())


# --- a section posted whole ----------------------------------------------------------------------------------


def test_what_changed_is_saved_and_what_did_not_stays(case, people):
    save(case, people.assistant, "2.1.1a", "yes", "Same.")
    saves = [typed("2.1.1a", "yes", "Same.", base=1), typed("2.1.1b", "no", "New."), typed("2.1.1c", "")]
    assert save_section(by=people.assistant, case=case, saves=saves) == {}
    assert set(Answer.objects.values_list("question", "value", "version")) == {
        ("2.1.1a", "yes", 1),
        ("2.1.1b", "no", 1),
    }


def test_a_stale_answer_is_kept_apart_and_the_others_are_saved(case, people):
    save(case, people.assistant, "2.1.1a", "yes", "First.")
    save(case, people.assistant, "2.1.1a", "no", "Theirs.", base=1)
    saves = [typed("2.1.1a", "yes", "Mine.", base=1), typed("2.1.1b")]
    unsaved = save_section(by=people.assistant, case=case, saves=saves)
    assert [(code, each.content.evidence, each.theirs.content.evidence) for code, each in unsaved.items()] == [
        ("2.1.1a", "Mine.", "Theirs.")
    ]
    assert versions(case, "2.1.1b") == [(1, "yes", "")]


def test_an_answer_left_as_the_form_showed_it_is_no_conflict(case, people):
    save(case, people.assistant, "2.1.1a", "yes", "First.")
    save(case, people.assistant, "2.1.1a", "no", "Second.", base=1)
    save(case, people.assistant, "2.1.1b", "no", "Came later.")
    saves = [typed("2.1.1a", "yes", "First.", base=1), typed("2.1.1b", "", "", base=0)]
    assert save_section(by=people.assistant, case=case, saves=saves) == {}
    assert versions(case, "2.1.1a")[-1] == (2, "no", "Second.")
    assert versions(case, "2.1.1b") == [(1, "no", "Came later.")]


def test_what_is_refused_is_handed_back_with_its_sentence(case, people):
    saves = [typed("2.1.1a", "maybe", "Kept on the page."), typed("2.1.1b")]
    unsaved = save_section(by=people.assistant, case=case, saves=saves)
    assert {code: (each.error, each.content.evidence) for code, each in unsaved.items()} == {
        "2.1.1a": ("Select Yes, No or Not applicable for 2.1.1a", "Kept on the page.")
    }
    assert versions(case, "2.1.1b") == [(1, "yes", "")]


def test_a_closed_case_takes_no_section(case, people):
    Case.objects.filter(pk=case.pk).update(reader=people.lead)
    with pytest.raises(CaseClosed):
        save_section(by=people.assistant, case=case, saves=[typed("2.1.1a")])


# --- sending -------------------------------------------------------------------------------------------------


def test_a_complete_read_is_sent(case, people, settings):
    answer_all(case, people.assistant)
    settings.CLOCK = "2027-06-11T10:00"
    send_case(by=people.assistant, case=case)
    case.refresh_from_db()
    assert (case.sent_at, case.sent_by) == (clock.now(), people.assistant)
    event = AuditEvent.objects.latest("position")
    assert (event.verb, event.subject, event.person) == ("case read sent", "C-01", people.assistant)


def test_one_with_gaps_is_not(case, people):
    answer_all(case, people.assistant, but=("2.1.1a", "2.3.2"))
    with pytest.raises(GapsLeft) as refused:
        send_case(by=people.assistant, case=case)
    assert [gap.sentence for gap in refused.value.found] == [
        "Select Yes, No or Not applicable for 2.1.1a",
        "Select Yes, No or Not applicable for 2.3.2",
    ]
    assert Case.objects.get(pk=case.pk).sent_at is None


@pytest.mark.parametrize("name", ["lead", "second_assistant"])
def test_only_its_reader_sends_it(case, people, name):
    answer_all(case, people.assistant)
    with pytest.raises(CaseClosed):
        send_case(by=getattr(people, name), case=case)


def test_it_is_sent_once(case, people):
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
    with pytest.raises(CaseClosed):
        send_case(by=people.assistant, case=case)


def test_after_sending_nothing_is_saved(case, people):
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
    with pytest.raises(CaseClosed):
        save(case, people.assistant, base=1)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_takes_an_answer_away_meanwhile_is_seen_by_the_sending(case, people):
    """The save holds the inspection when the sending starts; the sending then finds the gap."""
    answer_all(case, people.assistant)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            save(case, people.assistant, "2.1.1a", "", "", base=1)
            sending = pool.submit(at_once, [lambda: send_case(by=people.assistant, case=case)])
            wait_until_somebody_waits()
        assert type(sending.result()[0]).__name__ == "GapsLeft"


@pytest.mark.django_db(transaction=True)
def test_a_sending_and_a_save_at_once_never_leave_a_sent_read_with_a_gap(case, people):
    answer_all(case, people.assistant)
    for _ in range(8):
        version = Answer.objects.get(case=case, question="2.1.1a").version
        at_once(
            [
                lambda: send_case(by=people.assistant, case=case),
                lambda base=version: save(case, people.assistant, "2.1.1a", "", "", base=base),
            ]
        )
        sent = Case.objects.get(pk=case.pk).sent_at is not None
        value = Answer.objects.get(case=case, question="2.1.1a").value
        assert (sent, value) in {(True, "yes"), (False, "")}
        Case.objects.filter(pk=case.pk).update(sent_at=None, sent_by=None)
        base = Answer.objects.get(case=case, question="2.1.1a").version
        save(case, people.assistant, "2.1.1a", "yes", "", base=base)


# --- opening again -------------------------------------------------------------------------------------------


def test_a_sent_read_is_opened_again_for_a_reason_and_keeps_its_answers(case, people):
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
    kept = AnswerVersion.objects.count()
    reopen_case(by=people.lead, case=case, reason="Wrong record was read")
    case.refresh_from_db()
    event = AuditEvent.objects.latest("position")
    assert (case.sent_at, case.sent_by, AnswerVersion.objects.count()) == (None, None, kept)
    assert (event.verb, event.subject, event.detail) == (
        "case read reopened",
        "C-01",
        {"reason": "Wrong record was read"},
    )
    assert save(case, people.assistant, base=1).version == 2


def test_one_that_is_open_is_not_opened(case, people):
    with pytest.raises(NotSent):
        reopen_case(by=people.lead, case=case, reason="Why not")


def test_after_fieldwork_none_is_opened(case, people):
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
    Inspection.objects.filter(pk=case.inspection_id).update(stage=Stage.RATING)
    with pytest.raises(NotSent):
        reopen_case(by=people.lead, case=case, reason="Too late")


def test_a_whole_read_of_a_victims_case_is_sent_too(people):
    case = sampled_cases(inspection_with_team(people), kind="victim", reader=people.assistant)[0]
    answer_all(case, people.assistant)
    send_case(by=people.assistant, case=case)
    assert Case.objects.get(pk=case.pk).sent_by == people.assistant
    with pytest.raises(CaseClosed):
        save_answer(
            by=people.assistant,
            case=case,
            question="V1.1",
            content=Content("no"),
            base_version=1,
            save_id=uuid4(),
        )
