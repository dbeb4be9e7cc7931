"""The list of inspections, and the home page of one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from accounts.models import User
from inspections.models import OPEN, Inspection, Membership, Service, TeamRole, TimelineStep
from inspections.queries.permission import inspections_of


@dataclass(frozen=True)
class Filters:
    """Empty where nothing was chosen."""

    service: str = ""
    stage: str = ""
    nation: str = ""
    inspection_type: str = ""

    def conditions(self) -> dict[str, str]:
        wanted = {
            "service__name__icontains": self.service,
            "stage": self.stage,
            "nation": self.nation,
            "inspection_type": self.inspection_type,
        }
        return {field: value for field, value in wanted.items() if value}


def listed(person: User, filters: Filters) -> QuerySet[Inspection]:
    """With `lead_name`, `next_title` and `next_date` of each, however many, in one query."""
    return inspections_of(person).filter(**filters.conditions()).annotate(**next_step(), lead_name=name_of_lead())


def next_step() -> dict[str, Any]:
    waiting = TimelineStep.objects.filter(OPEN, inspection=OuterRef("pk")).order_by("anticipated", "position")
    return {
        "next_title": Subquery(waiting.values("title")[:1]),
        "next_date": Subquery(waiting.values("anticipated")[:1]),
    }


def name_of_lead() -> Subquery:
    lead = Membership.objects.filter(inspection=OuterRef("pk"), role=TeamRole.LEAD, until__isnull=True)
    return Subquery(lead.values(name=F("person__name"))[:1])


def services() -> QuerySet[Service]:
    return Service.objects.all()


def service_numbered(text: str) -> Service | None:
    return Service.objects.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None


def is_planned(service: Service, fieldwork_start: date) -> bool:
    return Inspection.objects.filter(service=service, fieldwork_start=fieldwork_start).exists()


def refs() -> list[str]:
    return list(Inspection.objects.values_list("ref", flat=True))
