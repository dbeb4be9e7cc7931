"""Keeps the timelines: what happened, and who has to know what is due."""

from collections.abc import Set
from datetime import date

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.notifications import leave, notification
from inspections.actions.refused import Refused
from inspections.models import Notification, TimelineStep
from inspections.queries.team import leads_and_heads
from inspections.queries.timeline import waiting_until


class StepRefused(Refused):
    """The step cannot have happened on this day."""


@transaction.atomic
def record_step(*, step: TimelineStep, day: date, by: User) -> None:
    """Also to correct the date of a step that was recorded before."""
    found = TimelineStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    if problem := rules.step_date_problem(day, clock.today()):
        raise StepRefused(problem, "day")
    before = found.actual
    found.actual, found.recorded_by = day, by
    found.save(update_fields=["actual", "recorded_by"])
    record(
        by=by,
        verb="recorded a step of the timeline",
        inspection=step.inspection.ref,
        subject=found.title,
        detail={"happened on": rules.date_words(day)} | ({"instead of": rules.date_words(before)} if before else {}),
    )


@transaction.atomic
def watch_timeline(*, today: date, holidays: Set[date]) -> None:
    """Leaves word of every step that is due soon, due today or overdue. Moves nothing.

    Run twice, late or by twins it leaves each word once: the occasion is the key.
    """
    steps = list(waiting_until(rules.soon(today, holidays)))
    people = leads_and_heads({step.inspection for step in steps})
    leave(
        [
            step_notification(step, person, rules.step_state(step.anticipated, None, today, holidays))
            for step in steps
            for person in people[step.inspection_id]
        ]
    )


def step_notification(step: TimelineStep, person: int, state: rules.StepState) -> Notification:
    return notification(
        person,
        f"{step.inspection.ref} {step.step} {step.anticipated.isoformat()} {state.name.lower()}",
        f"{step.title}: {due_words(step.anticipated, state)}. {step.inspection.service.name}, {step.inspection.ref}",
        "inspections:timeline",
        step.inspection,
    )


def due_words(day: date, state: rules.StepState) -> str:
    words = {
        rules.StepState.OVERDUE: f"was due on {rules.date_words(day)}",
        rules.StepState.DUE_TODAY: "due today",
    }
    return words.get(state, f"due on {rules.date_words(day)}")
