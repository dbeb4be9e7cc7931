"""Concerns: who may read which, whom they alert, and which wait to be acknowledged."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from accounts import clock
from accounts.models import Role, User
from cases.models import Case, Concern, ConcernNote, Told
from inspections import access
from inspections.access import Permission
from inspections.models import Inspection, TeamRole
from inspections.queries import parties_of, relations, seen_by
from inspections.queries.team import standing
from inspections.work import WorkItem

AT_MOST = 11  # My work today shows ten, and that there are more


def concerns() -> QuerySet[Concern]:
    """With case and inspection, and whether the service is `known` to have been told by now."""
    notes = ConcernNote.objects.filter(concern=OuterRef("pk"))
    found = Concern.objects.select_related("case__inspection__service", "raised_by", "acknowledged_by")
    known = ExpressionWrapper(Q(told=Told.YES) | Exists(notes), output_field=BooleanField())
    return found.annotate(known=known)


def concern_for(person: User, ref: str, case_ref: str, pk: int, permission: Permission) -> Concern:
    """If this person may do this with it now; else Http404. To whoever raised it, it is their own."""
    found = concerns().select_related("case__row", "case__reader", "case__sent_by")
    found = found.annotate(**relations(person, "case__inspection", "case__inspection__service"))
    concern = found.filter(pk=pk, case__ref=case_ref, case__inspection__ref=ref).first()
    if concern is None:
        raise Http404
    inspection = concern.case.inspection
    inspection.parties = parties_of(person, concern)
    if permission.given_to(inspection.parties, inspection.stage, own=concern.raised_by_id == person.pk):
        return concern
    raise Http404


def concerns_about(person: User, case: Case) -> QuerySet[Concern]:
    """Those of one case that this person, who may see the case, may read."""
    found = concerns().filter(case=case)
    inspection = case.inspection
    everybodys = access.SEE_CONCERN.given_to(inspection.parties, inspection.stage, own=False)
    return found if everybodys else found.filter(raised_by=person)


def concerns_of(inspection: Inspection) -> QuerySet[Concern]:
    """Those that wait come first, the newest of them at the top."""
    return (
        concerns()
        .filter(case__inspection=inspection)
        .order_by(F("acknowledged_at").desc(nulls_first=True), "-raised_at", "-pk")
    )


def notes_of(concern: Concern) -> QuerySet[ConcernNote]:
    return concern.notes.select_related("by")


def waiting_since(last: datetime) -> QuerySet[Concern]:
    """Raised by then, and neither acknowledged nor told to the head of programme."""
    return Concern.objects.filter(acknowledged_at__isnull=True, escalated_at__isnull=True, raised_at__lte=last)


def alerted(inspection: Inspection) -> set[int]:
    """The lead and the deputies, without those who have an interest in the service or whose account has ended."""
    places = inspection.memberships.filter(role__in=[TeamRole.LEAD, TeamRole.DEPUTY], until__isnull=True)
    return _able(User.objects.filter(pk__in=places.values("person")), inspection)


def heads(inspection: Inspection) -> set[int]:
    return _able(User.objects.filter(role=Role.HEAD), inspection)


def _able(people: QuerySet[User], inspection: Inspection) -> set[int]:
    working = people.filter(is_active=True).exclude(ends_on__lt=clock.today())
    kept_away = standing([inspection.service_id]).values("person")
    return set(working.exclude(pk__in=kept_away).values_list("pk", flat=True))


def work_for(person: User) -> Iterable[WorkItem]:
    """To acknowledge: the lead's and the deputies' at once, a head's once they have been told."""
    inspections = Inspection.objects.alias(**relations(person)).filter(seen_by(person, access.ACKNOWLEDGE_CONCERN))
    waiting = concerns().filter(acknowledged_at__isnull=True, case__inspection__in=inspections)
    if person.role == Role.HEAD:
        waiting = waiting.filter(escalated_at__isnull=False)
    return [_item(concern) for concern in waiting.order_by("raised_at", "pk")[:AT_MOST]]


def _item(concern: Concern) -> WorkItem:
    case, inspection = concern.case, concern.case.inspection
    known: bool = concern.known  # type: ignore[attr-defined]  # concerns() annotates it
    return WorkItem(
        text=f"Acknowledge a concern about {case.ref}{'' if known else ': the service has not been told'}",
        href=reverse("cases:concern", kwargs={"ref": inspection.ref, "case_ref": case.ref, "pk": concern.pk}),
        inspection=f"{inspection.service.name}, {inspection.ref}",
        state="There is a problem",
        urgent=True,
    )
