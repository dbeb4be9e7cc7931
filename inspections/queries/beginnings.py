"""The announcement and the planning meeting of an inspection."""

from django.http import Http404

from inspections.models import Announcement, Inspection, PlanningMeeting
from inspections.queries.service import lead_of
from inspections.rules.beginnings import LetterFacts


def announcement_of(inspection: Inspection) -> Announcement | None:
    return Announcement.objects.filter(inspection=inspection).select_related("sent_by").first()


def announcement_or_404(inspection: Inspection) -> Announcement:
    found = announcement_of(inspection)
    if found is None:
        raise Http404
    return found


def last_yjb_email() -> str:
    """Where the Youth Justice Board was told of the last inspection."""
    last = Announcement.objects.order_by("-sent_at").values_list("yjb_email", flat=True).first()
    return last or ""


def letter_facts(inspection: Inspection) -> LetterFacts:
    lead = lead_of(inspection)
    return LetterFacts(
        service=inspection.service.name,
        ref=inspection.ref,
        kind=inspection.kind.name,
        weeks=inspection.kind.weeks,
        lead=lead.person.name if lead else "",
        lead_email=lead.person.email if lead else "",
        fieldwork_start=inspection.fieldwork_start,
        days=dict(inspection.timeline.values_list("step", "anticipated")),
    )


def planning_meeting_of(inspection: Inspection) -> PlanningMeeting | None:
    return PlanningMeeting.objects.filter(inspection=inspection).select_related("saved_by").first()
