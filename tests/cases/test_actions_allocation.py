"""Cases are given to readers who may have them, taken back, and moved for a reason once they are begun."""

import pytest

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.allocation import ReasonNeeded, allocate
from cases.actions.sample import SampleRefused
from cases.models import Case
from cases.queries.allocation import Suggest, members_of, shares_of
from inspections.models import Membership, Notification, TeamRole
from tests.factories import InspectionFactory, ServiceFactory, inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def cases(inspection):
    return sampled_cases(inspection, count=8)


def readers(inspection) -> dict[str, str | None]:
    return dict(Case.objects.filter(inspection=inspection).order_by("ref").values_list("ref", "reader__name"))


def suggested(inspection) -> dict[str, int | None]:
    return {item.case.ref: person for item, person in shares_of(inspection, typed={}, suggest=Suggest.ALL).rows}


def declare_interest(person, inspection) -> None:
    person.interests.create(service=inspection.service, kind="personal", declared_at=clock.now())


def refusal(people, inspection, given, reason="") -> str:
    with pytest.raises(SampleRefused) as refused:
        allocate(by=people.lead, inspection=inspection, readers=given, reason=reason)
    return str(refused.value)


def test_the_suggestion_gives_every_case_to_somebody_other_than_the_lead(people, inspection, cases):
    allocate(by=people.lead, inspection=inspection, readers=suggested(inspection))
    assert sorted(readers(inspection).values()) == sorted(["Deputy", "Assistant", "Second Assistant", "Assessor"] * 2)


@pytest.mark.parametrize("name", ["assistant", "assessor"])
def test_nobody_with_a_declared_interest_is_suggested(people, inspection, cases, name):
    declare_interest(getattr(people, name), inspection)
    assert getattr(people, name).pk not in suggested(inspection).values()


def test_a_local_assessor_of_the_service_is_not_suggested(people, inspection, cases):
    inspection.service.contacts.create(person=people.assessor)
    assert people.assessor.pk not in suggested(inspection).values()


def test_an_ended_interest_keeps_nobody_out(people, inspection, cases):
    declare_interest(people.assistant, inspection)
    people.assistant.interests.update(ended_at=clock.now())
    assert people.assistant.pk in suggested(inspection).values()


def test_people_who_do_not_read_or_have_left_are_not_asked(people, inspection):
    Membership.objects.filter(person=people.deputy).update(until=clock.now())
    type(people.assessor).objects.filter(pk=people.assessor.pk).update(is_active=False)
    assert [member.name for member in members_of(inspection)] == ["Assistant", "Second Assistant", "Lead"]


def test_a_deputy_who_comes_in_the_second_week_reads_only_what_nobody_else_may(people):
    inspection = inspection_with_team(people, inspection_type="iyjs")
    last = [member.name for member in members_of(inspection) if member.comes_last]
    assert last == ["Deputy", "Lead"]


def test_nobody_with_an_interest_is_given_a_case_by_hand(people, inspection, cases):
    declare_interest(people.assistant, inspection)
    assert refusal(people, inspection, {"C-01": people.assistant.pk}) == (
        "Assistant has declared an interest in the service. Choose another reader"
    )
    assert set(readers(inspection).values()) == {None}


@pytest.mark.parametrize("name", ["stranger", "chair", "contact", "head"])
def test_nobody_outside_the_readers_of_the_team_is_given_a_case(people, inspection, cases, name):
    given = {"C-01": people.assistant.pk, "C-02": getattr(people, name).pk}
    assert refusal(people, inspection, given) == "A reader has left the team. Open this page again"
    assert set(readers(inspection).values()) == {None}


def test_a_case_that_is_not_in_the_sample_refuses_the_whole_change(people, inspection, cases):
    sampled_cases(InspectionFactory(service=ServiceFactory(name="Derby"), created_by=people.head), count=9)
    given = {"C-01": people.assistant.pk, "C-09": people.assistant.pk}
    assert refusal(people, inspection, given) == "The sample has no C-09 any more. Open this page again"
    assert set(readers(inspection).values()) == {None}


def test_a_case_moves_and_is_taken_back(people, inspection, cases):
    assert allocate(by=people.lead, inspection=inspection, readers={"C-01": people.assistant.pk}) == ["C-01"]
    assert allocate(by=people.lead, inspection=inspection, readers={"C-01": people.assessor.pk}) == ["C-01"]
    assert readers(inspection)["C-01"] == "Assessor"
    assert allocate(by=people.lead, inspection=inspection, readers={"C-01": None, "C-02": None}) == ["C-01"]
    assert readers(inspection)["C-01"] is None


