"""Interviews about cases: how long each took, what became of it, which topics were covered, which notes it gave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.notes import Note
from cases.models.sample import Case
from inspections.models import Slot

PERSON = settings.AUTH_USER_MODEL


class InterviewOutcome(models.TextChoices):
    HELD = "held", "Held"
    OVERRAN = "overran", "Held, and overran"
    ABSENT = "absent", "Somebody was absent"
    MOVED = "moved", "Moved to another time"


TOOK_PLACE = (InterviewOutcome.HELD, InterviewOutcome.OVERRAN)


class Interview(models.Model):
    """What is known of the interview of one slot, from its first note on. One that was not held says what comes next.

    `instead` is who was there in place of somebody absent. `version` goes up by one whenever the outcome is recorded.
    """

    slot = models.OneToOneField(Slot, on_delete=models.PROTECT, related_name="interview")
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=InterviewOutcome, blank=True)
    instead = models.CharField(max_length=120, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["slot"]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, started_by__isnull=True)
                | Q(started_at__isnull=False, started_by__isnull=False),
                name="interview_started_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True, outcome="")
                | Q(finished_at__isnull=False, finished_by__isnull=False) & ~Q(outcome=""),
                name="interview_finished_by_someone_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *InterviewOutcome.values]), name="interview_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=TOOK_PLACE) | Q(started_at__isnull=False, finished_at__gte=F("started_at")),
                name="interview_held_from_start_to_end",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[InterviewOutcome.ABSENT, InterviewOutcome.MOVED]) | ~Q(next_step=""),
                name="interview_not_held_says_what_comes_next",
            ),
        ]

    def __str__(self) -> str:
        return f"Interview {self.slot_id}"


class InterviewRecord(models.Model):
    """What was recorded of an interview at one time. Only ever added to; the last one is how it stands."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="records")
    version = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=10)
    instead = models.CharField(max_length=120, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["interview", "-version"]
        constraints = [models.UniqueConstraint(fields=["interview", "version"], name="interview_record_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"


class TopicCovered(models.Model):
    """A topic was talked about: of one case or, without a case, of all that the interview covers."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="covered")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["interview", "topic"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "case", "topic"], nulls_distinct=False, name="topic_covered_once"
            )
        ]

    def __str__(self) -> str:
        return self.topic


class InterviewNote(models.Model):
    """That a note was written in an interview, on a topic. Notes with one `item` are one text, kept with each case."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="notes")
    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="interview_note")
    item = models.UUIDField(db_index=True)
    topic = models.CharField(max_length=40)

    class Meta:
        ordering = ["interview", "id"]

    def __str__(self) -> str:
        return self.topic
