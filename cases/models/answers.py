"""What was answered about each case: as it is, and as it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.sample import Case
from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class Value(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "na", "Not applicable"


class Answer(models.Model):
    """The latest answer to one question about one case. Every save makes a new `version`; all of them stay.

    `despite_reason` says why a judgement stands against its prompts, `change_reason` why it changed after it was sent.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    is_key = models.BooleanField()
    value = models.CharField(max_length=3, choices=Value, blank=True)
    na_reason = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(blank=True)
    despite_reason = models.CharField(max_length=1000, blank=True, default="", db_default="")
    change_reason = models.CharField(max_length=1000, blank=True, default="", db_default="")
    version = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case", "question"]
        constraints = [
            models.UniqueConstraint(fields=["case", "question"], name="answer_once_a_question"),
            models.CheckConstraint(condition=Q(value__in=["", *Value.values]), name="answer_value_is_known"),
            models.CheckConstraint(
                condition=Q(na_reason="") | Q(value="na"), name="answer_reason_only_when_not_applicable"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="answer_version_counts_from_one"),
        ]
        indexes = [
            models.Index(
                fields=["inspection", "question", "value", "case"],
                condition=Q(is_key=True),
                name="answer_key_questions",
            )
        ]

    def __str__(self) -> str:
        return self.question


class AnswerVersion(models.Model):
    """What an answer was, from this save to the next. Only ever added to; `save_id` comes from the browser."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    value = models.CharField(max_length=3, blank=True)
    na_reason = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(blank=True)
    despite_reason = models.CharField(max_length=1000, blank=True, default="", db_default="")
    change_reason = models.CharField(max_length=1000, blank=True, default="", db_default="")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    save_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["answer", "-version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="answer_version_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"


class SetAside(models.Model):
    """What somebody had written when they chose another version of the answer instead. Only ever added to.

    `based_on` and `gave_way_to` are versions of the answer; 0 where there was none.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="set_aside")
    question = models.CharField(max_length=20)
    value = models.CharField(max_length=3, choices=Value, blank=True)
    na_reason = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(blank=True)
    despite_reason = models.CharField(max_length=1000, blank=True)
    change_reason = models.CharField(max_length=1000, blank=True)
    based_on = models.PositiveIntegerField()
    gave_way_to = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    save_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["case", "question", "at"]
        constraints = [
            models.CheckConstraint(condition=Q(value__in=["", *Value.values]), name="set_aside_value_is_known"),
        ]
        indexes = [models.Index(fields=["case", "question", "gave_way_to"], name="set_aside_of_a_version")]

    def __str__(self) -> str:
        return self.question


class SectionDone(models.Model):
    """The reader says that they have finished this section of a case read; taken back when they come back to it.

    It says nothing about the answers, and nothing depends on it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sections_done")
    section = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case", "section"]
        constraints = [models.UniqueConstraint(fields=["case", "section"], name="section_done_once")]

    def __str__(self) -> str:
        return self.section