def test_a_case_that_is_begun_moves_for_a_reason(people, inspection, cases):
    Case.objects.filter(ref__in=["C-01", "C-02"]).update(reader=people.assistant, started_at=clock.now())
    given = {"C-01": people.assessor.pk, "C-02": people.assessor.pk, "C-03": people.assessor.pk}
    with pytest.raises(ReasonNeeded) as refused:
        allocate(by=people.lead, inspection=inspection, readers=given)
    assert (str(refused.value), refused.value.field) == (
        "Say why C-01 and C-02 should go to another reader: reading has begun",
        "reason",
    )
    allocate(by=people.lead, inspection=inspection, readers=given, reason="Ill")
    assert readers(inspection)["C-01"] == "Assessor"
    assert AuditEvent.objects.first().detail == {
        "readers": {"C-01": people.assessor.pk, "C-02": people.assessor.pk, "C-03": people.assessor.pk},
        "before": {"C-01": people.assistant.pk, "C-02": people.assistant.pk, "C-03": None},
        "reason": "Ill",
    }


def test_the_suggestion_moves_no_case_that_its_reader_has_begun(people, inspection, cases):
    Case.objects.update(reader=people.assistant)
    Case.objects.filter(ref__in=["C-01", "C-02", "C-03"]).update(started_at=clock.now())
    given = suggested(inspection)
    assert [ref for ref, person in given.items() if person == people.assistant.pk] == ["C-01", "C-02", "C-03"]


def test_a_case_whose_reader_left_the_team_needs_another(people, inspection, cases):
    Case.objects.filter(ref__in=["C-01", "C-02"]).update(reader=people.assistant, started_at=clock.now())
    Membership.objects.filter(person=people.assistant).update(until=clock.now())
    assert shares_of(inspection, typed={}, suggest=Suggest.NOTHING).waiting == [case.ref for case in cases]
    assert None not in suggested(inspection).values()


def test_a_case_whose_reader_declares_an_interest_needs_another(people, inspection, cases):
    Case.objects.update(reader=people.deputy)
    Case.objects.filter(ref="C-04").update(reader=people.assistant)
    declare_interest(people.assistant, inspection)
    assert shares_of(inspection, typed={}, suggest=Suggest.NOTHING).waiting == ["C-04"]


def test_everybody_hears_once_what_they_got_and_what_was_taken(people, inspection, cases):
    Case.objects.filter(ref="C-03").update(reader=people.assessor)
    given = {"C-01": people.assistant.pk, "C-02": people.assistant.pk, "C-03": people.lead.pk}
    allocate(by=people.lead, inspection=inspection, readers=given)
    words = list(Notification.objects.order_by("person__name").values_list("person__name", "text", "link"))
    assert words == [
        ("Assessor", f"No longer yours to read: C-03. Reading, {inspection.ref}", "/"),
        ("Assistant", f"Yours to read: C-01 and C-02. Reading, {inspection.ref}", "/"),
    ]


def test_many_cases_are_counted_and_not_listed(people, inspection):
    sampled_cases(inspection, count=20)
    allocate(by=people.lead, inspection=inspection, readers={f"C-{n:02d}": people.deputy.pk for n in range(1, 21)})
    assert Notification.objects.get().text == f"Yours to read: 20 cases. Reading, {inspection.ref}"


def test_what_changes_nothing_is_neither_recorded_nor_told(people, inspection, cases):
    Case.objects.filter(ref="C-01").update(reader=people.assistant)
    assert allocate(by=people.lead, inspection=inspection, readers={"C-01": people.assistant.pk}) == []
    assert (AuditEvent.objects.count(), Notification.objects.count()) == (0, 0)


def test_hours_are_of_reading_and_interviews(people, inspection, cases):
    sampled_cases(inspection, kind="victim", count=3)
    Case.objects.filter(kind="child").update(reader=people.assistant)
    Case.objects.filter(kind="victim").update(reader=people.deputy)
    shares = shares_of(inspection, typed={}, suggest=Suggest.NOTHING)
    assert {load.name: (load.cases, load.hours) for load in shares.loads} == {
        "Assessor": (0, "0.0"),
        "Assistant": (8, "36.0"),
        "Deputy": (3, "4.5"),
        "Second Assistant": (0, "0.0"),
        "Lead": (0, "0.0"),
    }
    assert shares.sentence == "Assistant has 36.0 hours and Assessor has 0.0: more than 1.5 hours apart."


def test_a_panel_chair_who_becomes_a_reader_may_read(people, inspection, cases):
    Membership.objects.filter(person=people.chair).update(role=TeamRole.ASSISTANT)
    allocate(by=people.lead, inspection=inspection, readers={"C-01": people.chair.pk})
    assert readers(inspection)["C-01"] == "Chair"
