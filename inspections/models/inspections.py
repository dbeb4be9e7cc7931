"""Services, inspections, their teams, their timeline, and what people are told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.standards import standards_at
from standards.schema import InspectionType, Standards

PERSON = settings.AUTH_USER_MODEL


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    WALES = "wales", "Wales"


class Service(models.Model):
    """A youth justice service. It is not a local authority: some serve several, some go by other names."""

    name = models.CharField(max_length=120, unique=True)
    nation = models.CharField(max_length=10, choices=Nation)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(nation__in=Nation.values), name="service_nation_is_known")]

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """How far an inspection has come. What may be seen and done hangs on it (inspections/access.py)."""

    SCHEDULED = "scheduled", "Scheduled"
    ANNOUNCED = "announced", "Announced"
    FIELDWORK = "fieldwork", "Fieldwork"
    RATING = "rating", "At the rating meeting"
    SIGNED = "signed", "Signed off"
    TOLD = "told", "Service told"


class Inspection(models.Model):
    """`evidence_version` goes up by one, under the row's lock, with every change that a rating depends on."""

    ref = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="inspections")
    inspection_type = models.CharField(max_length=20)
    nation = models.CharField(max_length=10, choices=Nation)
    standards_key = models.CharField(max_length=20)
    standards_hash = models.CharField(max_length=64)
    fieldwork_start = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.SCHEDULED)
    evidence_version = models.PositiveBigIntegerField(default=0)
    evidence_changed_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="The day on which the service was first told ratings.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    parties: frozenset[str] = frozenset()  # what whoever fetched it is to it; set by queries.inspection_for

    class Meta:
        ordering = ["-fieldwork_start", "ref"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="inspection_stage_is_known"),
            models.CheckConstraint(condition=Q(nation__in=Nation.values), name="inspection_nation_is_known"),
            models.CheckConstraint(
                condition=Q(fieldwork_start__iso_week_day=1), name="inspection_fieldwork_starts_on_a_monday"
            ),
            models.UniqueConstraint(fields=["service", "fieldwork_start"], name="inspection_of_a_service_starts_once"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def standards(self) -> Standards:
        """As they were when the inspection began, whatever the file says now."""
        return standards_at(self.standards_key, self.standards_hash)

    @property
    def kind(self) -> InspectionType:
        return self.standards.inspection_types[self.inspection_type]


class TeamRole(models.TextChoices):
    LEAD = "lead", "Lead inspector"
    DEPUTY = "deputy", "Deputy inspector"
    ASSISTANT = "assistant", "Assistant inspector"
    LOCAL_ASSESSOR = "local_assessor", "Local assessor"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    PANEL_MEMBER = "panel_member", "Panel member"
    QUALITY_ASSURER = "quality_assurer", "Quality assurer"


ONE_OF_EACH = (TeamRole.LEAD, TeamRole.PANEL_CHAIR)
READERS = (TeamRole.LEAD, TeamRole.DEPUTY, TeamRole.ASSISTANT, TeamRole.LOCAL_ASSESSOR)


class Membership(models.Model):
    """One person's place on one inspection's team, from `since` until `until` (open while null)."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=TeamRole)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    has_interest = False  # whether the person has declared one in the service; set by queries.team.team_of

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after"
            ),
            models.UniqueConstraint(
                fields=["inspection", "person"], condition=Q(until__isnull=True), name="membership_one_role_a_person"
            ),
            models.UniqueConstraint(
                fields=["inspection", "role"],
                condition=Q(until__isnull=True, role__in=[*ONE_OF_EACH]),
                name="membership_one_lead_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class InterestKind(models.TextChoices):
    """A category and no more: nobody has to explain."""

    EMPLOYMENT = "employment", "Works or worked for the service"
    PERSONAL = "personal", "Knows someone there personally"
    OTHER = "other", "Another interest"


class Interest(models.Model):
    """A declared interest in a service. While it stands, the person is kept from that service's inspections."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="interests")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=20, choices=InterestKind)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InterestKind.values), name="interest_kind_is_known"),
            models.UniqueConstraint(
                fields=["person", "service"], condition=Q(ended_at__isnull=True), name="interest_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.service_id}"


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"


class ServiceContact(models.Model):
    """Someone at the inspected service: they see its own pages, and only what has been released.

    A colleague whom a contact invited has one of a few places; whoever the Inspectorate named has none. What somebody
    chose about language and needs is their own, and asked once.
    """

    PLACES = 5

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="contact_for")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="contacts")
    until = models.DateTimeField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Language, blank=True)
    needs = models.CharField(max_length=500, blank=True, help_text="What helps them to take part, in their own words.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "service"], condition=Q(until__isnull=True), name="service_contact_once"
            ),
            models.UniqueConstraint(
                fields=["service", "place"], condition=Q(until__isnull=True), name="service_contact_one_a_place"
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True, invited_at__isnull=True, invited_by__isnull=True)
                | Q(place__range=(1, 5), invited_at__isnull=False, invited_by__isnull=False),
                name="service_contact_invited_to_one_of_five_places",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["", *Language.values]), name="service_contact_language_is_known"
            ),
            models.CheckConstraint(condition=Q(needs="") | ~Q(language=""), name="service_contact_needs_with_language"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.service_id}"


