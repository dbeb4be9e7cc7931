"""The private address of a person's calendar: made, replaced, taken away."""

import secrets

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.queries.calendars import digest_of
from inspections.models import CalendarFeed


@transaction.atomic
def make_feed(*, by: User) -> str:
    """The secret part of the new address, which is shown once; the former address stops working."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(person=by, defaults={"digest": digest_of(token), "made_at": clock.now()})
    record(by=by, verb="made an address for a calendar")
    return token


@transaction.atomic
def remove_feed(*, by: User) -> None:
    removed, _ = CalendarFeed.objects.filter(person=by).delete()
    if removed:
        record(by=by, verb="took the address of a calendar away")
