"""How an inspection of tests/world.py began, and what its service did on its own pages."""

from datetime import date, timedelta

from accounts import clock
from accounts.models import User
from cases.queries.timetable import booked, to_json
from inspections.models import Announcement, Inspection, Service, Slot, SlotRequest, TimetableVersion
from tests.factories import InspectionFactory, slot
from tests.people import People


def prepare(people: People, inspection: Inspection) -> Slot:
    """Announced by now, a colleague invited, somebody listed to meet; the timetable was sent with the slot that is
    returned, of which a change was asked for."""
    if inspection.stage != "scheduled":
        announced(people.lead, inspection)
    look_after_itself(people.contact, inspection)
    met = slot(inspection, clock.now() - timedelta(hours=1), people=[people.lead], met=["Worker 1"])
    met.refresh_from_db()
    sent = {"number": 1, "slots": to_json([booked(met)]), "sent_at": clock.now(), "sent_by": people.lead}
    TimetableVersion.objects.create(inspection=inspection, **sent)
    asked = {"reason": "Away", "times": "Later", "asked_at": clock.now(), "asked_by": people.contact}
    SlotRequest.objects.create(slot=met, slot_version=met.version, **asked)
    return met


def announced(by: User, inspection: Inspection) -> None:
    sent = {"sent_at": clock.now(), "sent_on": clock.today(), "sent_by": by, "reason": "Late"}
    sent |= {"letter": ["We come."], "contacts": [], "yjb_email": "board@yjb.example"}
    Announcement.objects.create(inspection=inspection, **sent)


def look_after_itself(by: User, inspection: Inspection) -> None:
    now = clock.now()
    colleague = User.objects.create(email="colleague@people.example", name="Colleague", role=by.role, password="!")
    inspection.service.contacts.create(person=colleague, place=1, invited_at=now, invited_by=by)
    inspection.people_to_meet.create(name="Worker 3", listed_at=now, listed_by=by)


def elsewhere(people: People, stage: str) -> Inspection:
    """Another service's inspection, where `outsider` is the contact and nobody of our people is on the team."""
    service = Service.objects.create(name="Elsewhere", nation="england")
    service.contacts.create(person=people.outsider)
    people.stranger.interests.create(service=service, kind="personal", declared_at=clock.now())
    day = date(2027, 8, 2)
    people.stranger.leave.create(first=day, last=day, made_at=clock.now(), made_by=people.head)
    return InspectionFactory(service=service, created_by=people.head, stage=stage)
