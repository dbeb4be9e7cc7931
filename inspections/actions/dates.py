"""Moves dates of the timeline, with what hangs on them."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.notifications import leave
from inspections.actions.refused import Refused
from inspections.models import DateChange, Inspection, Notification, TeamRole, TimelineStep
from inspections.queries.dates import dates_of, open_change
from inspections.queries.service import contacts_of
from inspections.queries.team import leads_and_heads
from inspections.sections import SERVICE_STEPS


class DateRefused(Refused):
    """The date cannot be moved like this, or not any more."""


@dataclass(frozen=True)
class Wanted:
    """A date as somebody wants it. `kept` are steps that would move with it and are to stay."""

    step: str
    day: date
    why: str
    reason: str
    kept: Set[str] = frozenset()
    discussed_on: date | None = None


@transaction.atomic
def change_date(
    *, by: User, inspection: Inspection, wanted: Wanted, shown: Sequence[rules.Moved], holidays: Set[date]
) -> DateChange:
    """`shown` is what the person saw would move; anything else now is refused. Raises DateRefused.

    A change that moves the publication waits until the lead inspector or the head of programme, whichever of them did
    not ask for it, has agreed; every other is done at once.
    """
    locked = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    if waiting := open_change(locked):
        raise DateRefused(f"A change of {waiting.step.title.lower()} waits for agreement. Settle that first")
    moves = checked(locked, wanted, holidays)
    if list(shown) != moves:
        raise DateRefused("The dates have changed since you opened this page. Check them again")
    refuse_publication_not_discussed(wanted, moves)
    change = DateChange.objects.create(
        inspection=locked,
        step=locked.timeline.get(step=wanted.step),
        day=wanted.day,
        why=wanted.why,
        reason=wanted.reason,
        discussed_on=wanted.discussed_on,
        moves=in_json(locked, wanted, moves),
        asked_at=clock.now(),
        asked_by=by,
    )
    if is_about_publication(change):
        ask_to_agree(change)
        record_change("asked to change a date", change, by)
    else:
        carry_out(change, by)
    return change


def checked(inspection: Inspection, wanted: Wanted, holidays: Set[date]) -> list[rules.Moved]:
    """What would move with it. Raises DateRefused."""
    timeline = dates_of(inspection, holidays)
    step = timeline.step(wanted.step)
    if not rules.may_be_changed(step.code, happened=step.happened):
        raise DateRefused(f"{step.title} has happened, or hangs on the week of the fieldwork")
    if problem := rules.day_problem(step, wanted.day, clock.today(), holidays):
        raise DateRefused(problem, "day")
    moves = rules.knock_on(timeline, wanted.step, wanted.day, wanted.kept)
    if problem := rules.order_problem(timeline, wanted.step, wanted.day, moves):
        raise DateRefused(problem, "day")
    return moves


def refuse_publication_not_discussed(wanted: Wanted, moves: Iterable[rules.Moved]) -> None:
    moved = {wanted.step, *(move.code for move in moves if not move.is_kept)}
    if rules.PUBLICATION in moved and wanted.discussed_on is None:
        raise DateRefused(
            "Enter the day on which the new publication date was discussed with the service", "discussed_on"
        )


def in_json(inspection: Inspection, wanted: Wanted, moves: Iterable[rules.Moved]) -> list[list[str]]:
    before = inspection.timeline.get(step=wanted.step).anticipated
    own = [[wanted.step, before.isoformat(), wanted.day.isoformat()]]
    return own + [[move.code, move.now.isoformat(), move.then.isoformat()] for move in moves if not move.is_kept]


def is_about_publication(change: DateChange) -> bool:
    return any(code == rules.PUBLICATION for code, _, _ in change.moves)


@transaction.atomic
def agree(*, by: User, change: DateChange) -> None:
    """By the one of lead inspector and head of programme who did not ask. Raises DateRefused."""
    change = locked_change(change)
    if change.asked_by_id == by.pk:
        raise DateRefused("You asked for this change. The other of lead inspector and head of programme agrees to it")
    if is_lead(change, change.asked_by_id) == is_lead(change, by.pk):
        raise DateRefused("The lead inspector and the head of programme both have to agree")
    carry_out(change, by)


@transaction.atomic
def drop(*, by: User, change: DateChange) -> None:
    """Refused, or taken back: nothing moves."""
    change = locked_change(change)
    change.dropped_at, change.dropped_by = clock.now(), by
    change.save(update_fields=["dropped_at", "dropped_by"])
    record_change("dropped a change of a date", change, by)


def locked_change(change: DateChange) -> DateChange:
    Inspection.objects.select_for_update(no_key=True).get(pk=change.inspection_id)
    found = DateChange.objects.select_related("inspection__service", "step").get(pk=change.pk)
    if found.agreed_at or found.dropped_at:
        raise DateRefused("This change has been settled already")
    return found


def is_lead(change: DateChange, person: int) -> bool:
    places = change.inspection.memberships.filter(role=TeamRole.LEAD, until__isnull=True)
    return places.filter(person=person).exists()


def carry_out(change: DateChange, by: User) -> None:
    """Refused where a step has happened, or stands on another day than when the change was asked for."""
    for code, before, after in change.moves:
        step = change.inspection.timeline.filter(step=code, anticipated=before, actual__isnull=True)
        if not step.update(anticipated=after):
            raise DateRefused("The dates have changed since this was asked for. Drop it, and ask again")
    change.agreed_at, change.agreed_by = clock.now(), by
    change.save(update_fields=["agreed_at", "agreed_by"])
    tell_of(change)
    record_change("changed a date", change, by)


def record_change(verb: str, change: DateChange, by: User) -> None:
    titles = dict(change.inspection.timeline.values_list("step", "title"))
    dates = {titles[code]: f"{words(before)} to {words(after)}" for code, before, after in change.moves}
    detail = {"dates": dates, "why": change.get_why_display(), "reason": change.reason}
    record(by=by, verb=verb, inspection=change.inspection.ref, subject=change.step.title, detail=detail)


def words(day: str) -> str:
    return rules.date_words(date.fromisoformat(day))


def ask_to_agree(change: DateChange) -> None:
    people = leads_and_heads([change.inspection])[change.inspection_id]
    text = f"A change of the publication date waits for your agreement. {named(change.inspection)}"
    leave(
        [
            word(change, person, "asked", text, "inspections:timeline")
            for person in people
            if person != change.asked_by_id
        ]
    )


def tell_of(change: DateChange) -> None:
    """Lead and heads hear of every change; the service hears of the dates that concern it, and of nothing else."""
    step: TimelineStep = change.step
    text = f"{step.title}: now {rules.date_words(change.day)}. {named(change.inspection)}"
    staff = leads_and_heads([change.inspection])[change.inspection_id]
    told = [word(change, person, "done", text, "inspections:timeline") for person in staff]
    if any(code in SERVICE_STEPS for code, _, _ in change.moves):
        theirs = f"Dates of your inspection have changed. {change.inspection.ref}"
        told += [
            word(change, person, "done", theirs, "inspections:service-home")
            for person in contacts_of(change.inspection)
        ]
    leave(told)


def named(inspection: Inspection) -> str:
    return f"{inspection.service.name}, {inspection.ref}"


def word(change: DateChange, person: int, occasion: str, text: str, to: str) -> Notification:
    return Notification(
        person_id=person,
        inspection=change.inspection,
        key=f"{change.inspection.ref} date change {change.pk} {occasion}",
        text=text,
        link=reverse(to, kwargs={"ref": change.inspection.ref}),
        created_at=clock.now(),
    )
