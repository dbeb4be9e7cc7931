"""What is read about people and about what they did."""

import math

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AuditEvent, User


def demo_people() -> QuerySet[User]:
    return User.objects.filter(is_demo=True, is_active=True)


def demo_person(email: str) -> User | None:
    return demo_people().filter(email=email.lower()).first()


def log_of(inspection_ref: str) -> QuerySet[AuditEvent]:
    """Newest first, with the person."""
    return AuditEvent.objects.filter(inspection=inspection_ref).select_related("person").order_by("-position")


def minutes_locked_out(email: str, address: str | None) -> int:
    """Whole minutes, rounded up, until the last failure to sign in is forgotten; by the real clock, as django-axes."""
    failures = AccessAttempt.objects.filter(username=email.strip().lower(), ip_address=address)
    cool_off, last = get_cool_off(), failures.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    if last is None or cool_off is None:
        return 0
    minutes: float = (last + cool_off - timezone.now()).total_seconds() / 60
    return max(1, math.ceil(minutes))
