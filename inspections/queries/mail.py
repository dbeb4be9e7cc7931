"""E-mails that wait to be sent."""

from datetime import date, datetime

from django.db.models import QuerySet

from inspections.models import OutgoingMail

MOST_ATTEMPTS = 30  # about a day of trying


def waiting_mail(now: datetime, today: date) -> QuerySet[OutgoingMail]:
    """Oldest first, with the person; none to those whose account has ended."""
    due = OutgoingMail.objects.filter(sent_at__isnull=True, next_try_at__lte=now, attempts__lt=MOST_ATTEMPTS)
    return due.filter(person__is_active=True).exclude(person__ends_on__lt=today).select_related("person")
