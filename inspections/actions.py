"""Every change of an inspection, its team, its timeline and what people are told."""

from django.db.models import F

from accounts import clock
from inspections.models import Inspection


def mark_evidence_changed(inspection_id: int) -> None:
    """Called by the action that changed it, in its transaction: ratings computed before this are stale."""
    Inspection.objects.filter(pk=inspection_id).update(
        evidence_version=F("evidence_version") + 1, evidence_changed_at=clock.now()
    )
