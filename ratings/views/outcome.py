"""The signed outcome: for the team, telling the service, and what the service then sees."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.actions.outcomes import tell_service
from ratings.forms import TellForm
from ratings.models import Meeting
from ratings.queries.meetings import meeting_or_404
from ratings.queries.outcomes import outcome_of, signed_ratings
from ratings.queries.versions import earlier, told_of


@inspection_page(see=access.SEE_OUTCOME, do=access.TELL_SERVICE)
def outcome(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    meeting = meeting_or_404(inspection)
    form = tell_form(request, meeting)
    if form and form.is_valid() and told(request, inspection, form):
        return redirect("ratings:outcome", ref=inspection.ref)
    context = {
        "inspection": inspection,
        "meeting": meeting,
        "ratings": signed_ratings(meeting),
        "outcome": outcome_of(meeting),
        "told_before": [each for each in told_of(inspection) if each.outcome.meeting_id != meeting.pk],
        "form": form,
        "may_reopen": may(inspection, access.REOPEN_RATINGS),
        "may_read_versions": may(inspection, access.SEE_MEETING),
        "earlier": list(earlier(meeting)) if meeting.number > 1 else [],
    }
    return render(request, "ratings/outcome_tell.html", context)


def tell_form(request: HttpRequest, meeting: Meeting) -> TellForm | None:
    if not may(meeting.inspection, access.TELL_SERVICE):
        return None
    return TellForm(request.POST if request.method == "POST" else None, meeting=meeting)


def told(request: HttpRequest, inspection: Inspection, form: TellForm) -> bool:
    data, by = form.cleaned_data, cast(User, request.user)
    try:
        tell_service(inspection=inspection, told_on=data["told_on"], told_how=data["told_how"], by=by)
    except Refused as problem:
        form.add_error(None, str(problem))
        return False
    return True


@inspection_page(see=access.SEE_RELEASED_OUTCOME)
def service_outcome(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What the service was told last, and what that replaces."""
    told = told_of(inspection)
    if not told:
        raise Http404
    context = {"inspection": inspection, "ratings": told[0].ratings, "told": told[0], "replaced": told[1:]}
    return render(request, "ratings/outcome_read.html", context)
