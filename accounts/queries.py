"""What is read about people and about what they did."""

from django.db.models import QuerySet

from accounts.models import AuditEvent, User


def demo_people() -> QuerySet[User]:
    return User.objects.filter(is_demo=True, is_active=True)


def demo_person(email: str) -> User | None:
    return demo_people().filter(email=email.lower()).first()


def log_of(inspection_ref: str) -> QuerySet[AuditEvent]:
    """Newest first, with the person."""
    return AuditEvent.objects.filter(inspection=inspection_ref).select_related("person").order_by("-position")
