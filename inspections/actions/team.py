"""Who is on a team, and who is kept from it by a declared interest."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.notifications import tell
from inspections.actions.refused import Refused
from inspections.models import Inspection, Interest, InterestKind, Membership, Service, TeamRole
from inspections.queries.team import candidate, leads_and_heads, open_inspections_with, single_places


class TeamRefused(Refused):
    """This person cannot have this place, or the place cannot end."""


class InterestRefused(Refused):
    """The interest stands already."""


@transaction.atomic
def add_member(*, inspection: Inspection, person: User, role: str, by: User) -> Membership:
    place = put_on_team(inspection, person, TeamRole(role))
    record(
        by=by,
        verb="added to the team",
        inspection=inspection.ref,
        subject=person.name,
        detail={"role": place.get_role_display()},
    )
    return place


def put_on_team(inspection: Inspection, person: User, role: TeamRole, field: str = "person") -> Membership:
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    problem = rules.team_problem(
        candidate(person, inspection.service, inspection),
        role,
        role.label,
        inspection.fieldwork_start,
        single_places(inspection),
    )
    if problem:
        raise TeamRefused(problem, field)
    return Membership.objects.create(inspection=inspection, person=person, role=role, since=clock.now())


@transaction.atomic
def end_membership(*, place: Membership, by: User) -> None:
    """From now on the person sees nothing of the inspection; cases that they read wait for another reader."""
    if place.person_id == by.pk:
        raise TeamRefused("You cannot end your own place. Ask the head of programme")
    ended = Membership.objects.filter(pk=place.pk, until__isnull=True).update(until=clock.now())
    if not ended:
        raise TeamRefused(f"{place.person.name} is no longer on the team")
    record(
        by=by,
        verb="ended a place on the team",
        inspection=place.inspection.ref,
        subject=place.person.name,
        detail={"role": place.get_role_display()},
    )


@transaction.atomic
def declare_interest(*, by: User, service: Service, kind: str) -> Interest:
    """Their access to the service's inspections ends with it; whoever leads those is told."""
    interest, new = Interest.objects.get_or_create(
        person=by, service=service, ended_at=None, defaults={"kind": InterestKind(kind), "declared_at": clock.now()}
    )
    if not new:
        raise InterestRefused(f"You have already declared an interest in {service.name}", "service")
    tell_of_interest(interest, "declared", "has declared an interest and can no longer open the inspection")
    record(by=by, verb="declared an interest", subject=service.name, detail={"kind": kind})
    return interest


@transaction.atomic
def end_interest(*, interest: Interest, by: User) -> None:
    ended = Interest.objects.filter(pk=interest.pk, ended_at__isnull=True).update(ended_at=clock.now())
    if not ended:
        raise InterestRefused("This interest has already ended")
    tell_of_interest(interest, "ended", "has ended a declared interest and can open the inspection again")
    record(by=by, verb="ended a declared interest", subject=interest.service.name)


def tell_of_interest(interest: Interest, occasion: str, what: str) -> None:
    """Once for each declaration and each end, to the lead and the heads of programme."""
    inspections = open_inspections_with(interest.person, interest.service)
    people = leads_and_heads(inspections)
    for inspection in inspections:
        tell(
            people=[person for person in people[inspection.pk] if person != interest.person_id],
            key=f"{inspection.ref} interest {interest.pk} {occasion}",
            text=f"{interest.person.name} {what}: {inspection.service.name}, {inspection.ref}",
            to="inspections:team",
            inspection=inspection,
        )
