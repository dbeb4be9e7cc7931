"""Multi-agency case discussions, and the review that the service and its partners write before each."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.sample import Case
from documents.models import Document
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


class ReviewDocument(models.Model):
    """A review that came back as a document. Its answers are used once whoever uploaded it has looked at what was read.

    `review` is the version that was sent with those answers; until then the Inspectorate sees nothing of it.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="documents")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")

    class Meta:
        ordering = ["discussion", "uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__gte=F("uploaded_at"), used_by__isnull=False),
                name="review_document_used_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(review__isnull=True) | Q(used_at__isnull=False), name="review_document_sent_once_used"
            ),
            models.UniqueConstraint(
                fields=["discussion", "uploaded_by"],
                condition=Q(used_at__isnull=True),
                name="review_document_waits_once_for_each",
            ),
        ]

    def __str__(self) -> str:
        return f"Document of {self.discussion}"


class DiscussionNumber(models.Model):
    """Why an inspection has fewer or more discussions than its standards want. It counts while there are `number`."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="discussion_number")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="discussion_number_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.number} discussions"


class Effect(models.TextChoices):
    CONFIRMED = "confirmed", "It confirmed our judgement"
    CHANGED = "changed", "It changed our view"
    ADDED = "added", "It added evidence"


class Entry(models.Model):
    """What the team wrote in one box of a discussion's page. `field` is what the box is for, then a hyphen and a code.

    `count` is how many of an agency came and `text` their roles, never a name; `choice` is what the discussion did to
    our judgement. Neither changes an answer of the case.
    """

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="entries")
    field = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    choice = models.CharField(max_length=10, blank=True, choices=Effect)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["discussion", "field"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "field"], name="entry_once_a_field"),
            models.CheckConstraint(condition=Q(version__gte=1), name="entry_has_a_version"),
            models.CheckConstraint(condition=Q(choice__in=["", *Effect.values]), name="entry_choice_is_known"),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(field__startswith="attended-"), name="entry_counts_who_attended"
            ),
            models.CheckConstraint(
                condition=Q(choice="") | Q(field__startswith="added-"), name="entry_chooses_what_was_added"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.discussion}, {self.field}"


class EntryVersion(models.Model):
    """What an entry was, from this save to the next. Only ever added to."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    choice = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["entry", "-version"]
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"
