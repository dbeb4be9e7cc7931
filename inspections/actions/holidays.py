"""Keeps the bank holidays. A change moves no date: it tells whoever can."""

from datetime import date

from django.db import connection, transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.notifications import leave, notification
from inspections.actions.refused import Refused
from inspections.models import HolidayChange
from inspections.queries.holidays import Touches, holiday_problem, kept_holidays, touched_by
from inspections.queries.team import leads_and_heads


class HolidayRefused(Refused):
    """The day is one already, is none, or cannot be one."""


def checked(day: date, *, is_holiday: bool) -> Touches:
    """What the change would touch. Raises HolidayRefused."""
    if problem := holiday_problem(day, is_holiday=is_holiday, kept=kept_holidays()):
        raise HolidayRefused(problem, "day")
    return touched_by(day, is_holiday=is_holiday)


@transaction.atomic
def change_holiday(*, by: User, day: date, is_holiday: bool, name: str, reason: str) -> HolidayChange:
    """One at a time, so that no day is added twice. Raises HolidayRefused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('change a bank holiday'))")
    touches = checked(day, is_holiday=is_holiday)
    change = HolidayChange.objects.create(
        day=day,
        is_holiday=is_holiday,
        name=name if is_holiday else "",
        reason=reason,
        made_at=clock.now(),
        made_by=by,
    )
    tell_of(change, touches)
    verb = "added a bank holiday" if is_holiday else "took away a bank holiday"
    detail = {"name": name, "reason": reason, "touches": len(touches.steps)}
    record(by=by, verb=verb, subject=rules.date_words(day), detail=detail)
    return change


def tell_of(change: HolidayChange, touches: Touches) -> None:
    day = rules.date_words(change.day)
    what = "is now a bank holiday" if change.is_holiday else "is no bank holiday any more"
    people = leads_and_heads(touches.inspections)
    leave(
        [
            notification(
                person,
                f"holiday {change.pk} {inspection.ref}",
                f"{day} {what}. Look at the dates. {inspection.service.name}, {inspection.ref}",
                "inspections:timeline",
                inspection,
            )
            for inspection in touches.inspections
            for person in people[inspection.pk]
        ]
    )
