"""What may be listed is what may be opened: the condition on rows and the check on one say the same."""

import pytest
from django.http import Http404

from accounts import clock
from inspections import access
from inspections.models import Inspection, Stage
from inspections.queries import inspection_for, inspections_of, relations, seen_by
from tests.factories import InspectionFactory, ServiceFactory, inspection_with_team

PERMISSIONS = {name: value for name, value in vars(access).items() if isinstance(value, access.Permission)}


@pytest.fixture
def inspections(people) -> list[Inspection]:
    """One at each stage, of services of their own; the deputy has an interest in half of them."""
    made = []
    for number, stage in enumerate(Stage.values):
        service = ServiceFactory(name=f"Service {number}")
        made.append(inspection_with_team(people, stage=stage, service=service))
        if number % 2:
            people.deputy.interests.create(service=service, kind="other", declared_at=clock.now())
        people.head.contact_for.create(service=service)  # somebody of the office who is a contact all the same
    made.append(InspectionFactory(service=ServiceFactory(name="Elsewhere"), created_by=people.head))
    return made


def opened(person, inspection: Inspection, permission: access.Permission) -> bool:
    try:
        return inspection_for(person, inspection.ref, permission) == inspection
    except Http404:
        return False


@pytest.mark.parametrize("permission", PERMISSIONS.values(), ids=PERMISSIONS)
def test_the_list_holds_what_can_be_opened(people, inspections, permission):
    for person in vars(people).values():
        rows = Inspection.objects.alias(**relations(person)).filter(seen_by(person, permission))
        can_be_opened = {inspection.ref for inspection in inspections if opened(person, inspection, permission)}
        assert {inspection.ref for inspection in rows} == can_be_opened, person


def test_a_place_that_has_ended_opens_nothing(people):
    inspection = inspection_with_team(people)
    inspection.memberships.filter(person=people.assistant).update(until=clock.now())
    assert list(inspections_of(people.assistant)) == []
    assert list(inspections_of(people.second_assistant)) == [inspection]


def test_an_ended_interest_keeps_from_nothing(people):
    inspection = inspection_with_team(people)
    people.deputy.interests.create(
        service=inspection.service, kind="other", declared_at=clock.now(), ended_at=clock.now()
    )
    assert list(inspections_of(people.deputy)) == [inspection]
