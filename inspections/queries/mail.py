"""E-mails that wait to be sent."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from accounts.rules import LINK_LASTS
from inspections.models import OutgoingMail

MOST_ATTEMPTS = 30  # about a day of trying


def waiting_mail(now: datetime, today: date) -> QuerySet[OutgoingMail]:
    """Oldest first, with the person; none to those whose account has ended, and no link that would open nothing."""
    due = OutgoingMail.objects.filter(sent_at__isnull=True, next_try_at__lte=now, attempts__lt=MOST_ATTEMPTS)
    due = due.filter(Q(person__isnull=True) | Q(person__is_active=True)).exclude(person__ends_on__lt=today)
    useless = Q(sign_in__asked_at__lte=now - LINK_LASTS) | Q(sign_in__ended_at__isnull=False)
    return due.exclude(useless).select_related("person", "sign_in")
