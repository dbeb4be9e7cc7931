"""Objects for tests, as small as the constraints allow."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import factory

from accounts import clock
from accounts.models import User
from cases.models import Case, CaseloadList, CaseloadRow, Draw, Kind, SlotCase
from documents.models import Document
from inspections.models import Booking, Inspection, Membership, PersonToMeet, Place, Service, Slot, Stage, TeamRole
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


def sampled_cases(inspection: Inspection, kind: str = Kind.CHILD, count: int = 3, **fields: object) -> list[Case]:
    """An accepted list of exactly these cases, drawn whole; `fields` go on every case (reader, sent_at, …)."""
    caseload = accepted_caseload(inspection, kind, count)
    draw = Draw.objects.create(
        inspection=inspection,
        caseload=caseload,
        kind=kind,
        number=1,
        seed="test",
        size=count,
        drawn_at=clock.now(),
        drawn_by=inspection.created_by,
    )
    letter = "C" if kind == Kind.CHILD else "V"
    return [
        Case.objects.create(
            inspection=inspection, kind=kind, ref=f"{letter}-{number:02d}", row=row, draw=draw, **fields
        )
        for number, row in enumerate(caseload.rows.all(), start=1)
    ]


def accepted_caseload(inspection: Inspection, kind: str, count: int) -> CaseloadList:
    by, now = inspection.created_by, clock.now()
    document = Document.objects.create(
        purpose="caseload",
        label="list.csv",
        file="caseload/none",
        size=1,
        sha256="0" * 64,
        received_at=now,
        received_from=by,
    )
    caseload = CaseloadList.objects.create(
        inspection=inspection,
        kind=kind,
        number=1,
        document=document,
        uploaded_at=now,
        uploaded_by=by,
        accepted_at=now,
        accepted_by=by,
    )
    CaseloadRow.objects.bulk_create(caseload_row(caseload, number) for number in range(2, count + 2))
    return caseload


def caseload_row(caseload: CaseloadList, number: int) -> CaseloadRow:
    """Row 2 is the first below the header; facts go round so that every group has members."""
    return CaseloadRow(
        caseload=caseload,
        number=number,
        local_reference=f"L{number:04d}",
        name=f"Demo Child {number}",
        date_of_birth=date(2010, 1 + number % 12, 1 + number % 28),
        sex=("Male", "Female")[number % 2],
        ethnicity=("White", "Black", "Mixed")[number % 3],
        work_type=("court", "out_of_court")[number % 2],
        team=("North", "South")[number % 2],
        worker=f"Worker {number % 4}",
        started_on=date(2026, 9, 1),
    )


def slot(
    inspection: Inspection,
    begins: datetime,
    minutes: int = 60,
    *,
    people: Iterable[User] = (),
    met: Iterable[str] = (),
    place: str = "",
    cases: Iterable[Case] = (),
    **fields: object,
) -> Slot:
    """A slot of the timetable with its bookings; `met` and `place` are names, made where they are new."""
    fields = {"kind": "other", "title": "Meeting", "made_at": clock.now(), "made_by": inspection.created_by} | fields
    period = (begins, begins + timedelta(minutes=minutes))
    made = Slot.objects.create(inspection=inspection, period=period, **fields)
    taken = [{"person": person} for person in people]
    taken += [{"met": PersonToMeet.objects.get_or_create(inspection=inspection, name=name)[0]} for name in met]
    taken += [{"place": Place.objects.get_or_create(inspection=inspection, name=place)[0]}] if place else []
    for one in taken:
        Booking.objects.create(slot=made, period=period, **one)
    SlotCase.objects.bulk_create(SlotCase(slot=made, case=case) for case in cases)
    return made
