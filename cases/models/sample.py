"""The sample drawn from a list, and its cases."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.caseload import CaseloadList, CaseloadRow, Kind
from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class Draw(models.Model):
    """One drawing of the sample. The same list, seed, size and groups give the same cases again, anywhere."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="draws")
    caseload = models.ForeignKey(CaseloadList, on_delete=models.PROTECT, related_name="draws")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    size = models.PositiveSmallIntegerField(help_text="How many cases were asked for.")
    groups = models.JSONField(default=list, help_text="The columns that the sample is stratified by.")
    targets = models.JSONField(default=list, help_text="[values of a group, cases]: all, once the lead set them.")
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


class SampleLock(models.Model):
    """Once it is there, a change of the sample needs a reason."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="sample_lock")
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.inspection} locked"


class SampledCases(models.Manager["Case"]):
    """Cases as they count: without the second reads, which are nobody's result."""

    def get_queryset(self) -> "models.QuerySet[Case]":
        return super().get_queryset().filter(second_of__isnull=True)


class Case(models.Model):
    """A sampled case, known by its reference (C-07, V-03). One that left the sample keeps reference and answers.

    A second read of a case is a row of its own, `second_of` the first (C-07-2): it is read and answered in the same
    way, never counts towards anything, and is found through `reads` only.
    """

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
    reopened_at = models.DateTimeField(null=True, blank=True, help_text="When a sent read was last opened again.")
    reopened_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="second_reads")
    left_at = models.DateTimeField(null=True, blank=True, help_text="When it left the sample.")
    left_reason = models.CharField(max_length=500, blank=True)

    is_pair: bool  # with the next set by cases.queries.cases.pairing
    is_pair_open: bool
    done: list[str]  # the codes of the sections that the reader says are finished; set by queries.cases.by_refs

    is_pair = False  # whether whoever fetched it reads it a second time, or the first; set by queries.cases.case_for
    is_pair_open = False  # and whether that other read is unsent

    objects = SampledCases()
    reads = models.Manager["Case"]()

    class Meta:
        ordering = ["inspection", "kind", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "ref"], name="case_ref_once"),
            models.UniqueConstraint(
                fields=["inspection", "row"],
                condition=Q(left_at__isnull=True, second_of__isnull=True),
                name="case_row_sampled_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="case_kind_is_known"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="case_sent_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
                name="case_reopened_by_someone",
            ),
            models.UniqueConstraint(
                fields=["second_of"], condition=Q(left_at__isnull=True), name="case_second_read_once"
            ),
            models.CheckConstraint(
                condition=Q(second_of__isnull=True) | Q(is_macd=False, interview_group__isnull=True),
                name="case_second_read_is_only_read",
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
