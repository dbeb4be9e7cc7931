"""The lead takes over a case: the former reader is told, and nothing that is saved changes."""

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.answers import CaseClosed
from cases.actions.take_over import NotTakenOver, take_over
from cases.models import Answer, Case
from inspections.models import Inspection, Membership, Notification, Stage
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def taken(case, by, reason="On leave") -> str:
    """Why it was not, or ""."""
    try:
        take_over(by=by, case=case, reason=reason)
    except NotTakenOver as refused:
        return str(refused)
    return ""


def reader(case) -> str:
    return Case.objects.get(pk=case.pk).reader.name


def test_the_case_is_the_leads_and_answers_stay(case, people):
    save(case, people.assistant)
    assert (taken(case, people.lead), reader(case)) == ("", "Lead")
    assert Answer.objects.get().changed_by == people.assistant
    with pytest.raises(CaseClosed):
        save(case, people.assistant, base=1)
    assert save(case, people.lead, base=1).version == 2


def test_the_former_reader_is_told_and_nobody_else(case, people):
    taken(case, people.lead)
    told = Notification.objects.get()
    assert (told.person, told.link) == (people.assistant, reverse("my-work"))
    assert told.text == f"No longer yours to read: C-01. Reading, {case.inspection.ref}"


def test_the_log_says_who_had_it_and_why(case, people):
    taken(case, people.lead)
    event = AuditEvent.objects.first()
    assert (event.verb, event.subject, event.person) == ("took over a case", "C-01", people.lead)
    ids = {"readers": {"C-01": people.lead.pk}, "before": {"C-01": people.assistant.pk}}
    assert event.detail == ids | {"reason": "On leave"}


def test_whoever_reads_it_a_second_time_does_not_get_the_first_read_too(case, people):
    same = {"inspection": case.inspection, "kind": case.kind, "row": case.row, "draw": case.draw}
    Case.reads.create(ref="C-01-2", second_of=case, reader=people.lead, **same)
    assert taken(case, people.lead) == "Lead reads C-01 a second time. Choose another reader"
    assert reader(case) == "Assistant"


def test_a_case_that_nobody_reads_can_be_taken(case, people):
    Case.objects.filter(pk=case.pk).update(reader=None)
    assert (taken(case, people.lead), reader(case), Notification.objects.count()) == ("", "Lead", 0)


@pytest.mark.parametrize(
    "fields",
    [{"sent_at": "now", "sent_by": "assistant"}, {"left_at": "now", "left_reason": "Moved"}, {"reader": "lead"}],
)
def test_one_that_is_sent_left_or_theirs_already_stays(case, people, fields):
    given = {"now": clock.now(), "assistant": people.assistant, "lead": people.lead}
    Case.objects.filter(pk=case.pk).update(**{name: given.get(value, value) for name, value in fields.items()})
    assert taken(case, people.lead) == "C-01 is yours already, or can no longer be taken over"


def test_a_second_read_stays_blind(case, people):
    second = Case.reads.create(
        inspection=case.inspection,
        kind=case.kind,
        ref="C-01-2",
        row=case.row,
        draw=case.draw,
        second_of=case,
        reader=people.deputy,
    )
    assert taken(second, people.lead) == "C-01-2 is yours already, or can no longer be taken over"


def test_after_fieldwork_it_stays(case, people):
    Inspection.objects.update(stage=Stage.RATING)
    assert taken(case, people.lead) == "C-01 is yours already, or can no longer be taken over"


def test_a_lead_with_an_interest_in_the_service_takes_none(case, people):
    people.lead.interests.create(service=case.inspection.service, kind="personal", declared_at=clock.now())
    assert taken(case, people.lead) == "Lead has declared an interest in the service. Choose another reader"
    assert reader(case) == "Assistant"


def test_a_lead_who_left_the_team_takes_none(case, people):
    Membership.objects.filter(person=people.lead).update(until=clock.now())
    assert taken(case, people.lead) == "You have left the team"
