"""Questions that are asked about an answer of a sent case, and what is said about them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.sample import Case

PERSON = settings.AUTH_USER_MODEL


class Query(models.Model):
    """A question about one answer. PostgreSQL keeps it: only its closing is ever written, once, by who asked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="queries")
    question = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="queries")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    state: str  # set by cases.queries.queries.stated

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "question", "asked_by"],
                condition=Q(closed_at__isnull=True),
                name="query_open_once_an_answer_and_asker",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, closed_by=F("asked_by")),
                name="query_closed_by_who_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.question}"


class QueryMessage(models.Model):
    """What somebody said in a query, and the version that the answer had then. Only ever added to."""

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000)
    answer_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="query_message_says_something")]

    def __str__(self) -> str:
        return f"Message {self.pk}"
