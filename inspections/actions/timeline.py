"""Keeps the timelines: what happened, and who has to know what is due."""

from collections.abc import Set
from datetime import date, datetime, timedelta
from typing import cast

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.notifications import leave, notification
from inspections.actions.refused import Refused
from inspections.models import OPEN, Inspection, Notification, TimelineStep
from inspections.queries.team import administrators, ending_by, leads_and_heads
from inspections.queries.timeline import waiting_until

BEFORE_END = timedelta(days=7)


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
def call_for_step(*, inspection: Inspection, step: str, words: str, by: User) -> None:
    """Tells lead and heads that a step that is not always taken has to be taken. Nothing where it was taken."""
    found = inspection.timeline.filter(OPEN, step=step).first()
    if found is None:
        return
    text = f"{words} by {rules.date_words(found.anticipated)}. {inspection.service.name}, {inspection.ref}"
    people = leads_and_heads([inspection])[inspection.pk]
    key = f"{inspection.ref} {step} needed"
    leave([notification(person, key, text, "inspections:timeline", inspection) for person in people])
    record(by=by, verb="called for a step of the timeline", inspection=inspection.ref, subject=found.title)


@transaction.atomic
def step_not_needed(*, inspection: Inspection, step: str, by: User) -> None:
    """Whoever decided it stands beside the step. Nothing where it was taken."""
    found = inspection.timeline.filter(OPEN, step=step).first()
    if found is not None:
        found.not_needed_at, found.not_needed_by = clock.now(), by
        found.save(update_fields=["not_needed_at", "not_needed_by"])
        record(by=by, verb="did without a step of the timeline", inspection=inspection.ref, subject=found.title)


@transaction.atomic
def watch_timeline(*, today: date, holidays: Set[date]) -> None:
    """Leaves word of every step that is coming, due or overdue. Moves nothing.

    Run twice, late or by twins it leaves each word once: the occasion is the key.
    """
    steps = list(waiting_until(rules.look_ahead(today, holidays)))
    people = leads_and_heads({step.inspection for step in steps})
    leave(
        [
            step_notification(step, person, found)
            for step in steps
            if (found := rules.occasion(step.step, step.anticipated, today, holidays))
            for person in people[step.inspection_id]
        ]
    )


def step_notification(step: TimelineStep, person: int, found: rules.Occasion) -> Notification:
    return notification(
        person,
        f"{step.inspection.ref} {step.step} {step.anticipated.isoformat()} {found.name}",
        f"{step.title}: {found.words}. {step.inspection.service.name}, {step.inspection.ref}",
        "inspections:timeline",
        step.inspection,
    )


@transaction.atomic
def watch_accounts(*, today: date) -> None:
    """Whose account ends within a week is told once, and so is every administrator."""
    now, keepers = clock.now(), administrators()
    leave([word for person in ending_by(today, today + BEFORE_END) for word in end_words(person, keepers, now)])


def end_words(person: User, keepers: list[int], now: datetime) -> list[Notification]:
    ends = rules.date_words(cast(date, person.ends_on))
    own = Notification(
        person=person,
        key=f"account ends {person.ends_on}",
        text=f"Your account ends on {ends}. Ask an administrator if you need it for longer",
        created_at=now,
    )
    others = [
        Notification(
            person_id=keeper,
            key=f"account {person.pk} ends {person.ends_on}",
            text=f"The account of {person.name} ends on {ends}",
            created_at=now,
        )
        for keeper in keepers
        if keeper != person.pk
    ]
    return [own, *others]
