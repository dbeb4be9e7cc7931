"""How an inspection begins: the announcement as it was sent, and the notes of the planning meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.inspections import Inspection

PERSON = settings.AUTH_USER_MODEL


class Announcement(models.Model):
    """Sent once. `letter` is its paragraphs as they were sent; `letter_cy` the Welsh text, where both are needed."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="announcement")
    letter = models.JSONField()
    letter_cy = models.TextField(blank=True)
    contacts = models.JSONField(help_text="The names of the contacts of the service who were told.")
    yjb_email = models.EmailField()
    sent_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was not sent on a Wednesday.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on__iso_week_day=3) | ~Q(reason=""), name="announcement_on_a_wednesday_or_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}"


class MeetingLanguage(models.TextChoices):
    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"
    BOTH = "both", "Both"


class PlanningMeeting(models.Model):
    """`answers` by the code of the agenda's question. `version` goes up by one with every save."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="planning_meeting")
    answers = models.JSONField(default=dict)
    decisions = models.TextField(blank=True)
    language = models.CharField(max_length=4, choices=MeetingLanguage, blank=True)
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["", *MeetingLanguage.values]), name="planning_meeting_language_is_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="planning_meeting_was_saved"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}"
