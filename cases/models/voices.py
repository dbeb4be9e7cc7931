"""What meetings, discussions and children, parents and carers said: notes, who took part by role, and themes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.discussions import Discussion
from inspections.models import Inspection, Slot

PERSON = settings.AUTH_USER_MODEL


class MeetingNote(models.Model):
    """The notes of one visit, meeting or focus group, with or without a slot of the timetable.

    `kind` is a code as a slot has it. `attendance` pairs a role with how many of it came; it never holds a name.
    Where nobody took the offer up, `not_taken_up` says why.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="meeting_notes")
    slot = models.OneToOneField(Slot, null=True, blank=True, on_delete=models.PROTECT, related_name="note")
    kind = models.CharField(max_length=40)
    held_on = models.DateField()
    purpose = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    attendance = models.JSONField(default=list, blank=True)
    not_taken_up = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "held_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="meeting_note_version_counts_from_one"),
            models.CheckConstraint(
                condition=~Q(text="", not_taken_up="", purpose=""), name="meeting_note_says_something"
            ),
            models.CheckConstraint(
                condition=Q(not_taken_up="") | Q(attendance=[]), name="meeting_note_of_nobody_without_attendance"
            ),
        ]

    def __str__(self) -> str:
        return f"Notes of {self.kind} on {self.held_on}"


class MeetingNoteVersion(models.Model):
    """What the notes were, from this save to the next. Only ever added to."""

    note = models.ForeignKey(MeetingNote, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    held_on = models.DateField()
    purpose = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    attendance = models.JSONField(default=list, blank=True)
    not_taken_up = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["note", "-version"]
        constraints = [models.UniqueConstraint(fields=["note", "version"], name="meeting_note_version_once")]

    def __str__(self) -> str:
        return f"Version {self.version}"


class Step(models.TextChoices):
    OFFER = "offer", "Offer"
    CONTACT = "contact", "Contact"


class Contact(models.Model):
    """Children, parents and carers were offered to take part, or did: how many of each, never who.

    `channel` is one of the standards. A contact that reached nobody says why; `views` are written without names.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="voices")
    once = models.UUIDField(unique=True, help_text="Made by the page, so that a form sent twice is one contact.")
    step = models.CharField(max_length=10, choices=Step)
    channel = models.CharField(max_length=40)
    day = models.DateField()
    children = models.PositiveSmallIntegerField(default=0)
    parents = models.PositiveSmallIntegerField(default=0)
    carers = models.PositiveSmallIntegerField(default=0)
    no_contact_reason = models.CharField(max_length=500, blank=True)
    views = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    channel_name: str  # cases.queries.voices sets it

    class Meta:
        ordering = ["inspection", "day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="voices_step_is_known"),
            models.CheckConstraint(
                condition=(Q(no_contact_reason="") & ~Q(children=0, parents=0, carers=0))
                | (~Q(no_contact_reason="") & Q(step=Step.CONTACT, children=0, parents=0, carers=0, views="")),
                name="voices_of_somebody_or_a_reason",
            ),
            models.CheckConstraint(condition=Q(views="") | Q(step=Step.CONTACT), name="voices_views_are_of_a_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} of {self.day}"


class Direction(models.TextChoices):
    STRENGTH = "strength", "Strength"
    IMPROVE = "improve", "Area to improve"
    NOTE = "note", "Note"


class Basis(models.TextChoices):
    """What a theme of a discussion, which is a finding, is based on."""

    REVIEW = "review", "The service's review"
    SAID = "said", "What was said in the discussion"
    READ = "read", "Our read of the case"


class Theme(models.Model):
    """A short statement about one standard, gathered on `day` at a meeting or discussion, in a contact, or at the
    catch-up.

    At most one of `meeting`, `contact` and `discussion` is set; with none it comes from the catch-up. One of a
    discussion says what it is based on. It is withdrawn, never deleted.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="themes")
    standard = models.CharField(max_length=10)
    direction = models.CharField(max_length=10, choices=Direction)
    text = models.CharField(max_length=500)
    day = models.DateField()
    meeting = models.ForeignKey(MeetingNote, null=True, blank=True, on_delete=models.PROTECT, related_name="themes")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="themes")
    discussion = models.ForeignKey(Discussion, null=True, blank=True, on_delete=models.PROTECT, related_name="themes")
    based_on = models.CharField(max_length=10, choices=Basis, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    source: str  # in words; cases.queries.voices sets it

    class Meta:
        ordering = ["inspection", "standard", "day", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="theme_says_something"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="theme_direction_is_known"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(contact__isnull=True), name="theme_has_one_source"
            ),
            models.CheckConstraint(condition=Q(based_on__in=["", *Basis.values]), name="theme_basis_is_known"),
            models.CheckConstraint(
                condition=Q(discussion__isnull=True, based_on="")
                | Q(discussion__isnull=False, based_on__in=Basis.values, meeting__isnull=True, contact__isnull=True),
                name="theme_of_a_discussion_has_a_basis",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="theme_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.get_direction_display()}"


class ThemeAgreement(models.Model):
    """That somebody other than its author agrees with a theme. Only ever added to."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="agreements")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["theme", "id"]
        constraints = [models.UniqueConstraint(fields=["theme", "by"], name="theme_agreed_once_by_each")]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class CatchUpAction(models.Model):
    """What somebody takes on at the catch-up of `day`, for the next."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="catch_up_actions")
    day = models.DateField()
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "day", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="catch_up_action_says_something"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="catch_up_action_done_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"
