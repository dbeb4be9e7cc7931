"""Computes provisional ratings. The product does this by itself, every few seconds, so it leaves no audit event."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts import clock
from inspections.models import Inspection
from ratings.models import Snapshot
from ratings.queries import evidence as answers
from ratings.queries import snapshots
from ratings.rules import rate
from ratings.rules.evidence import evidence_to_json
from ratings.rules.meeting import rating_input
from ratings.rules.record import result_to_json


@transaction.atomic
def compute(*, inspection_id: int) -> Snapshot | None:
    """None where another process is computing it now, or it is not stale. Safe to run twice, at once, or late.

    The version is read before the answers: a change that commits in between makes the result stale, not wrong.
    """
    if not snapshots.claimed(inspection_id):
        return None
    inspection = snapshots.stale().filter(pk=inspection_id).first()
    return store(inspection, snapshots.latest(inspection_id)) if inspection else None


def store(inspection: Inspection, before: Snapshot | None) -> Snapshot:
    counted = answers.tallied(answers.counting(inspection.pk))
    standards, kind, tallies = inspection.standards, inspection.inspection_type, answers.tallies(inspection, counted)
    result = rate(standards, rating_input(standards, kind, tallies, {}))
    snapshot = Snapshot.objects.create(
        inspection=inspection,
        evidence_version=inspection.evidence_version,
        computed_at=clock.now(),
        evidence=evidence_to_json(answers.provisional(inspection, counted)),
        result=result_to_json(result),
        overall=result.overall or "",
    )
    if before and ratings_in(before.result) == ratings_in(snapshot.result):
        before.delete()
    return snapshot


def ratings_in(result: Mapping[str, Any]) -> dict[str, str | None]:
    """The rating of each key question and each standard: what makes an older snapshot worth keeping."""
    parts = {**result["key_questions"], **result["standards"], "overall": {"rating": result["overall"]}}
    return {code: part["rating"] for code, part in parts.items()}
