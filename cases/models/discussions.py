"""Multi-agency case discussions, and the review that the service and its partners write before each."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.sample import Case
from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class Discussion(models.Model):
    """One that was chosen. Its number lasts: where another case is chosen instead, that one gets the next."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="discussions")
    number = models.PositiveSmallIntegerField()
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="discussion")

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="discussion_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="discussion_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"Discussion {self.number}"


class ReviewAnswer(models.Model):
    """What the service has written so far on one question; the Inspectorate sees none of it before it is sent."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="review_answers")
    question = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["discussion", "question"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "question"], name="review_answer_once_a_question"),
            models.CheckConstraint(condition=Q(version__gte=1), name="review_answer_has_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.discussion}, {self.question}"


class Review(models.Model):
    """A version that the service sent, as it was: `answers` by code of question. `due_at` is when it was due then."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    due_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_because = models.TextField(blank=True)

    class Meta:
        ordering = ["discussion", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "number"], name="review_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="review_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__gte=F("sent_at"), accepted_by__isnull=False),
                name="review_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_by__isnull=True, returned_because="")
                | (Q(returned_at__gte=F("sent_at"), returned_by__isnull=False) & ~Q(returned_because="")),
                name="review_returned_by_someone_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(returned_at__isnull=True),
                name="review_accepted_or_returned",
            ),
            models.UniqueConstraint(
                fields=["discussion"], condition=Q(accepted_at__isnull=False), name="review_accepted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.discussion}, version {self.number}"

    @property
    def is_late(self) -> bool:
        due: datetime | None = self.due_at
        return due is not None and self.sent_at > due

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.returned_at is None
