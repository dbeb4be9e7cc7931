"""Evidence about the organisation, on cards, and the findings that rest on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.voices import Direction, Theme
from inspections.models import Inspection

PERSON = settings.AUTH_USER_MODEL


class CardSource(models.TextChoices):
    DOCUMENT = "document", "Document"
    MEETING = "meeting", "Meeting"
    DISCUSSION = "discussion", "Case discussion"
    PARTICIPATION = "participation", "Participation"
    CASE_READS = "case_reads", "Case reads"
    DATA = "data", "Data"


class Strength(models.TextChoices):
    STRONG = "strong", "Strong"
    SOME = "some", "Some"
    WEAK = "weak", "Weak"


class EvidenceCard(models.Model):
    """One thing seen, heard or read that bears on a topic; `prompt` is empty where it bears on the topic as a whole.

    `topic` and `prompt` are codes as cases.rules.findings.topics gives them. It is withdrawn, never changed or deleted.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="evidence_cards")
    number = models.PositiveSmallIntegerField()
    once = models.UUIDField(help_text="Made by the page, so that a form sent twice is one card.")
    topic = models.CharField(max_length=10)
    prompt = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=20, choices=CardSource)
    where = models.CharField(max_length=200, help_text="Which document, meeting, figures …")
    text = models.TextField()
    direction = models.CharField(max_length=10, choices=Direction)
    strength = models.CharField(max_length=10, choices=Strength)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="evidence_card_number_once"),
            models.UniqueConstraint(fields=["inspection", "once"], name="evidence_card_once_a_form"),
            models.CheckConstraint(condition=Q(source__in=CardSource.values), name="evidence_card_source_is_known"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="evidence_card_direction_is_known"
            ),
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="evidence_card_strength_is_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(where=""), name="evidence_card_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="evidence_card_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"E{self.number}"


class Finding(models.Model):
    """What it says stands in its versions; `version` is the one that stands. Merged, it lives on in another."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    once = models.UUIDField(help_text="Made by the page, so that a form sent twice is one finding.")
    topic = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_findings"
    )
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="finding_number_once"),
            models.UniqueConstraint(fields=["inspection", "once"], name="finding_once_a_form"),
            models.CheckConstraint(condition=Q(version__gte=1), name="finding_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(merged_at__isnull=True, merged_by__isnull=True, merged_into__isnull=True)
                | Q(merged_at__isnull=False, merged_by__isnull=False, merged_into__isnull=False),
                name="finding_merged_by_someone",
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="finding_merged_into_another"),
        ]

    def __str__(self) -> str:
        return f"F{self.number}"


class FindingVersion(models.Model):
    """What a finding said, from this change to the next. Only ever added to, with what it rests on and who agreed."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    statement = models.TextField()
    direction = models.CharField(max_length=10, choices=Direction)
    strength = models.CharField(max_length=10, choices=Strength)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["finding", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "version"], name="finding_version_once"),
            models.CheckConstraint(condition=~Q(statement=""), name="finding_states_something"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="finding_direction_is_known"),
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="finding_strength_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.finding}, version {self.version}"


class FindingSupport(models.Model):
    """A card or a theme on which this version of a finding rests. Only ever added to."""

    said = models.ForeignKey(FindingVersion, on_delete=models.PROTECT, related_name="supports")
    card = models.ForeignKey(EvidenceCard, null=True, blank=True, on_delete=models.PROTECT, related_name="supports")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="supports")

    class Meta:
        ordering = ["said", "id"]
        constraints = [
            models.UniqueConstraint(fields=["said", "card"], name="finding_rests_on_a_card_once"),
            models.UniqueConstraint(fields=["said", "theme"], name="finding_rests_on_a_theme_once"),
            models.CheckConstraint(
                condition=Q(card__isnull=True, theme__isnull=False) | Q(card__isnull=False, theme__isnull=True),
                name="finding_rests_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Support {self.pk}"


class FindingAgreement(models.Model):
    """That somebody agrees with this version of a finding. Only ever added to."""

    said = models.ForeignKey(FindingVersion, on_delete=models.PROTECT, related_name="agreements")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["said", "id"]
        constraints = [models.UniqueConstraint(fields=["said", "by"], name="finding_agreed_once_by_each")]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"
