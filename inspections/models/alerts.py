"""Organisational alerts, and what was decided about a reactive inspection."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.inspections import Inspection

PERSON = settings.AUTH_USER_MODEL


class OrganisationalAlert(models.Model):
    """The lead inspector warns of the organisation; a head of programme confirms it or not, with a reason."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="alerts")
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_because = models.TextField(blank=True, help_text="Why it was confirmed or refused.")

    class Meta:
        ordering = ["inspection", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="alert_has_a_reason"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(settled_because="")),
                name="alert_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True)
                | (
                    Q(refused_at__isnull=False, refused_by__isnull=False, confirmed_at__isnull=True)
                    & ~Q(settled_because="")
                ),
                name="alert_refused_by_someone",
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(refused_at__isnull=True), name="alert_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"


class Trigger(models.TextChoices):
    INADEQUATE = "inadequate", "Rated in the lowest band"
    ALERTED = "alerted", "Organisational alert"
    IMPRESSIVE = "impressive", "Rated in the highest band"


class ReactiveDecision(models.Model):
    """Whether a reactive inspection follows this one, and why. Only ever added to; where it goes ahead, it stands."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="reactive_decisions")
    trigger = models.CharField(max_length=20, choices=Trigger)
    reason = models.TextField()
    outside_window_because = models.TextField(blank=True)
    leads_to = models.OneToOneField(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="follows_from"
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["inspection", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="reactive_trigger_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="reactive_decision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(outside_window_because="") | Q(leads_to__isnull=False),
                name="reactive_window_matters_where_it_goes_ahead",
            ),
            models.CheckConstraint(
                condition=Q(leads_to__isnull=True) | ~Q(leads_to=models.F("inspection")),
                name="reactive_leads_to_another",
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(leads_to__isnull=False), name="reactive_goes_ahead_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"