class TimelineStep(models.Model):
    """A date that the rules give (`planned`, never changed), the latest view of it, and when it happened.

    A step that is not always taken may turn out not to be needed; it can still be recorded.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="timeline")
    step = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    who = models.CharField(max_length=120)
    rule = models.CharField(max_length=300)
    moved_because = models.CharField(max_length=300, blank=True)
    planned = models.DateField()
    anticipated = models.DateField()
    actual = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    not_needed_at = models.DateTimeField(null=True, blank=True)
    not_needed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "position"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "step"], name="timeline_step_once"),
            models.CheckConstraint(
                condition=Q(actual__isnull=False) | Q(recorded_by__isnull=True), name="timeline_recorded_when_actual"
            ),
            models.CheckConstraint(
                condition=Q(not_needed_at__isnull=True, not_needed_by__isnull=True)
                | Q(not_needed_at__isnull=False, not_needed_by__isnull=False),
                name="timeline_not_needed_says_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.actual is None and self.not_needed_at is None


OPEN = Q(actual__isnull=True, not_needed_at__isnull=True)
"""Steps that are still to come."""


class Why(models.TextChoices):
    SERVICE_ASKED = "service_asked", "The service asked for it"
    PEOPLE = "people", "Somebody is away"
    MORE_WORK = "more_work", "The work takes longer than planned"
    TRANSLATION = "translation", "Translation takes longer than planned"
    ELECTION = "election", "An election, or another time in which nothing is published"
    OTHER = "other", "Another reason"


class DateChange(models.Model):
    """A date of the timeline that was moved, or is to be moved once the second person agrees.

    `moves` has every step whose date changes with it, the step itself among them: [step, before, after], as ISO dates.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="date_changes")
    step = models.ForeignKey(TimelineStep, on_delete=models.PROTECT, related_name="changes")
    day = models.DateField()
    why = models.CharField(max_length=20, choices=Why)
    reason = models.CharField(max_length=500)
    discussed_on = models.DateField(null=True, blank=True, help_text="When it was discussed with the service.")
    moves = models.JSONField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="When it was refused or taken back.")
    dropped_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="date_change_why_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="date_change_needs_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="date_change_agreed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, agreed_at__isnull=True),
                name="date_change_dropped_by_someone",
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(agreed_at__isnull=True, dropped_at__isnull=True),
                name="date_change_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.day}"


class Notification(models.Model):
    """Something a person is told. `key` names the occasion, so that no occasion is told twice.

    `mail` is the e-mail that says that there is something new; there may be none.
    """

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="notifications")
    inspection = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(
        "OutgoingMail", null=True, blank=True, on_delete=models.PROTECT, related_name="notifications"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(mail__isnull=True, read_at__isnull=True),
                name="notification_not_mailed",
            )
        ]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once_an_occasion")]

    def __str__(self) -> str:
        return self.text


class OutgoingMail(models.Model):
    """An e-mail to one person or address, kept before it is sent.

    `key` names the occasion, so that no occasion is written twice. `link` is an address within the product, but where
    the e-mail answers `sign_in`: then link and code are made when it is sent. `attempts` counts claims; whoever claimed
    it has it until `next_try_at`.
    """

    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="outgoing_mail")
    address = models.EmailField(blank=True, help_text="Of somebody who has no account here.")
    inspection = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    sentence = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sign_in = models.ForeignKey(
        "accounts.SignInRequest", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="outgoing_mail_once_an_occasion"),
            models.UniqueConstraint(
                fields=["address", "key"], condition=~Q(address=""), name="outgoing_mail_once_an_address"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="") | Q(person__isnull=True) & ~Q(address="") & Q(link=""),
                name="outgoing_mail_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(attempts__gte=1), name="outgoing_mail_sent_by_an_attempt"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(sent_at__isnull=True), name="outgoing_mail_waiting")
        ]

    def __str__(self) -> str:
        return self.key
