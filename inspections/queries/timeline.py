"""The timeline of an inspection, and what of all timelines is due."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from inspections import rules
from inspections.models import OPEN, DateChange, Inspection, TimelineStep

NO_CHANGES: Mapping[str, DateChange] = {}


@dataclass(frozen=True)
class StepRow:
    """A step as the page shows it."""

    step: TimelineStep
    state: rules.StepState
    difference: str
    may_be_recorded: bool
    may_be_changed: bool
    changed: DateChange | None = None  # the latest change that moved it

    @property
    def is_late(self) -> bool:
        return self.state == rules.StepState.OVERDUE


def timeline_of(
    inspection: Inspection, today: date, holidays: Set[date], changed: Mapping[str, DateChange] = NO_CHANGES
) -> list[StepRow]:
    steps = inspection.timeline.select_related("not_needed_by")
    return [step_row(step, today, holidays, changed.get(step.step)) for step in steps]


def step_row(step: TimelineStep, today: date, holidays: Set[date], changed: DateChange | None = None) -> StepRow:
    open_or_done = step.is_open or step.actual is not None
    return StepRow(
        step=step,
        state=rules.step_state(step.anticipated, step.actual, today, holidays)
        if open_or_done
        else rules.StepState.NOT_NEEDED,
        difference=rules.difference_words(step.planned, step.anticipated, step.actual, today, holidays)
        if open_or_done
        else "",
        may_be_recorded=rules.may_be_recorded(step.step, step.actual),
        may_be_changed=rules.may_be_changed(step.step, happened=not step.is_open),
        changed=changed,
    )


def upcoming(rows: list[StepRow]) -> list[StepRow]:
    """The next three that have not happened, by date."""
    waiting = [row for row in rows if row.step.is_open]
    return sorted(waiting, key=lambda row: (row.step.anticipated, row.step.position))[:3]


def step_for(inspection: Inspection, code: str) -> TimelineStep:
    """A step that may be recorded by hand now; Http404 for any other."""
    step = inspection.timeline.filter(step=code).first()
    if step is None or not rules.may_be_recorded(step.step, step.actual):
        raise Http404
    step.inspection = inspection
    return step


def waiting_until(last: date) -> QuerySet[TimelineStep]:
    """Of all inspections, the steps that have not happened and are due up to this day."""
    steps = TimelineStep.objects.filter(OPEN, anticipated__lte=last)
    return steps.select_related("inspection__service").order_by("anticipated", "position", "pk")
