"""People, their sessions, and the record of what they did."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower

from accounts import sessions
from accounts.rules import MOST_TRIES


class Role(models.TextChoices):
    """What a person is to the Inspectorate. What they may do on one inspection comes from its team."""

    HEAD = "head_of_programme", "Head of programme"
    INSPECTOR = "inspector", "Inspector"
    LOCAL_ASSESSOR = "local_assessor", "Local assessor"
    QUALITY_ASSURER = "quality_assurer", "Quality assurer"
    COMMUNICATIONS = "communications", "Communications officer"
    ANALYST = "analyst", "Research analyst"
    ADMINISTRATOR = "administrator", "Administrator"
    SERVICE_CONTACT = "service_contact", "Service contact"


class News(models.TextChoices):
    """How somebody hears by e-mail of what is new. Concerns, releases and what was returned always come at once."""

    DIGEST = "digest", "In one e-mail at 7:30am on working days"
    AT_ONCE = "at_once", "At once"
    NONE = "none", "Not by e-mail"


class IsAesKey(models.Func):
    template = "octet_length(%(expressions)s) = 32"
    output_field = models.BooleanField()


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day on which this account works.")
    is_demo = models.BooleanField(default=False)
    quick_answers = models.BooleanField(
        default=False, db_default=False, help_text="Single keys answer the questions of a case read."
    )
    speaks_welsh = models.BooleanField(
        default=False, db_default=False, help_text="Reads cases and holds interviews in Welsh."
    )
    email_news = models.CharField(
        max_length=10, choices=News, default=News.DIGEST, db_default=News.DIGEST, help_text="When news comes by e-mail."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(condition=models.Q(email_news__in=News.values), name="user_email_news_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: date) -> bool:
        return self.is_active and (self.ends_on is None or day <= self.ends_on)


class SessionManager(BaseSessionManager["Session"]):
    def get_queryset(self) -> "models.QuerySet[Session]":
        return super().get_queryset().select_related("person")


class Session(AbstractBaseSession):
    """A signed-in browser. The person stands on the row, so that one query says who asks (docs/adr/0003)."""

    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")

    objects = SessionManager()  # type: ignore[misc]  # the stubs call the base's manager a class variable

    class Meta:
        verbose_name = "session"

    @classmethod
    def get_session_store_class(cls) -> "type[sessions.SessionStore]":
        return sessions.SessionStore


class DraftKey(models.Model):
    """Opens what one person has not sent yet, wherever it lies (docs/adr/0010). One a day, and soon forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="draft_keys")
    key = models.BinaryField()
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="draft_key_is_one_a_day"),
            models.CheckConstraint(condition=IsAesKey("key"), name="draft_key_has_256_bits"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class SignInRequest(models.Model):
    """Somebody asked for a sign-in link for this address. `person` is whoever it belongs to, once that was looked up.

    Link and code are made when the e-mail is sent, so only their digests are ever stored. Kept for a day.
    """

    email = models.CharField(max_length=254)
    sender = models.GenericIPAddressField(null=True)
    next_page = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    looked_up_at = models.DateTimeField(null=True)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sign_in_requests")
    token_digest = models.CharField(max_length=64, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="When its person's access ended.")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="sign_in_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(looked_up_at__isnull=False),
                name="sign_in_person_was_looked_up",
            ),
            models.CheckConstraint(
                condition=models.Q(token_digest="", code_digest="", used_at__isnull=True)
                | models.Q(person__isnull=False) & ~models.Q(token_digest="") & ~models.Q(code_digest=""),
                name="sign_in_link_is_of_a_person",
            ),
            models.CheckConstraint(condition=models.Q(tries__lte=MOST_TRIES), name="sign_in_code_tries_are_few"),
            models.UniqueConstraint(
                fields=["token_digest"], condition=~models.Q(token_digest=""), name="sign_in_token_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class AuditEvent(models.Model):
    """One action: who, when, what, on what. Never changed or deleted; chained per inspection by a trigger.

    `inspection` is the reference of the inspection ("" for actions outside one), `subject` what was acted on ("C-07"),
    `detail` small facts about it: counts, codes, digests, reasons. Never the words of a case.
    """

    at = models.DateTimeField()
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="audit_events")
    verb = models.CharField(max_length=60)
    inspection = models.CharField(max_length=20, blank=True, default="")
    subject = models.CharField(max_length=120, blank=True, default="")
    detail = models.JSONField(default=dict)
    position = models.BigIntegerField(default=0, editable=False)
    previous = models.CharField(max_length=64, blank=True, default="", editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "position"], name="audit_event_position_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Seal(models.Model):
    """A digest over the rows of one record table from after `after` up to `until`, chained with the seal before it.

    `columns` are those that it covers, so that a column added later breaks nothing. `number` runs over all tables.
    """

    number = models.PositiveBigIntegerField(unique=True)
    table = models.CharField(max_length=63)
    columns = models.JSONField()
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    count = models.PositiveIntegerField()
    rows_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "after"], name="seal_follows_one_of_its_table"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("after")), name="seal_covers_something"),
        ]

    def __str__(self) -> str:
        return f"Seal {self.number}"
