"""Provisional ratings, the meeting that decides, its decisions and its signatures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models import Inspection, TeamRole

PERSON = settings.AUTH_USER_MODEL
SIGNING_ROLES = [TeamRole.PANEL_CHAIR, TeamRole.LEAD]
MEETING_ROLES = [*SIGNING_ROLES, TeamRole.DEPUTY, TeamRole.PANEL_MEMBER]


class Snapshot(models.Model):
    """A provisional result as computed from the evidence at `evidence_version`; stale when that has moved on.

    Kept: the latest, and the last one before each change of a rating.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="snapshots")
    evidence_version = models.PositiveBigIntegerField()
    computed_at = models.DateTimeField()
    evidence = models.JSONField(help_text="Every counting answer, as ratings.rules.evidence lays it out.")
    result = models.JSONField(help_text="What ratings.rules.rate gave, as JSON, with its trace.")
    overall = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["inspection", "-evidence_version"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "evidence_version"], name="snapshot_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} at {self.evidence_version}"


class Meeting(models.Model):
    """A ratification meeting or ratings panel; each version of it has a row of its own.

    A version is replaced by the next, `because` of a reason, when signed ratings are opened again, or when one of the
    two signs and the other returns the record. What was replaced stays as it was, with its signatures.

    At its start the evidence is stamped: `evidence` holds every counting answer as it stood, with `evidence_digest`
    over it. Freezing closes the decisions: `record` holds the digest of the evidence, the decisions and the result,
    with `record_digest` over it; that is what is signed. PostgreSQL refuses any change of the stamp, any change of
    the record after the first signature, and any change at all after the second.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    because = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    evidence_version = models.PositiveBigIntegerField()
    evidence = models.JSONField()
    evidence_digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    record = models.JSONField(null=True, blank=True)
    record_digest = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["inspection", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, replaces__isnull=True, because="")
                | (Q(number__gt=1, replaces__isnull=False) & ~Q(because="")),
                name="meeting_replaces_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True, record__isnull=True, record_digest="")
                | (Q(frozen_at__isnull=False, frozen_by__isnull=False, record__isnull=False) & ~Q(record_digest="")),
                name="meeting_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(frozen_at__isnull=False), name="meeting_signed_when_frozen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} meeting {self.number}"


class Attendance(models.Model):
    """One of the team at a meeting: whether they are there, and the items for which they leave the room."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=TeamRole)
    present = models.BooleanField(default=True)
    leaves_for = models.JSONField(default=list, help_text="The codes of the items.")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once_a_person"),
            models.CheckConstraint(condition=Q(role__in=MEETING_ROLES), name="attendance_role_is_at_meetings"),
            models.CheckConstraint(
                condition=Q(present=True) | Q(leaves_for=[]), name="attendance_leaves_only_when_present"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.meeting_id}"


class Decision(models.Model):
    """What the meeting decided on one item: V1.2 (yes or no), V1 or 1.1 (a rating). The latest on an item stands."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.CharField(max_length=20)
    value = models.CharField(max_length=20)
    reason = models.TextField()
    findings = models.JSONField(
        default=list, blank=True, help_text="The agreed findings that it rests on: [number, version, statement]."
    )
    dissent = models.TextField(blank=True, default="", db_default="", help_text="Who disagreed, and why.")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.item} {self.value}"


class DiscretionKind(models.TextChoices):
    NONE = "none", "None used"
    OVERRIDE = "override", "Departs from a decision rule"
    WISH = "wish", "A wish, which changes nothing"


class DiscretionNote(models.Model):
    """What a meeting says of discretion. Only ever added to, and only before the record is frozen.

    `override` names the decision `rule` that the panel departs from, `wish` a standard that is rated from cases and the
    rating that somebody wanted for it: that goes to the head of programme as a note, and no figure hangs on it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="discretion_notes")
    kind = models.CharField(max_length=10, choices=DiscretionKind)
    rule = models.CharField(max_length=40, blank=True)
    standard = models.CharField(max_length=10, blank=True)
    wanted = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DiscretionKind.values), name="discretion_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=DiscretionKind.NONE, rule="", standard="", wanted="", reason="")
                | (Q(kind=DiscretionKind.OVERRIDE, standard="", wanted="") & ~Q(rule="") & ~Q(reason=""))
                | (Q(kind=DiscretionKind.WISH, rule="") & ~Q(standard="") & ~Q(wanted="") & ~Q(reason="")),
                name="discretion_says_what_its_kind_needs",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Signature(models.Model):
    """One of the two: the panel chair's and the lead inspector's, over the same record."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=TeamRole)
    record_digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="signature_once_a_person"),
            models.UniqueConstraint(fields=["meeting", "role"], name="signature_once_a_role"),
            models.CheckConstraint(condition=Q(role__in=SIGNING_ROLES), name="signature_is_of_chair_or_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"


class Outcome(models.Model):
    """That the service was told, when, by whom, how; opens only after sign-off."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="outcome")
    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    told_how = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"Told {self.told_on:%d %B %Y}"


class Pack(models.Model):
    """The panel pack as it was built: its pages, and what they were made from. A later one does not change it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveSmallIntegerField()
    evidence_version = models.PositiveBigIntegerField()
    standards_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="Over the figures, the decisions and the evidence in it.")
    html = models.TextField(help_text="As templates/ratings/_pack.html drew it.")
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="pack_number_once"),
            models.CheckConstraint(condition=~Q(digest="") & ~Q(html=""), name="pack_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} pack {self.number}"
