"""What the contacts of an inspected service see of an inspection."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import Role, User
from inspections import access
from inspections.models import Inspection, Membership, TeamRole
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


def was_sent(inspection: Inspection) -> bool:
    """Whether a timetable was sent, so that there is something to see."""
    return inspection.timetable_versions.exists()
