"""What a reader wrote down while reading the record of a case: as it is, and as it was."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models.sample import Case

PERSON = settings.AUTH_USER_MODEL


class Source(models.TextChoices):
    RECORD = "record", "Record"
    ASSESSMENT = "assessment", "Assessment"
    PLAN = "plan", "Plan"
    CONTACT_LOG = "contact_log", "Contact log"
    INTERVIEW = "interview", "Interview"
    OTHER = "other", "Other"


class Note(models.Model):
    """The latest of one running note. The browser or the server makes its id before there is a row.

    `seen_on` is the date in the record, `questions` the codes of those that it is evidence for. A note is struck out,
    never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    source = models.CharField(max_length=20, choices=Source)
    seen_on = models.DateField(null=True, blank=True)
    questions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case", "created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="note_source_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="note_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="note_struck_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"Note of {self.created_at:%d %B %Y}"


class NoteVersion(models.Model):
    """What a note was, from this save to the next. Only ever added to; `save_id` comes from the browser."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=20)
    seen_on = models.DateField(null=True, blank=True)
    questions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    struck = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    save_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["note", "-version"]
        constraints = [models.UniqueConstraint(fields=["note", "version"], name="note_version_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"
