"""Who must not read what: cases and workers that a reader knows. A category and no more: nobody has to explain."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.sample import Case
from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class HowCaseIsKnown(models.TextChoices):
    PERSON = "person", "I know the child or the victim, or their family"
    WORKED = "worked", "I have worked on this case"
    OTHER = "other", "Another reason"


class HowWorkerIsKnown(models.TextChoices):
    WORK = "work", "They work or have worked together"
    PERSONAL = "personal", "They know each other personally"
    OTHER = "other", "Another reason"


class KnownCase(models.Model):
    """A case that a reader sent back because they know it. Nobody offers it to them again, under whatever reference."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="known_to")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=HowCaseIsKnown)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "declared_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HowCaseIsKnown.values), name="known_case_kind_is_known"),
            models.UniqueConstraint(fields=["case", "person"], name="known_case_declared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.case_id}"


class KnownWorker(models.Model):
    """A case manager or victim worker of one inspection, as the list spells them, whose cases the person never reads.

    From `declared_at` until `ended_at` (standing while null).
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="known_workers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    worker = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=HowWorkerIsKnown)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "worker", "declared_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HowWorkerIsKnown.values), name="known_worker_kind_is_known"),
            models.CheckConstraint(condition=~Q(worker=""), name="known_worker_has_a_name"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("declared_at"), ended_by__isnull=False),
                name="known_worker_ended_by_someone",
            ),
            models.UniqueConstraint(
                fields=["inspection", "person", "worker"],
                condition=Q(ended_at__isnull=True),
                name="known_worker_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.worker}"
