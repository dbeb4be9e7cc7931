"""Organisational alerts of an inspection, and the reactive inspections that it is linked with."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from inspections.models import Inspection, OrganisationalAlert, ReactiveDecision
from inspections.queries.permission import inspections_of


def alerts_of(inspection: Inspection) -> QuerySet[OrganisationalAlert]:
    return inspection.alerts.select_related("raised_by", "confirmed_by", "refused_by").order_by("-pk")


@dataclass(frozen=True)
class Linked:
    words: str
    other: Inspection


def links_of(person: User, inspection: Inspection) -> list[Linked]:
    """To the reactive inspection that follows and to the one that this follows, where the person may see those."""
    both = Q(inspection=inspection) | Q(leads_to=inspection)
    seen = inspections_of(person).values("pk")
    found = ReactiveDecision.objects.filter(both, leads_to__isnull=False, inspection__in=seen, leads_to__in=seen)
    return [
        Linked("Followed by the reactive inspection", decision.leads_to)
        if decision.inspection_id == inspection.pk
        else Linked("Reactive inspection that follows", decision.inspection)
        for decision in found.select_related("inspection", "leads_to").order_by("pk")
        if decision.leads_to
    ]
