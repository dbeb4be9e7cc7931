"""The rating meeting: its start, its agenda, and the freeze."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.actions import meetings
from ratings.actions.members import record_members
from ratings.forms import MembersForm, UnfreezeForm
from ratings.models import Meeting
from ratings.queries import evidence
from ratings.queries.meetings import Agenda, changes_to_show, meeting_of, meeting_or_404
from ratings.queries.members import members_of
from ratings.queries.versions import earlier
from ratings.rules.quorum import missing_quorum


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def meeting(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Posting starts the meeting."""
    if request.method == "POST":
        return start(request, inspection)
    found = meeting_of(inspection)
    context = {"inspection": inspection, "may_decide": may(inspection, access.DECIDE)}
    if found is None:
        return render(request, "ratings/meeting_start.html", context | {"unsent": list(evidence.unsent(inspection))})
    everybody = members_of(found)
    context |= {
        "agenda": Agenda(found),
        "changes": changes_to_show(found),
        "members": everybody,
        "no_quorum": missing_quorum(inspection.kind.meeting, everybody),
        "earlier": list(earlier(found)) if found.number > 1 else [],
    }
    return render(request, "ratings/meeting_agenda.html", context)


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def members(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    found = meeting_or_404(inspection)
    agenda, everybody = Agenda(found), members_of(found)
    items = [agenda_item.item for agenda_item in agenda.items]
    form = MembersForm(request.POST if request.method == "POST" else None, members=everybody, items=items)
    if form.is_valid() and recorded(request, found, form):
        return redirect("ratings:meeting", ref=inspection.ref)
    open_to_person = may(inspection, access.DECIDE) and not found.frozen_at
    context = {"inspection": inspection, "members": everybody, "agenda": agenda}
    return render(request, "ratings/meeting_members.html", context | {"form": form if open_to_person else None})


def recorded(request: HttpRequest, found: Meeting, form: MembersForm) -> bool:
    present, by = form.cleaned_data["present"], cast(User, request.user)
    try:
        record_members(meeting=found, present=present, leaving=form.leaving, by=by)
    except Refused as problem:
        messages.error(request, str(problem))
        return False
    return True


def start(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    try:
        meetings.start(inspection=inspection, by=cast(User, request.user))
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("ratings:meeting", ref=inspection.ref)


@inspection_page(do=access.DECIDE)
def freeze(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    try:
        meetings.freeze(meeting=meeting_or_404(inspection), by=cast(User, request.user))
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("ratings:meeting", ref=inspection.ref)
    return redirect("ratings:sign-off", ref=inspection.ref)


@inspection_page(see=access.DECIDE, do=access.DECIDE)
def unfreeze(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    found = meeting_or_404(inspection)
    form = UnfreezeForm(request.POST or None)
    if form.is_valid():
        try:
            meetings.unfreeze(meeting=found, reason=form.cleaned_data["reason"], by=cast(User, request.user))
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("ratings:meeting", ref=inspection.ref)
    return render(request, "ratings/meeting_unfreeze.html", {"inspection": inspection, "form": form})
