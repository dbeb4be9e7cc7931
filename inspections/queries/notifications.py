"""What a person was told."""

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from inspections.models import Notification
from inspections.queries.permission import concerns, relations


def notifications_of(person: User) -> QuerySet[Notification]:
    """Without what was said of inspections that the person has no part in any more."""
    related = relations(person, inspection="inspection", service="inspection__service")
    own = Q(inspection__isnull=True) | concerns(person)
    return person.notifications.select_related("inspection").alias(**related).filter(own)


def unread_of(person: User) -> QuerySet[Notification]:
    return notifications_of(person).filter(read_at__isnull=True)


def unread_count(person: User) -> int:
    return unread_of(person).count()


def notification_for(person: User, number: str) -> Notification:
    """The person's own; Http404 for any other."""
    known = number.isdecimal() and len(number) < 19  # PostgreSQL counts no further
    notification = notifications_of(person).filter(pk=number).first() if known else None
    if notification is None:
        raise Http404
    return notification
