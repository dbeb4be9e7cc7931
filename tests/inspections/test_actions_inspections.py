"""Planning an inspection, and moving it on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from accounts.models import AuditEvent
from inspections.actions import StageRefused, mark_evidence_changed, reach_stage
from inspections.actions.inspections import InspectionRefused
from inspections.actions.team import TeamRefused
from inspections.models import Inspection, Service, StandardsText, TimelineStep
from standards import loader
from tests.inspections.conftest import plan


def test_the_plan_is_stored_with_its_standards_and_its_lead(people, inspection):
    assert (inspection.ref, inspection.stage, inspection.nation) == ("YI-27-001", "scheduled", "england")
    assert (inspection.standards_key, inspection.standards_hash) == ("yj-2024", loader.load("yj-2024").content_hash)
    assert StandardsText.objects.get().hash == inspection.standards_hash
    assert [(place.person, place.role) for place in inspection.memberships.all()] == [(people.lead, "lead")]


def test_every_step_is_planned_anticipated_and_not_yet_actual(inspection):
    steps = list(inspection.timeline.all())
    assert [step.step for step in steps] == [step.code for step in loader.load("yj-2024").timeline]
    assert all(step.planned == step.anticipated and step.actual is None for step in steps)
    first = steps[0]
    assert (first.planned, first.who) == (date(2027, 5, 12), "Lead inspector")


def test_a_date_that_moved_says_so(people, third_of_may):
    moved = plan(people, fieldwork_start=date(2027, 7, 26)).timeline.exclude(moved_because="")
    assert [(step.step, step.planned, step.moved_because) for step in moved] == [
        ("draft_report", date(2027, 8, 31), "Moved from Monday 30 August 2027, a bank holiday")
    ]


def test_planning_is_in_the_log(people, inspection):
    event = AuditEvent.objects.get(inspection=inspection.ref)
    assert (event.person, event.verb, event.subject) == (people.head, "created the inspection", "Reading")
    assert event.detail == {
        "type": "Inspection of youth justice work with children and victims",
        "fieldwork starts": "Monday 7 June 2027",
        "lead": "Lead",
    }


REFUSED = [
    (date(2027, 6, 8), "Fieldwork starts on a Monday. Tuesday 8 June 2027 is not a Monday"),
    (date(2027, 4, 26), "Monday 26 April 2027 is in the past. Choose a Monday from today on"),
    (date(2027, 5, 31), "Monday 31 May is a bank holiday. Choose a working day"),
]


@pytest.mark.usefixtures("third_of_may")
@pytest.mark.parametrize(("day", "reason"), REFUSED)
def test_fieldwork_starts_on_a_working_monday_to_come(people, day, reason):
    with pytest.raises(InspectionRefused, match=reason) as refused:
        plan(people, fieldwork_start=day)
    assert refused.value.field == "fieldwork_start"
    assert Inspection.objects.count() == 0


def test_a_service_is_not_planned_twice_for_one_day(people, inspection):
    with pytest.raises(InspectionRefused, match="There is already an inspection of Reading on Monday 7 June 2027"):
        plan(people)


def test_somebody_with_an_interest_does_not_lead(people, third_of_may):
    service = Service.objects.get(name="Reading")
    people.lead.interests.create(service=service, kind="other", declared_at="2027-05-01T09:00Z")
    with pytest.raises(TeamRefused, match="Lead has declared an interest in Reading") as refused:
        plan(people)
    assert refused.value.field == "lead"
    assert (Inspection.objects.count(), TimelineStep.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(3))
def test_references_are_given_once_however_many_plan_at_the_same_moment(people, third_of_may, _again):
    services = [Service.objects.get_or_create(name=f"Service {n}", nation="wales")[0] for n in range(8)]
    with ThreadPoolExecutor(len(services)) as together:
        refs = list(together.map(lambda service: plan_alone(people, service), services))
    assert sorted(refs) == [f"YI-27-{number:03d}" for number in range(1, 9)]


def plan_alone(people, service: Service) -> str:
    try:
        return plan(people, service=service).ref
    finally:
        connection.close()


STAGES = [
    ("announced", "announcement"),
    ("fieldwork", "fieldwork_start"),
    ("rating", "fieldwork_end"),
    ("signed", "rating_meeting"),
    ("told", "service_told"),
]


def test_each_stage_follows_the_one_before_and_dates_its_step(people, inspection):
    for stage, step in STAGES:
        reach_stage(inspection=inspection, stage=stage, by=people.lead)
        assert (inspection.stage, Inspection.objects.get().stage) == (stage, stage)
        found = inspection.timeline.get(step=step)
        assert (found.actual, found.recorded_by) == (date(2027, 5, 3), people.lead)
    assert inspection.timeline.filter(actual__isnull=False).count() == len(STAGES)
    events = AuditEvent.objects.filter(verb="moved the inspection on").order_by("id")
    assert [event.subject for event in events] == [
        "Announced",
        "Fieldwork",
        "At the rating meeting",
        "Signed off",
        "Service told",
    ]


@pytest.mark.parametrize("stage", ["scheduled", "fieldwork", "rating", "signed", "told", "published"])
def test_no_stage_is_left_out(people, inspection, stage):
    with pytest.raises(StageRefused, match=r"This inspection is now at the stage “Scheduled”. Load the page again"):
        reach_stage(inspection=inspection, stage=stage, by=people.lead)
    assert Inspection.objects.get().stage == "scheduled"


def test_a_date_that_was_recorded_before_stays(people, inspection):
    inspection.timeline.filter(step="announcement").update(actual=date(2027, 5, 1), recorded_by=people.head)
    reach_stage(inspection=inspection, stage="announced", by=people.lead)
    found = inspection.timeline.get(step="announcement")
    assert (found.actual, found.recorded_by) == (date(2027, 5, 1), people.head)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_it_on_at_once_one_does(people, third_of_may):
    inspection = plan(people)
    with ThreadPoolExecutor(4) as together:
        moved = list(together.map(lambda _: announce_alone(inspection.pk, people), range(4)))
    assert sorted(moved) == [False, False, False, True]
    assert AuditEvent.objects.filter(verb="moved the inspection on").count() == 1


def announce_alone(pk: int, people) -> bool:
    try:
        reach_stage(inspection=Inspection.objects.get(pk=pk), stage="announced", by=people.lead)
    except StageRefused:
        return False
    finally:
        connection.close()
    return True


def test_evidence_is_counted_up(inspection, django_assert_num_queries):
    with django_assert_num_queries(1):
        mark_evidence_changed(inspection.pk)
    mark_evidence_changed(inspection.pk)
    found = Inspection.objects.get()
    assert found.evidence_version == 2
    assert found.evidence_changed_at is not None
