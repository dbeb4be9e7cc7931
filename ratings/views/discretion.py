"""The discretion record: where people chose, which advice they departed from, what somebody wished."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.actions import discretion as acting
from ratings.forms import OverrideForm, WishForm
from ratings.queries.discretion import discretion_of
from ratings.queries.meetings import Agenda, meeting_or_404


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def discretion(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Posting records a wish, or, with `rule`, why a decision rule is departed from."""
    meeting = meeting_or_404(inspection)
    found = discretion_of(Agenda(meeting))
    override = OverrideForm(sent(request) if "rule" in request.POST else None, rules=found.unexplained)
    wish = WishForm(None if "rule" in request.POST else sent(request), found=found, standards=inspection.standards)
    form = override if "rule" in request.POST else wish
    if request.method == "POST" and form.is_valid():
        record = acting.override_rule if form is override else acting.record_wish
        try:
            record(meeting=meeting, by=cast(User, request.user), **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "It is in the discretion record.")
            return redirect("ratings:discretion", ref=inspection.ref)
    page = {
        "inspection": inspection,
        "meeting": meeting,
        "found": found,
        "override": override,
        "wish": wish,
        "form": form,
    }
    page["may_add"] = may(inspection, access.DECIDE) and not meeting.frozen_at
    return render(request, "ratings/discretion_show.html", page)
