"""The caseload list as the service sent it."""

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
    sheet = models.CharField(max_length=31, blank=True, help_text="Of a workbook: the sheet that was read.")
    headings = models.JSONField(default=list, help_text="What the file calls its columns, in their order.")
    matching = models.JSONField(default=dict, help_text="The place of each field among the headings.")
    notes = models.JSONField(default=list, help_text="What was noticed about the list as a whole, in sentences.")
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


class ListUpload(models.Model):
    """A file whose columns are being matched by whoever uploaded it, who alone sees it.

    It goes when the list is sent, when the next file takes its place, or when nobody has come back to it.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="list_uploads")
    kind = models.CharField(max_length=10, choices=Kind)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="list_upload")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=31, blank=True, help_text="Of a workbook: the sheet that is read.")
    headings = models.JSONField(default=list, help_text="What the file calls its columns, in their order.")
    matching = models.JSONField(default=dict, help_text="The place of each field among the headings.")

    class Meta:
        ordering = ["inspection", "kind", "-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind", "uploaded_by"], name="list_upload_one_at_a_time"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="list_upload_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, not sent yet"


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
