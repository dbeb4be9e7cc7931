"""What is read about people and about what they did."""

import math

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AuditEvent, DraftKey, User


def demo_people() -> QuerySet[User]:
    return User.objects.filter(is_demo=True, is_active=True)


def demo_person(email: str) -> User | None:
    return demo_people().filter(email=email.lower()).first()


def draft_keys_of(person: User) -> QuerySet[DraftKey]:
    return DraftKey.objects.filter(person=person)


def log_of(inspection_ref: str, **only: object) -> QuerySet[AuditEvent]:
    """Newest first, with the person; `only` of one person or one verb."""
    events = AuditEvent.objects.filter(inspection=inspection_ref, **only)
    return events.select_related("person").order_by("-position")


def people_in_log(inspection_ref: str) -> QuerySet[User]:
    return User.objects.filter(pk__in=AuditEvent.objects.filter(inspection=inspection_ref).values("person"))


def verbs_in_log(inspection_ref: str) -> list[str]:
    verbs = AuditEvent.objects.filter(inspection=inspection_ref).order_by("verb").values_list("verb", flat=True)
    return list(verbs.distinct())


def minutes_locked_out(email: str, address: str | None) -> int:
    """Whole minutes, rounded up, until the last failure to sign in is forgotten; by the real clock, as django-axes."""
    failures = AccessAttempt.objects.filter(username=email.strip().lower(), ip_address=address)
    cool_off, last = get_cool_off(), failures.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    if last is None or cool_off is None:
        return 0
    minutes: float = (last + cool_off - timezone.now()).total_seconds() / 60
    return max(1, math.ceil(minutes))
