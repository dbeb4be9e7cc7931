"""A file that came in. Its name on disk is ours; the name it came with is only a label."""

import uuid

from django.conf import settings
from django.db import models


class Purpose(models.TextChoices):
    CASELOAD = "caseload", "Caseload list"
    REVIEW = "review", "Review of a discussion"


class State(models.TextChoices):
    RECEIVED = "received", "Received"  # whoever sent it may still take it back
    KEPT = "kept", "Kept"


def place(document: "Document", _label: str) -> str:
    return f"{document.purpose}/{document.id.hex}"


class Document(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Purpose)
    label = models.CharField(max_length=200)
    file = models.FileField(upload_to=place, max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.KEPT)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=Purpose.values), name="document_purpose_is_known"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="document_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.label
