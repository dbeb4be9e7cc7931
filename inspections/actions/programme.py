"""What the head of programme writes down about people and services."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections import rules
from inspections.actions.refused import Refused
from inspections.models import Leave, Service, ServiceFigures
from inspections.rules import programme


class LeaveRefused(Refused):
    """The days do not fit."""


@transaction.atomic
def add_leave(*, by: User, person: User, first: date, last: date) -> Leave:
    """Raises LeaveRefused."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if last < first:
        raise LeaveRefused("The last day is before the first. Check both", "last")
    if (last - first).days > 366:
        raise LeaveRefused("Leave can last up to a year. Check both days", "last")
    if person.leave.filter(cancelled_at__isnull=True, first__lte=last, last__gte=first).exists():
        raise LeaveRefused(f"{person.name} is on leave on some of these days already", "first")
    leave = Leave.objects.create(person=person, first=first, last=last, made_at=clock.now(), made_by=by)
    record(by=by, verb="wrote down leave", subject=person.name, detail=days_in_words(leave))
    return leave


@transaction.atomic
def cancel_leave(*, by: User, leave: Leave) -> None:
    """A second time changes nothing."""
    standing = Leave.objects.filter(pk=leave.pk, cancelled_at__isnull=True)
    if standing.update(cancelled_at=clock.now(), cancelled_by=by):
        record(by=by, verb="cancelled leave", subject=leave.person.name, detail=days_in_words(leave))


def days_in_words(leave: Leave) -> dict[str, str]:
    return {"from": rules.date_words(leave.first), "to": rules.date_words(leave.last)}


@transaction.atomic
def write_figures(*, by: User, service: Service, quarter: date, **figures: Any) -> ServiceFigures:
    """A new row each time: what was written before stays."""
    made = ServiceFigures.objects.create(service=service, quarter=quarter, made_at=clock.now(), made_by=by, **figures)
    detail = {"quarter": programme.quarter_words(quarter)}
    record(by=by, verb="wrote down figures of a service", subject=service.name, detail=detail)
    return made
