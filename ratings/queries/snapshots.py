"""Provisional results: the latest, and the inspections whose latest is stale."""

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from inspections.models import Inspection, Stage
from ratings.models import Snapshot

RATED_STAGES = [Stage.FIELDWORK, Stage.RATING]
CLAIM = 0x5A11  # the class of the advisory locks of this app


def latest(inspection_id: int) -> Snapshot | None:
    return Snapshot.objects.filter(inspection=inspection_id).order_by("-evidence_version").first()


def stale() -> QuerySet[Inspection]:
    """Inspections that have moved on since their latest snapshot, or have none yet."""
    newest = Snapshot.objects.filter(inspection=OuterRef("pk")).order_by("-evidence_version")
    counted = Inspection.objects.alias(counted=Subquery(newest.values("evidence_version")[:1]))
    behind = Q(counted__isnull=True) | Q(counted__lt=F("evidence_version"))
    return counted.filter(behind, stage__in=RATED_STAGES).order_by("pk")


def claimed(inspection_id: int) -> bool:
    """Whether this transaction is the one that computes this inspection now. Held until it ends, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [CLAIM, inspection_id])
        return bool(cursor.fetchone()[0])
