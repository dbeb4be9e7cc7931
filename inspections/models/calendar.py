"""What the Inspectorate knows of days: bank holidays that it keeps itself, and who is away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

PERSON = settings.AUTH_USER_MODEL


class HolidayChange(models.Model):
    """A day that became a bank holiday, or ceased to be one, after the list was published. The last one counts."""

    day = models.DateField()
    is_holiday = models.BooleanField()
    name = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="holiday_change_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_holiday=True) & ~Q(name="") | Q(is_holiday=False, name=""),
                name="holiday_change_names_a_holiday",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.is_holiday}"


class Leave(models.Model):
    """Days on which somebody of the Inspectorate is away; why is nobody's business."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="leave")
    first = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="leave_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="leave_cancelled_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first}"


class ServiceFigures(models.Model):
    """What the quarterly meeting with the Youth Justice Board said of a service. The latest of a quarter counts.

    `reoffending` and `custody` are percentages, `first_time` counts first-time entrants for each 100,000 children.
    """

    service = models.ForeignKey("inspections.Service", on_delete=models.PROTECT, related_name="figures")
    quarter = models.DateField(help_text="Its first day.")
    reoffending = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    first_time = models.PositiveIntegerField(null=True, blank=True)
    custody = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    concern = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-quarter", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarter__month__in=[1, 4, 7, 10], quarter__day=1), name="service_figures_of_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(reoffending__isnull=True) | Q(reoffending__range=(0, 100)),
                name="service_figures_reoffending_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(custody__isnull=True) | Q(custody__range=(0, 100)),
                name="service_figures_custody_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(reoffending__isnull=False)
                | Q(first_time__isnull=False)
                | Q(custody__isnull=False)
                | ~Q(concern=""),
                name="service_figures_say_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.quarter}"
