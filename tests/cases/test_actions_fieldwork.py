"""Fieldwork closes when every case was sent, or somebody said why one is left out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from accounts import clock
from accounts.models import AuditEvent
from cases.actions import answers
from cases.actions.fieldwork import CasesUnsent, close_fieldwork
from cases.models import Case
from inspections.actions import StageRefused, reach_stage
from inspections.models import Inspection, Stage
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(people) -> list[Case]:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)


def send(people, *cases) -> None:
    sent = {"sent_at": clock.now(), "sent_by": people.assistant}
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(**sent)


def stage() -> str:
    return Inspection.objects.get().stage


def test_it_closes_when_every_case_was_sent(people, cases):
    send(people, *cases)
    close_fieldwork(by=people.lead, inspection=cases[0].inspection)
    assert (stage(), Case.objects.filter(left_at=None).count()) == (Stage.RATING, 3)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (0, "3 cases have not been sent. Finish them or record why they are left out"),
        (2, "1 case has not been sent. Finish it or record why it is left out"),
    ],
)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_it_stays_open_while_cases_are_unsent(people, cases, sent, sentence, reason):
    send(people, *cases[:sent])
    with pytest.raises(CasesUnsent) as refused:
        close_fieldwork(by=people.lead, inspection=cases[0].inspection, reason=reason)
    assert (str(refused.value), stage()) == (sentence, Stage.FIELDWORK)
    assert Case.objects.filter(left_at=None).count() == 3


def test_with_a_reason_the_unsent_leave_the_sample(people, cases):
    send(people, cases[0])
    Case.objects.filter(pk=cases[1].pk).update(is_macd=True)
    close_fieldwork(by=people.lead, inspection=cases[0].inspection, reason=" The record could not be opened ")
    left = {case.ref: (case.left_at is not None, case.left_reason) for case in Case.objects.all()}
    reason = "The record could not be opened"
    assert left == {"C-01": (False, ""), "C-02": (True, reason), "C-03": (True, reason)}
    event = AuditEvent.objects.get(verb="cases left out")
    assert (event.detail, event.person) == ({"cases": ["C-02", "C-03"], "reason": reason}, people.lead)
    assert (stage(), Inspection.objects.get().evidence_version) == (Stage.RATING, 1)


def test_cases_that_left_before_do_not_count(people, cases):
    send(people, *cases[:2])
    Case.objects.filter(pk=cases[2].pk).update(left_at=clock.now(), left_reason="Replaced")
    close_fieldwork(by=people.lead, inspection=cases[0].inspection)
    assert stage() == Stage.RATING


def test_it_closes_once(people, cases):
    send(people, *cases)
    reach_stage(inspection=cases[0].inspection, stage=Stage.RATING, by=people.lead)
    with pytest.raises(StageRefused):
        close_fieldwork(by=people.lead, inspection=cases[0].inspection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("lock", "outcome"), [(" FOR NO KEY UPDATE", "CaseClosed"), ("", "Receipt")])
def test_a_save_that_waits_for_the_closing_is_refused_because_of_its_lock(people, cases, monkeypatch, lock, outcome):
    save_under = answers.SAVE.replace("stage = %(stage)s FOR NO KEY UPDATE", f"stage = %(stage)s{lock}")
    monkeypatch.setattr(answers, "SAVE", save_under)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reach_stage(inspection=cases[0].inspection, stage=Stage.RATING, by=people.lead)
            saving = pool.submit(at_once, [lambda: save(cases[0], people.assistant)])
            wait_until_somebody_waits()
        assert type(saving.result()[0]).__name__ == outcome
