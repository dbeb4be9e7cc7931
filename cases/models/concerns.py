"""Concerns about children and victims that come up while their cases are read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.sample import Case

PERSON = settings.AUTH_USER_MODEL


class Told(models.TextChoices):
    YES = "yes", "Yes, the service has been told"
    NOT_YET = "not_yet", "Not yet"


class Concern(models.Model):
    """What somebody saw, whether the service knew of it then, and what the lead did about it.

    `once` comes from the page on which it was typed, so that a form sent twice makes one concern. `told` stays as it
    was when the concern was raised; the service being told later is a note.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="concerns")
    once = models.UUIDField(unique=True)
    seen = models.TextField()
    told = models.CharField(max_length=7, choices=Told)
    told_whom = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    escalated_at = models.DateTimeField(null=True, blank=True, help_text="When the head of programme was told.")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done = models.TextField(blank=True)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(told__in=Told.values), name="concern_told_is_known"),
            models.CheckConstraint(condition=~Q(seen=""), name="concern_says_what_was_seen"),
            models.CheckConstraint(
                condition=(Q(told=Told.YES, told_at__isnull=False) & ~Q(told_whom=""))
                | Q(told=Told.NOT_YET, told_at__isnull=True, told_whom=""),
                name="concern_told_somebody_or_not_yet",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True, done="")
                | (Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(done="")),
                name="concern_acknowledged_by_someone_who_did_something",
            ),
        ]
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(acknowledged_at__isnull=True), name="concern_waiting")
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"


class ConcernNote(models.Model):
    """That the service was told after the concern had been raised. Only ever added to."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="notes")
    told_whom = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(told_whom=""), name="concern_note_says_who_was_told")]

    def __str__(self) -> str:
        return f"Note {self.pk}"
