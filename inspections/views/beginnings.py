"""The announcement of an inspection, and its planning meeting."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions import beginnings as actions
from inspections.actions.inspections import StageRefused
from inspections.actions.refused import Refused
from inspections.forms.beginnings import AnnouncementForm, PlanningForm
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.queries.beginnings import (
    announcement_of,
    announcement_or_404,
    last_yjb_email,
    letter_facts,
    planning_meeting_of,
)
from inspections.queries.service import contacts_listed
from inspections.rules.beginnings import AGENDA, announcement_problem, letter


@inspection_page(see=access.SEE_ANNOUNCEMENT, do=access.MOVE_ON)
def announcement(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = AnnouncementForm(sent(request), inspection=inspection, initial={"yjb_email": last_yjb_email()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.announce(inspection=inspection, by=cast(User, request.user), **form.said())
        except StageRefused:
            messages.error(request, "This inspection has been announced already. Nothing was sent again.")
            return redirect("inspections:announcement", ref=inspection.ref)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, "The inspection is announced.")
            return redirect("inspections:announcement", ref=inspection.ref)
    return announcement_page(request, inspection, form)


def announcement_page(request: HttpRequest, inspection: Inspection, form: AnnouncementForm) -> HttpResponse:
    """The letter as it was sent, or as it would be sent now."""
    found, today = announcement_of(inspection), clock.today()
    may_send = inspection.stage == "scheduled" and may(inspection, access.MOVE_ON)
    page = {
        "inspection": inspection,
        "announcement": found,
        "letter": found.letter if found else letter(letter_facts(inspection)),
        "contacts": contacts_listed(inspection),
        "form": form if may_send else None,
        "date_problem": announcement_problem(today=today, reason=""),
    }
    return render(request, "inspections/announcement.html", page)


@inspection_page(see=access.SEE_SERVICE_HOME)
def service_letter(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {"inspection": inspection, "announcement": announcement_or_404(inspection)}
    return render(request, "inspections/service_letter.html", page)


@inspection_page(see=access.SEE_PLANNING_MEETING, do=access.WRITE_PLANNING_MEETING)
def planning_meeting(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    meeting, theirs = planning_meeting_of(inspection), None
    form = PlanningForm(sent(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("version", "decisions", "language")}
        try:
            actions.save_meeting(inspection=inspection, answers=form.answers(), by=cast(User, request.user), **said)
        except actions.MeetingRefused as refused:
            theirs = refused.theirs
            form.add_error(None, f"{refused}. Read what stands now, then save yours or change it first")
            form.on_top_of(theirs)
        else:
            messages.success(request, "The notes are saved.")
            return redirect("inspections:planning-meeting", ref=inspection.ref)
    shown = theirs or meeting
    page = {
        "inspection": inspection,
        "form": form if may(inspection, access.WRITE_PLANNING_MEETING) else None,
        "meeting": shown,
        "theirs": theirs,
        "notes": [(question, shown.answers.get(code, "")) for code, question in AGENDA.items()] if shown else [],
    }
    return render(request, "inspections/planning_meeting.html", page)
