"""The team of an inspection, and declared interests."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import Role, User
from inspections import access
from inspections.models import ONE_OF_EACH, Inspection, Interest, Membership, Service, TeamRole
from inspections.rules import Candidate


def team_of(inspection: Inspection) -> list[Membership]:
    """Places held now, in the order of the roles, then those that ended; each with `has_interest`."""
    kept_away = set(standing([inspection.service_id]).values_list("person", flat=True))
    places = list(inspection.memberships.select_related("person"))
    for place in places:
        place.has_interest = place.person_id in kept_away
    return sorted(places, key=lambda place: (place.until is not None, TeamRole.values.index(place.role), place.pk))


def people_for_teams(on: date, *roles: str) -> QuerySet[User]:
    """Whoever may have a place on a team (one of these, where roles are given) and whose account works on this day."""
    accounts = [account for account, may_be in access.MAY_BE.items() if not roles or may_be.intersection(roles)]
    return User.objects.filter(role__in=accounts, is_active=True).exclude(ends_on__lt=on)


def candidate(person: User, service: Service, inspection: Inspection | None = None) -> Candidate:
    return Candidate(
        name=person.name,
        account=person.get_role_display(),
        may_be=access.MAY_BE.get(person.role, frozenset()),
        service=service.name,
        is_contact=person.contact_for.filter(service=service, until__isnull=True).exists(),
        has_interest=person.interests.filter(service=service, ended_at__isnull=True).exists(),
        on_team=inspection is not None and person.memberships.filter(inspection=inspection, until=None).exists(),
        ends_on=person.ends_on,
    )


def single_places(inspection: Inspection) -> dict[str, str]:
    """Who holds a role that only one person can hold."""
    held = inspection.memberships.filter(until__isnull=True, role__in=ONE_OF_EACH)
    return dict(held.values_list("role", "person__name"))


def place_for(inspection: Inspection, pk: int) -> Membership:
    """A place that is held now; Http404 for any other."""
    place = inspection.memberships.select_related("person").filter(pk=pk, until__isnull=True).first()
    if place is None:
        raise Http404
    return place


def leads_and_heads(inspections: Iterable[Inspection]) -> dict[int, list[int]]:
    """Whom to tell, by inspection: its lead and every head of programme, without those who have an interest."""
    inspections = list(inspections)
    services = {inspection.service_id for inspection in inspections}
    kept_away = set(standing(services).values_list("person", "service"))
    heads = list(User.objects.filter(role=Role.HEAD, is_active=True).values_list("pk", flat=True))
    leads = Membership.objects.filter(inspection__in=inspections, role=TeamRole.LEAD, until__isnull=True)
    lead_of = dict(leads.values_list("inspection", "person"))
    return {
        inspection.pk: [
            person
            for person in dict.fromkeys([*heads, *filter(None, [lead_of.get(inspection.pk)])])
            if (person, inspection.service_id) not in kept_away
        ]
        for inspection in inspections
    }


def planners_of(inspection: Inspection) -> list[int]:
    """Whoever plans its timetable: the lead and the deputies."""
    places = inspection.memberships.filter(until__isnull=True, role__in=[TeamRole.LEAD, TeamRole.DEPUTY])
    return list(places.values_list("person", flat=True))


def administrators() -> list[int]:
    return list(User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).values_list("pk", flat=True))


def ending_by(first: date, last: date) -> QuerySet[User]:
    """Accounts that work, and whose last day is one of these."""
    return User.objects.filter(is_active=True, ends_on__range=(first, last))


def standing(services: Iterable[int]) -> QuerySet[Interest]:
    return Interest.objects.filter(service__in=list(services), ended_at__isnull=True)


def interests_of(person: User) -> QuerySet[Interest]:
    return person.interests.filter(ended_at__isnull=True).select_related("service")


def interest_for(person: User, pk: int) -> Interest:
    """The person's own, standing; Http404 for any other."""
    interest = interests_of(person).filter(pk=pk).first()
    if interest is None:
        raise Http404
    return interest


def open_inspections_with(person: User, service: Service) -> list[Inspection]:
    """Inspections of the service on whose team the person is."""
    return list(
        Inspection.objects.select_related("service").filter(
            service=service, memberships__person=person, memberships__until__isnull=True
        )
    )
