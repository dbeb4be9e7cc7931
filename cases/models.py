"""The caseload list, the sample drawn from it, and what was answered about each case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.models import Document
from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    CHILD = "child", "Child's case"
    VICTIM = "victim", "Victim's case"


class WorkType(models.TextChoices):
    COURT = "court", "Court"
    OUT_OF_COURT = "out_of_court", "Out of court"
    BAIL_AND_REMAND = "bail_and_remand", "Bail and remand"
    RESETTLEMENT = "resettlement", "Resettlement"


class CaseloadList(models.Model):
    """One list as the service sent it. A newer accepted list supersedes it; it is kept."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="caseload_lists")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="caseload_list")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    ignored_columns = models.JSONField(default=list)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind", "number"], name="caseload_list_number_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="caseload_list_kind_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="caseload_list_accepted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"List {self.number}"


class CaseloadRow(models.Model):
    """One child or victim on a list. The name serves matching and conflict checks only, and is shown to few.

    `problem` is what the check found, in words; a list with such rows is accepted once `left_out_reason` says why each
    is left out. For a victim, `worker` is the victim worker and `child_reference` the service's own for the child.
    """

    caseload = models.ForeignKey(CaseloadList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="The row's number in the file, the header being row 1.")
    local_reference = models.CharField(max_length=60)
    name = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    work_type = models.CharField(max_length=20, choices=WorkType, blank=True)
    team = models.CharField(max_length=60, blank=True)
    worker = models.CharField(max_length=120, blank=True, help_text="The case manager, or the victim worker.")
    child_reference = models.CharField(max_length=60, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    care_experienced = models.BooleanField(null=True, blank=True)
    welsh_speaking = models.BooleanField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    left_out_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["caseload", "number"]
        constraints = [
            models.UniqueConstraint(fields=["caseload", "number"], name="caseload_row_number_once"),
            models.CheckConstraint(
                condition=Q(work_type__in=["", *WorkType.values]), name="caseload_row_work_type_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"


class Draw(models.Model):
    """One drawing of the sample. The same list, seed, size and groups give the same cases again, anywhere."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="draws")
    caseload = models.ForeignKey(CaseloadList, on_delete=models.PROTECT, related_name="draws")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    size = models.PositiveSmallIntegerField(help_text="How many cases were asked for.")
    groups = models.JSONField(default=list, help_text="The columns that the sample is stratified by.")
    note = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was drawn again.")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind", "number"], name="draw_number_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="draw_kind_is_known"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="draw_again_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Draw {self.number}"


class Case(models.Model):
    """A sampled case, known by its reference (C-07, V-03). One that left the sample keeps reference and answers."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=10, choices=Kind)
    ref = models.CharField(max_length=10)
    row = models.ForeignKey(CaseloadRow, on_delete=models.PROTECT, related_name="cases")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="cases")
    reader = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    is_macd = models.BooleanField(default=False, help_text="Discussed in a multi-agency case discussion.")
    interview_group = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Victims' cases, in threes.")
    started_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True, help_text="When it left the sample.")
    left_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["inspection", "kind", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "ref"], name="case_ref_once"),
            models.UniqueConstraint(
                fields=["inspection", "row"], condition=Q(left_at__isnull=True), name="case_row_sampled_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="case_kind_is_known"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="case_sent_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_reason="") | (Q(left_at__isnull=False) & ~Q(left_reason="")),
                name="case_left_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_macd=False) | Q(kind=Kind.CHILD, left_at__isnull=True),
                name="case_macd_is_a_sampled_child",
            ),
            models.CheckConstraint(
                condition=Q(interview_group__isnull=True) | Q(kind=Kind.VICTIM), name="case_groups_are_of_victims"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Value(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "na", "Not applicable"


class Answer(models.Model):
    """The latest answer to one question about one case. Every save makes a new `version`; all of them stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    is_key = models.BooleanField()
    value = models.CharField(max_length=3, choices=Value, blank=True)
    na_reason = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(blank=True)
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
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    save_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["answer", "-version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="answer_version_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"
