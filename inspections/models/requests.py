"""What the service is asked to send in advance, what it sent, and what became of that."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts import clock
from documents.models import Document
from inspections.models.inspections import Inspection

PERSON = settings.AUTH_USER_MODEL


class EvidenceRequest(models.Model):
    """One thing that is asked for. `code` is that of the standards' item; empty for what a team asks for itself."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evidence_requests")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=2_000, blank=True)
    due_on = models.DateField()
    extended_because = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="evidence_request_number_once"),
            models.UniqueConstraint(
                fields=["inspection", "code"], condition=~Q(code=""), name="evidence_request_item_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="evidence_request_numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_request_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def latest(self) -> "EvidenceReply | None":
        """Of those that were fetched with it."""
        return next(iter(self.replies.all()), None)

    @property
    def is_open(self) -> bool:
        """Whether the service may send something."""
        return self.latest is None or self.latest.accepted_at is None

    @property
    def awaits_service(self) -> bool:
        return self.latest is None or self.latest.returned_at is not None

    @property
    def is_late(self) -> bool:
        """Whether it is overdue, or what came last came after its day."""
        if self.awaits_service:
            return clock.today() > self.due_on
        return self.latest is not None and self.latest.is_late


class EvidenceReply(models.Model):
    """What the service sent at one time: files, or the reason why it has none. `due_on` is when it was due then."""

    request = models.ForeignKey(EvidenceRequest, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    not_held_because = models.CharField(max_length=2_000, blank=True)
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_because = models.CharField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["request", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="evidence_reply_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="evidence_reply_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__gte=F("sent_at"), accepted_by__isnull=False),
                name="evidence_reply_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_by__isnull=True, returned_because="")
                | (Q(returned_at__gte=F("sent_at"), returned_by__isnull=False) & ~Q(returned_because="")),
                name="evidence_reply_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(returned_at__isnull=True),
                name="evidence_reply_accepted_or_returned",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(accepted_at__isnull=False), name="evidence_reply_accepted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}, version {self.number}"

    @property
    def sent_on(self) -> date:
        return self.sent_at.astimezone(clock.LONDON).date()

    @property
    def is_late(self) -> bool:
        return self.sent_on > self.due_on

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.returned_at is None

    @property
    def receipt(self) -> str:
        return f"{self.request.inspection.ref}-{self.request.number}-{self.number}"


class EvidenceFile(models.Model):
    """A file of the service. Until it is sent it has no reply, and the service may take it away again."""

    request = models.ForeignKey(EvidenceRequest, on_delete=models.PROTECT, related_name="files")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="evidence")
    reply = models.ForeignKey(EvidenceReply, null=True, blank=True, on_delete=models.PROTECT, related_name="files")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.document.label
