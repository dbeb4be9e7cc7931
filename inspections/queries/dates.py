"""Changes of the dates of a timeline."""

from collections.abc import Set
from datetime import date

from django.http import Http404

from inspections import rules
from inspections.models import DateChange, Inspection, TimelineStep


def dates_of(inspection: Inspection, holidays: Set[date]) -> rules.Timeline:
    steps = [
        rules.StepDate(step.step, step.title, step.anticipated, not step.is_open) for step in inspection.timeline.all()
    ]
    return rules.Timeline(inspection.standards, inspection.inspection_type, inspection.nation, holidays, steps)


def changes_of(inspection: Inspection) -> list[DateChange]:
    """The latest first."""
    return list(inspection.date_changes.select_related("step", "asked_by", "agreed_by", "dropped_by"))


def waiting(changes: list[DateChange]) -> DateChange | None:
    return next((change for change in changes if not change.agreed_at and not change.dropped_at), None)


def reasons(changes: list[DateChange]) -> dict[str, DateChange]:
    """By step, the latest change that moved it."""
    found: dict[str, DateChange] = {}
    for change in changes:
        for code, _, _ in change.moves if change.agreed_at else ():
            found.setdefault(code, change)
    return found


def open_change(inspection: Inspection) -> DateChange | None:
    waits = inspection.date_changes.filter(agreed_at__isnull=True, dropped_at__isnull=True)
    return waits.select_related("step").first()


def step_to_change(inspection: Inspection, code: str) -> TimelineStep:
    """A step whose date may be changed now; Http404 for any other."""
    step = inspection.timeline.filter(step=code).first()
    if step is None or not rules.may_be_changed(step.step, happened=not step.is_open):
        raise Http404
    return step


def change_for(inspection: Inspection, pk: int) -> DateChange:
    """One that waits for agreement; Http404 for any other."""
    found = inspection.date_changes.filter(pk=pk, agreed_at__isnull=True, dropped_at__isnull=True).first()
    if found is None:
        raise Http404
    return found
