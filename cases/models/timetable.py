"""Which cases a slot of the timetable is about."""

from django.db import models

from cases.models.sample import Case
from inspections.models import Slot


class SlotCase(models.Model):
    """A case that an interview or a discussion covers."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="covered")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="slot_cases")

    class Meta:
        ordering = ["slot", "case"]
        constraints = [models.UniqueConstraint(fields=["slot", "case"], name="slot_case_once")]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.case_id}"
