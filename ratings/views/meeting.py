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
from ratings.forms import UnfreezeForm
from ratings.queries import evidence
from ratings.queries.meetings import Agenda, changed_since, meeting_of, meeting_or_404
from ratings.queries.versions import earlier


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def meeting(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Posting starts the meeting."""
    if request.method == "POST":
        return start(request, inspection)
    found = meeting_of(inspection)
    context = {"inspection": inspection, "may_decide": may(inspection, access.DECIDE)}
    if found is None:
        return render(request, "ratings/meeting_start.html", context | {"unsent": list(evidence.unsent(inspection))})
    before = list(earlier(found)) if found.number > 1 else []
    context |= {"agenda": Agenda(found), "changes": changed_since(found), "earlier": before}
    return render(request, "ratings/meeting_agenda.html", context)


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
