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
from ratings.models import Meeting
from ratings.queries.discretion import discretion_of
from ratings.queries.meetings import Agenda, meeting_or_404


@inspection_page(see=access.SEE_MEETING, do=access.DECIDE)
def discretion(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Posting records a wish, or, with `rule`, why a decision rule is departed from."""
    meeting = meeting_or_404(inspection)
    found, is_override = discretion_of(Agenda(meeting)), "rule" in request.POST
    override = OverrideForm(sent(request) if is_override else None, rules=found.unexplained)
    wish = WishForm(None if is_override else sent(request), found=found, standards=inspection.standards)
    form = override if is_override else wish
    if request.method == "POST" and form.is_valid() and recorded(request, meeting, form):
        messages.success(request, "It is in the discretion record.")
        return redirect("ratings:discretion", ref=inspection.ref)
    page = {
        "inspection": inspection,
        "meeting": meeting,
        "found": found,
        "override": override,
        "wish": wish,
        "form": form,
        "may_add": may(inspection, access.DECIDE) and not meeting.frozen_at,
    }
    return render(request, "ratings/discretion_show.html", page)


def recorded(request: HttpRequest, meeting: Meeting, form: OverrideForm | WishForm) -> bool:
    by = cast(User, request.user)
    try:
        if isinstance(form, OverrideForm):
            acting.override_rule(meeting=meeting, by=by, **form.cleaned_data)
        else:
            acting.record_wish(meeting=meeting, by=by, **form.cleaned_data)
    except Refused as problem:
        form.add_error(None, str(problem))
        return False
    return True
