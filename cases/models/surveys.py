"""The answers to a text survey of children, parents and carers: without anybody's identity."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class SurveyUpload(models.Model):
    """A file whose questions are being chosen by whoever uploaded it, who alone sees it. Telephone numbers are gone.

    It goes when it is imported, when the next file takes its place, or when nobody has come back to it.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="survey_uploads")
    label = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    headings = models.JSONField()
    rows = models.JSONField(help_text="Pairs of the number of a row in the file and its cells.")
    problems = models.JSONField(help_text="Pairs of the number of a row and why it cannot be used.")
    telephones = models.PositiveIntegerField(help_text="How many telephone numbers were left out.")
    chosen = models.JSONField(help_text="The places of the columns that are questions.")

    class Meta:
        ordering = ["inspection", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "uploaded_by"], name="survey_upload_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"Survey being checked {self.pk}"


class Survey(models.Model):
    """One import. Where it is removed, its answers are gone, and the row says who did it and why."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="surveys")
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    answered = models.PositiveIntegerField(help_text="How many rows answered at least one question.")
    left_out = models.PositiveIntegerField(help_text="How many rows had a problem.")
    telephones = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["inspection", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "sha256"], condition=Q(removed_at=None), name="survey_file_imported_once"
            ),
            models.CheckConstraint(condition=Q(answered__gte=1), name="survey_was_answered"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
                name="survey_removed_by_someone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Survey {self.pk}"


class SurveyQuestion(models.Model):
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_question_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="survey_question_says_something"),
        ]

    def __str__(self) -> str:
        return f"Question {self.number}"


class SurveyAnswer(models.Model):
    """One text and how many gave it. Its place follows from the text alone, never from the order of the file."""

    question = models.ForeignKey(SurveyQuestion, on_delete=models.PROTECT, related_name="answers")
    place = models.PositiveIntegerField()
    text = models.TextField()
    times = models.PositiveIntegerField()

    class Meta:
        ordering = ["question", "place"]
        constraints = [
            models.UniqueConstraint(fields=["question", "place"], name="survey_answer_place_once"),
            models.CheckConstraint(condition=Q(times__gte=1), name="survey_answer_given_by_somebody"),
            models.CheckConstraint(condition=~Q(text=""), name="survey_answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
