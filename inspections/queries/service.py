"""What the contacts of an inspected service see of an inspection."""

from datetime import date

from django.db.models import F, QuerySet
from django.http import Http404

from accounts.models import Role, User
from inspections import access
from inspections.models import Inspection, Membership, PersonToMeet, Service, ServiceContact, TeamRole
from inspections.queries.permission import relations, seen_by


def inspections_of_own_service(person: User) -> QuerySet[Inspection]:
    """Those that have been announced to the services whose contact the person is."""
    inspections = Inspection.objects.select_related("service").alias(**relations(person))
    return inspections.filter(seen_by(person, access.SEE_SERVICE_HOME))


def lead_of(inspection: Inspection) -> Membership | None:
    places = inspection.memberships.filter(role=TeamRole.LEAD, until__isnull=True)
    return places.select_related("person").first()


def contacts_of(inspection: Inspection) -> list[int]:
    """The people of the inspected service who see its pages now."""
    contacts = inspection.service.contacts.filter(until__isnull=True, person__is_active=True)
    return list(contacts.values_list("person", flat=True))


def contact_with(email: str, today: date) -> User | None:
    """Somebody with this address who is a contact of some service now."""
    people = User.objects.filter(email=email, role=Role.SERVICE_CONTACT, contact_for__until__isnull=True)
    found = people.filter(contact_for__isnull=False).distinct().first()
    return found if found and found.works_on(today) else None


def contacts_listed(inspection: Inspection) -> list[ServiceContact]:
    """Everybody of the service who can use its pages now: first whom the Inspectorate named, then their colleagues."""
    contacts = inspection.service.contacts.filter(until__isnull=True).select_related("person", "invited_by")
    return list(contacts.order_by(F("place").asc(nulls_first=True), "person__name", "pk"))


def own_contact(inspection: Inspection, person: User) -> ServiceContact:
    return inspection.service.contacts.get(person=person, until__isnull=True)


def colleague_for(inspection: Inspection, pk: int) -> ServiceContact:
    """A colleague who was invited and can use the pages now; Http404 for anybody else."""
    colleagues = inspection.service.contacts.filter(until__isnull=True, place__isnull=False)
    found = colleagues.filter(pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    return found


def free_place(service: Service) -> int | None:
    taken = set(service.contacts.filter(until__isnull=True).values_list("place", flat=True))
    return next((place for place in range(1, ServiceContact.PLACES + 1) if place not in taken), None)


def listed_people(inspection: Inspection) -> QuerySet[PersonToMeet]:
    """Those whom the service itself named."""
    return inspection.people_to_meet.filter(listed_at__isnull=False)


def listed_person(inspection: Inspection, pk: int) -> PersonToMeet:
    person = listed_people(inspection).filter(pk=pk).first()
    if person is None:
        raise Http404
    person.inspection = inspection
    return person


def was_sent(inspection: Inspection) -> bool:
    """Whether a timetable was sent, so that there is something to see."""
    return inspection.timetable_versions.exists()
