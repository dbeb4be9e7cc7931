"""Requests to open a sent read again."""

from cases.models import Case, ReopenRequest
from inspections.models import Inspection, Membership, TeamRole


def last_request(case: Case) -> ReopenRequest | None:
    """No query for a case that was never sent: nobody can have asked."""
    if not (case.sent_at or case.reopened_at):
        return None
    return case.reopen_requests.select_related("asked_by", "decided_by").first()


def lead_of(inspection: Inspection) -> int | None:
    lead = Membership.objects.filter(inspection=inspection, role=TeamRole.LEAD, until__isnull=True)
    return lead.values_list("person", flat=True).first()
