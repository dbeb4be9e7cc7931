"""What is read about inspections; every read that carries permission fetches and authorises in one query."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from accounts.models import Role, User
from inspections import access
from inspections.models import Inspection, Interest, Membership, ServiceContact, Stage
from inspections.queries.compiled import Compiled

OFFICE_PARTIES = {Role.HEAD: access.HEAD, Role.QUALITY_ASSURER: access.QUALITY_ASSURER}

NONE = Q(pk__in=[])


def relations(person: User, inspection: str = "pk", service: str = "service") -> dict[str, Any]:
    """Annotations that say what the person is to each inspection: `own_role`, `is_contact`, `has_interest`.

    `inspection` and `service` are the paths to them from the rows that are read.
    """
    membership = Membership.objects.filter(inspection=OuterRef(inspection), person=person, until__isnull=True)
    contact = ServiceContact.objects.filter(service=OuterRef(service), person=person, until__isnull=True)
    interest = Interest.objects.filter(service=OuterRef(service), person=person, ended_at__isnull=True)
    return {
        "own_role": Subquery(membership.values("role")[:1]),
        "is_contact": Exists(contact),
        "has_interest": Exists(interest),
    }


def parties_of(person: User, row: Any) -> frozenset[str]:
    """What the person is to the inspection of a row read with `relations`. A declared interest leaves nothing."""
    if row.is_contact:
        return frozenset({access.SERVICE_CONTACT})
    if row.has_interest or person.role == Role.SERVICE_CONTACT:
        return frozenset()
    own = {row.own_role, OFFICE_PARTIES.get(Role(person.role))}
    return frozenset(party for party in own if party)


RELATIONS = ("own_role", "is_contact", "has_interest")
BY_REF = Compiled(
    lambda person, ref: Inspection.objects.annotate(**relations(person)).filter(ref=ref).order_by(),
    stand_ins=(User(pk=-1), "<ref>"),
    related=("service",),
    annotations=RELATIONS,
)


def inspection_for(person: User, ref: str, permission: access.Permission) -> Inspection:
    """The inspection, if this person may do this with it now. Whatever they may not see does not exist: Http404.

    The inspection carries `parties`, for the page to know which actions to offer. To a service that has been told its
    ratings it stays told, also while they are corrected.
    """
    inspection = BY_REF.find(person, ref)
    if inspection is None:
        raise Http404
    inspection.parties = parties_of(person, inspection)
    if inspection.told_on and access.SERVICE_CONTACT in inspection.parties:
        inspection.stage = Stage.TOLD
    if permission.given_to(inspection.parties, inspection.stage):
        return inspection
    raise Http404


def may(inspection: Inspection, permission: access.Permission) -> bool:
    """Whether whoever fetched the inspection with `inspection_for` may also do this; decides what a page offers."""
    return permission.given_to(inspection.parties, inspection.stage)


def inspections_of(person: User) -> QuerySet[Inspection]:
    """Every inspection that `inspection_for` would let this person see, in one query."""
    inspections = Inspection.objects.select_related("service").alias(**relations(person))
    return inspections.filter(seen_by(person, access.SEE_INSPECTION))


def seen_by(person: User, permission: access.Permission, stage: str = "stage") -> Q:
    """`permission.given_to(parties_of(person, row), row.stage)` as a condition on rows read with `relations`.

    `stage` is the path to it from the rows.
    """
    contact = Q(is_contact=True) if access.SERVICE_CONTACT in permission.parties else NONE
    seen = (contact | seen_by_staff(person, permission)) & Q((f"{stage}__in", permission.stages))
    return seen | seen_by(person, permission.also, stage) if permission.also else seen


def seen_by_staff(person: User, permission: access.Permission) -> Q:
    if person.role == Role.SERVICE_CONTACT:
        return NONE
    from_the_office = OFFICE_PARTIES.get(Role(person.role)) in permission.parties
    party = Q() if from_the_office else Q(own_role__in=permission.parties)
    return party & Q(is_contact=False, has_interest=False)


def concerns(person: User) -> Q:
    """That the person is some party to the inspection of a row read with `relations`, in the way of their role."""
    if person.role == Role.SERVICE_CONTACT:
        return Q(is_contact=True)
    party = Q() if Role(person.role) in OFFICE_PARTIES else Q(own_role__isnull=False)
    return party & Q(is_contact=False, has_interest=False)
