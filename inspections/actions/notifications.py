"""Leaves word for people, and keeps what they have read."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.models import Inspection, Notification
from inspections.queries.notifications import unread_of


def tell(*, people: Iterable[int], key: str, text: str, to: str, inspection: Inspection) -> None:
    """Each person once for each `key`, however often it is called. `to` is the URL name of a page of the inspection."""
    leave([notification(person, key, text, to, inspection) for person in people])


def notification(person: int, key: str, text: str, to: str, inspection: Inspection) -> Notification:
    return Notification(
        person_id=person,
        inspection=inspection,
        key=key,
        text=text,
        link=reverse(to, kwargs={"ref": inspection.ref}),
        created_at=clock.now(),
    )


def leave(notifications: list[Notification]) -> None:
    """PostgreSQL drops those whose occasion the person has been told of, also by a twin at the same moment."""
    Notification.objects.bulk_create(notifications, ignore_conflicts=True)


@transaction.atomic
def mark_read(*, notification: Notification, by: User) -> None:
    if Notification.objects.filter(pk=notification.pk, read_at__isnull=True).update(read_at=clock.now()):
        record(by=by, verb="read a notification", subject=notification.key)


@transaction.atomic
def mark_all_read(*, by: User) -> None:
    if count := unread_of(by).update(read_at=clock.now()):
        record(by=by, verb="read all notifications", detail={"count": count})
