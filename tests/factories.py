"""Objects for tests, as small as the constraints allow."""

from datetime import date

import factory

from accounts import clock
from inspections.models import Inspection, Membership, Service, Stage, TeamRole
from standards import loader
from tests.people import People


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service
        django_get_or_create = ("name",)

    name = "Reading"
    nation = "england"


class InspectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Inspection

    ref = factory.Sequence(lambda number: f"YI-27-{number + 1:03d}")
    service = factory.SubFactory(ServiceFactory)
    inspection_type = "iyjwcv"
    nation = "england"
    standards_key = "yj-2024"
    standards_hash = factory.LazyFunction(lambda: loader.load("yj-2024").content_hash)
    fieldwork_start = date(2027, 6, 7)
    stage = Stage.FIELDWORK
    created_at = factory.LazyFunction(clock.now)


TEAM = {
    "lead": TeamRole.LEAD,
    "deputy": TeamRole.DEPUTY,
    "assistant": TeamRole.ASSISTANT,
    "second_assistant": TeamRole.ASSISTANT,
    "assessor": TeamRole.LOCAL_ASSESSOR,
    "chair": TeamRole.PANEL_CHAIR,
    "member": TeamRole.PANEL_MEMBER,
}


def inspection_with_team(people: People, **fields: object) -> Inspection:
    """Of Reading, at fieldwork unless told otherwise, with everybody in place and a contact at the service."""
    inspection = InspectionFactory(created_by=people.head, **fields)
    for name, role in TEAM.items():
        Membership.objects.create(inspection=inspection, person=getattr(people, name), role=role, since=clock.now())
    inspection.service.contacts.create(person=people.contact)
    return inspection
