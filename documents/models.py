"""A file that came in. Its name on disk is ours; the name it came with is only a label."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts import clock


class Purpose(models.TextChoices):
    CASELOAD = "caseload", "Caseload list"
    REVIEW = "review", "Review of a discussion"
    EVIDENCE = "evidence", "Evidence in advance"


class State(models.TextChoices):
    """received → checked → available, or refused on the way. Only what is available is ever given out."""

    RECEIVED = "received", "Being checked"
    CHECKED = "checked", "Waiting for the virus scanner"
    AVAILABLE = "available", "Checked"
    REFUSED = "refused", "Refused"


def place(document: "Document", _label: str) -> str:
    return f"{document.purpose}/{document.id.hex}"


class Document(models.Model):
    """`kept` is false while whoever sent it may still take it back. `inspection` is the reference of the one it is for.

    Whoever checks it has it until `next_check_at`; `checks` counts the attempts in its present state.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=Purpose)
    inspection = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=200)
    file = models.FileField(upload_to=place, max_length=120)
    kept = models.BooleanField(default=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    checked_at = models.DateTimeField(null=True, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    available_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)
    next_check_at = models.DateTimeField(default=clock.now)
    checks = models.PositiveSmallIntegerField(default=0)
    last_problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(
                fields=["next_check_at"],
                condition=Q(state__in=[State.RECEIVED, State.CHECKED]),
                name="document_waiting",
            ),
            models.Index(fields=["inspection"], name="document_of_inspection"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="document_purpose_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="document_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED, checked_at__isnull=True)
                | Q(state__in=[State.CHECKED, State.AVAILABLE], checked_at__isnull=False)
                | Q(state=State.REFUSED),
                name="document_checked_before_it_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(state=State.AVAILABLE, available_at__isnull=False)
                | (~Q(state=State.AVAILABLE) & Q(available_at__isnull=True)),
                name="document_available_since",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.REFUSED, refused_at__isnull=False) & ~Q(refused_because=""))
                | (~Q(state=State.REFUSED) & Q(refused_at__isnull=True, refused_because="")),
                name="document_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_available(self) -> bool:
        return self.state == State.AVAILABLE

    @property
    def is_refused(self) -> bool:
        return self.state == State.REFUSED


class DocumentText(models.Model):
    """What can be read in a file, to be shown beside it. `is_cut`: the file has more."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="read_text")
    text = models.TextField()
    is_cut = models.BooleanField()

    def __str__(self) -> str:
        return f"Text of {self.document_id}"
