"""What comes after a case read is sent: review marks, settled differences, requests to open it again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.answers import Answer
from cases.models.sample import Case

PERSON = settings.AUTH_USER_MODEL


class ReviewMark(models.Model):
    """Somebody other than the reader agrees with an answer, as it was in this version. Only ever added to."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="marks")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "version", "by"], name="review_mark_once_a_version_and_person")
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"


class Stands(models.TextChoices):
    FIRST = "first", "The first read stands"
    SECOND = "second", "The second read stands"


class Settlement(models.Model):
    """Which of two differing answers stands, and why; both stay as they are. Only ever added to."""

    second_read = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="settlements")
    question = models.CharField(max_length=20)
    stands = models.CharField(max_length=10, choices=Stands)
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["second_read", "question"]
        constraints = [
            models.UniqueConstraint(fields=["second_read", "question"], name="settlement_once_a_question"),
            models.CheckConstraint(condition=Q(stands__in=Stands.values), name="settlement_stands_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.stands}"


class Outcome(models.TextChoices):
    REOPENED = "reopened", "Opened again"
    REFUSED = "refused", "Not opened again"


class ReopenRequest(models.Model):
    """A reader asks the lead inspector to open a sent read again. `outcome` is empty until it is decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopen_requests")
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at__isnull=True), name="reopen_request_waits_once_a_case"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="reopen_request_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, outcome="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="")),
                name="reopen_request_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED) | ~Q(outcome_reason=""),
                name="reopen_request_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"
