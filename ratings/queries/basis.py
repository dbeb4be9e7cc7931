"""What the figures of an inspection are made from now: while it is the same, they are the same."""

from django.db import connection

from inspections.models import Inspection
from ratings.rules.record import digest

Basis = tuple[object, ...]

# A row's place and last transaction change with every change of the row.
LATEST = """
SELECT meeting.id, meeting.place, (SELECT max(id) FROM ratings_decision WHERE meeting_id = meeting.id),
       snapshot.id, snapshot.place, snapshot.evidence_version
FROM (SELECT) AS one
LEFT JOIN LATERAL (
  SELECT id, (xmin, ctid)::text AS place FROM ratings_meeting WHERE inspection_id = %s ORDER BY number DESC LIMIT 1
) AS meeting ON true
LEFT JOIN LATERAL (
  SELECT id, (xmin, ctid)::text AS place, evidence_version FROM ratings_snapshot
  WHERE inspection_id = %s ORDER BY evidence_version DESC LIMIT 1
) AS snapshot ON true
"""


def basis_of(inspection: Inspection) -> Basis | None:
    """None where nothing has been computed yet. One query, of a few columns, whatever the figures weigh."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [inspection.pk, inspection.pk])
        meeting, meeting_place, decision, snapshot, snapshot_place, version = cursor.fetchone()
    if meeting is not None:
        return inspection.pk, inspection.ref, meeting, meeting_place, decision
    if snapshot is not None:
        return inspection.pk, inspection.ref, snapshot, snapshot_place, version < inspection.evidence_version
    return None


def etag_of(basis: Basis) -> str:
    return f'"{digest({"basis": basis})}"'
