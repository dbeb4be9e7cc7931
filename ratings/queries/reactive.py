"""Which inspections a reactive one may follow, why, and what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT

from accounts.models import User
from inspections.models import Inspection, OrganisationalAlert, ReactiveDecision, Trigger
from inspections.queries import inspections_of
from inspections.rules.reactive import Window, following, window
from ratings.models import Meeting
from standards.schema import InspectionType


@dataclass(frozen=True)
class Candidate:
    """`reasons` are its triggers; `decision` is the latest, None while nobody has decided."""

    inspection: Inspection
    reasons: tuple[Trigger, ...]
    decision: ReactiveDecision | None

    @property
    def words(self) -> str:
        return ", ".join(trigger.label for trigger in self.reasons)

    @property
    def window(self) -> Window | None:
        kind = follower(self.inspection)
        return window(self.inspection.fieldwork_start, self.inspection.kind, kind) if kind else None


def follower(inspection: Inspection) -> InspectionType | None:
    return following(inspection.standards.inspection_types, inspection.inspection_type)


def candidates(person: User) -> list[Candidate]:
    """Of all that the person may see, those with a reason; whatever waits for a decision comes first."""
    found = [candidate for candidate in _each(inspections_of(person)) if candidate.reasons]
    return sorted(found, key=lambda candidate: candidate.decision is not None)


def candidate_of(inspection: Inspection) -> Candidate | None:
    """None where it is of a type that nothing follows."""
    return next(_each(Inspection.objects.filter(pk=inspection.pk)), None)


def _each(inspections: QuerySet[Inspection]) -> Iterator[Candidate]:
    rows: list[Any] = list(_with_reasons(inspections))
    decisions: dict[int, ReactiveDecision] = {}
    latest = ReactiveDecision.objects.filter(inspection__in=rows).select_related("leads_to", "decided_by")
    for decision in latest.order_by("pk"):
        decisions[decision.inspection_id] = decision
    for row in rows:
        if follower(row):
            yield Candidate(row, tuple(_reasons(row)), decisions.get(row.pk))


def _with_reasons(inspections: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Each with `overall`, as it was signed, and `is_alerted`. Only what fieldwork has begun on."""
    signed = Meeting.objects.filter(inspection=OuterRef("pk"), signed_at__isnull=False).order_by("-number")
    alerts = OrganisationalAlert.objects.filter(inspection=OuterRef("pk"), confirmed_at__isnull=False)
    overall = signed.annotate(rating=KT("record__result__overall"))
    found = inspections.exclude(stage__in=["scheduled", "announced"]).select_related("service")
    return found.annotate(overall=Subquery(overall.values("rating")[:1]), is_alerted=Exists(alerts))


def _reasons(row: Any) -> Iterator[Trigger]:
    ratings = row.standards.ratings
    if row.overall == ratings[0].code:
        yield Trigger.INADEQUATE
    if row.is_alerted:
        yield Trigger.ALERTED
    if row.overall == ratings[-1].code:
        yield Trigger.IMPRESSIVE
