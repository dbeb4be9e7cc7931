"""Changes of the timetable that the service asks for."""

from django.db.models import QuerySet
from django.http import Http404

from accounts import clock
from cases.queries.timetable import from_json, latest_version
from cases.rules.timetable import Booked
from inspections.models import Inspection, Slot, SlotRequest


def sent_slot(inspection: Inspection, pk: int) -> tuple[Slot, Booked]:
    """A slot of the version that was sent last, and as it was sent; Http404 for any other."""
    version = latest_version(inspection)
    sent = next((one for one in from_json(version.slots) if one.pk == pk), None) if version else None
    slot = Slot.objects.filter(inspection=inspection, pk=pk).first() if sent else None
    if sent is None or slot is None:
        raise Http404
    slot.inspection = inspection
    return slot, sent


def requests_of(inspection: Inspection) -> QuerySet[SlotRequest]:
    """In the order in which they were made."""
    found = SlotRequest.objects.filter(slot__inspection=inspection)
    return found.select_related("slot", "asked_by", "answered_by").order_by("id")


def waiting(inspection: Inspection) -> QuerySet[SlotRequest]:
    return requests_of(inspection).filter(answer="")


def latest_by_slot(inspection: Inspection) -> dict[int, SlotRequest]:
    return {request.slot_id: request for request in requests_of(inspection)}


def request_or_404(inspection: Inspection, pk: int) -> SlotRequest:
    found = requests_of(inspection).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.slot.inspection = inspection
    return found


def is_over(sent: Booked) -> bool:
    return sent.begins <= clock.now()
