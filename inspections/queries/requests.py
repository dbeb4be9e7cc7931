"""What is read about requests to the service and what it sent."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts import clock
from accounts.models import User
from documents.models import State
from inspections import access, rules
from inspections.models import EvidenceFile, EvidenceReply, EvidenceRequest, Inspection
from inspections.queries.holidays import kept_holidays
from inspections.queries.permission import parties_of, relations
from standards.schema import EvidenceItem

MOST = 32_767  # PostgreSQL counts no further in these columns


def requests_of(inspection: Inspection) -> QuerySet[EvidenceRequest]:
    """With what was sent, the newest first, and its files."""
    files = Prefetch("files", EvidenceFile.objects.select_related("document"))
    sent = EvidenceReply.objects.select_related("sent_by", "accepted_by", "returned_by").prefetch_related(files)
    return inspection.evidence_requests.prefetch_related(Prefetch("replies", sent), files).order_by("number")


def returned_first(inspection: Inspection) -> list[EvidenceRequest]:
    """As the service reads them: what came back, what is still to be sent by its day, the rest."""

    def place(request: EvidenceRequest) -> tuple[bool, bool, date, int]:
        returned = request.latest is not None and request.latest.returned_at is not None
        return not returned, not request.awaits_service, request.due_on, request.number

    return sorted(requests_of(inspection), key=place)


def request_of(inspection: Inspection, number: int) -> EvidenceRequest:
    """Whether the person may see it was asked when the inspection was fetched. Raises Http404."""
    found = requests_of(inspection).filter(number=number).first() if number <= MOST else None
    if found is None:
        raise Http404
    found.inspection = inspection
    for reply in found.replies.all():
        reply.request = found
    return found


def unsent_files(request: EvidenceRequest) -> list[EvidenceFile]:
    return [file for file in request.files.all() if file.reply_id is None]


def file_of(request: EvidenceRequest, document: UUID) -> EvidenceFile:
    """Raises Http404."""
    found = next((file for file in request.files.all() if file.document_id == document), None)
    if found is None:
        raise Http404
    return found


def evidence_for(person: User, document: UUID, permission: access.Permission) -> EvidenceFile:
    """A file that is available, with its inspection, if this person may see it now.

    What there is not, what they may not see and what is not checked yet are one and the same: Http404. The team sees
    a file once it was sent.
    """
    files = EvidenceFile.objects.select_related("document", "request__inspection__service", "reply")
    with_relations = files.annotate(**relations(person, "request__inspection", "request__inspection__service"))
    found = with_relations.filter(document=document, document__state=State.AVAILABLE).first()
    if found is None:
        raise Http404
    inspection = found.request.inspection
    inspection.parties = parties_of(person, found)
    is_theirs = access.SERVICE_CONTACT in inspection.parties or found.reply_id is not None
    if is_theirs and permission.given_to(inspection.parties, inspection.stage):
        return found
    raise Http404


def not_asked_yet(inspection: Inspection) -> list[tuple[EvidenceItem, date]]:
    """The standards' items with the day on which each would be due, never before tomorrow."""
    asked = set(inspection.evidence_requests.values_list("code", flat=True))
    dates = dict(inspection.timeline.values_list("step", "anticipated"))
    items = [item for item in inspection.standards.evidence_items if item.code not in asked and item.step in dates]
    return [(item, due(dates[item.step], item.days_before)) for item in items]


def due(step: date, days_before: int) -> date:
    holidays = kept_holidays()
    first = rules.working_day_after(clock.today(), 1, holidays)
    return max(first, rules.working_day_after(step, -days_before, holidays) if days_before else step)
