"""What a person was told."""

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from inspections.models import Notification


def notifications_of(person: User) -> QuerySet[Notification]:
    return person.notifications.select_related("inspection")


def unread_count(person: User) -> int:
    return person.notifications.filter(read_at__isnull=True).count()


def notification_for(person: User, number: str) -> Notification:
    """The person's own; Http404 for any other."""
    known = number.isdecimal() and len(number) < 19  # PostgreSQL counts no further
    notification = notifications_of(person).filter(pk=number).first() if known else None
    if notification is None:
        raise Http404
    return notification
