"""Decides whether a reactive inspection follows, and creates it where it does."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.inspections import create_inspection
from inspections.actions.refused import Refused
from inspections.models import Inspection, ReactiveDecision
from inspections.rules import date_words
from inspections.rules.reactive import Window
from ratings.queries.reactive import Candidate, candidate_of, follower

NO_REASON = "Nothing calls for a reactive inspection here: no confirmed alert, and no signed rating at either end"


class ReactiveRefused(Refused):
    """None can follow, or not like this."""


@dataclass(frozen=True)
class Start:
    """When the reactive inspection begins, who leads it, and why outside its window where it is."""

    day: date
    lead: User
    outside_because: str = ""


@transaction.atomic
def decide_reactive(
    *, by: User, inspection: Inspection, reason: str, start: Start | None, holidays: frozenset[date]
) -> ReactiveDecision:
    """None follows where `start` is None. Raises Refused with the field that it belongs to."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    found = refuse(candidate_of(inspection))
    created = create(by, found, start, holidays) if start else None
    decision = ReactiveDecision.objects.create(
        inspection=inspection,
        trigger=found.reasons[0],
        reason=reason,
        outside_window_because=start.outside_because if start else "",
        leads_to=created,
        decided_at=clock.now(),
        decided_by=by,
    )
    detail = {"trigger": decision.trigger, "leads to": created.ref if created else "nothing"}
    record(by=by, verb="decided on a reactive inspection", inspection=inspection.ref, detail=detail)
    return decision


def refuse(found: Candidate | None) -> Candidate:
    if found is None or not found.reasons:
        raise ReactiveRefused(NO_REASON)
    if found.decision and found.decision.leads_to:
        raise ReactiveRefused(f"{found.decision.leads_to.ref} follows this inspection already")
    return found


def create(by: User, found: Candidate, start: Start, holidays: frozenset[date]) -> Inspection:
    first, kind = found.inspection, follower(found.inspection)
    if kind is None or found.window is None:
        raise ReactiveRefused(NO_REASON)
    if problem := outside_problem(found.window, start):
        raise ReactiveRefused(problem, "outside_because")
    return create_inspection(
        by=by,
        service=first.service,
        inspection_type=kind.code,
        standards=first.standards,
        fieldwork_start=start.day,
        lead=start.lead,
        holidays=holidays,
    )


def outside_problem(window: Window, start: Start) -> str | None:
    inside = start.day in window
    if inside == bool(start.outside_because):
        between = f"{date_words(window.first)} to {date_words(window.last)}"
        if inside:
            return f"{date_words(start.day)} is within the window of {between}. Leave this empty"
        return f"{date_words(start.day)} is outside the window of {between}. Say why"
    return None
