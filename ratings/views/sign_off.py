"""Signing off: everything that becomes fixed, and the two signatures that fix it."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from ratings.actions.signatures import ChangedSinceOpened, sign
from ratings.forms import SignForm
from ratings.models import Meeting
from ratings.queries.figures import fixed_nodes, of_meeting
from ratings.queries.meetings import changed_since, meeting_or_404, page_state, signature_of
from ratings.queries.versions import earlier


@inspection_page(see=access.SEE_MEETING, do=access.SIGN)
def sign_off(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    meeting = meeting_or_404(inspection)
    form, problems = None, []
    if request.method == "POST":
        form = SignForm(request.POST, signer=cast(User, request.user).name)
        problems = signed(request, meeting, form) if form.is_valid() else []
        if form.is_valid() and not problems:
            return redirect("ratings:sign-off", ref=inspection.ref)
    return render(request, "ratings/meeting_sign.html", page_context(request, inspection, form, problems))


def signed(request: HttpRequest, meeting: Meeting, form: SignForm) -> list[str]:
    """Why it was refused, in sentences; none when it is signed."""
    try:
        sign(meeting=meeting, shown=form.cleaned_data["state"], by=cast(User, request.user))
    except ChangedSinceOpened as problem:
        return problem.sentences
    except Refused as problem:
        return [str(problem)]
    return []


def page_context(
    request: HttpRequest, inspection: Inspection, form: SignForm | None, problems: list[str]
) -> dict[str, Any]:
    """After a refusal the form is a new one: it carries the state that this page shows."""
    meeting, person = meeting_or_404(inspection), cast(User, request.user)
    open_to_person = may(inspection, access.SIGN) and meeting.frozen_at and not signature_of(meeting, person.pk)
    fresh = SignForm(signer=person.name, state=page_state(meeting)) if open_to_person else None
    figures, changes = of_meeting(inspection, meeting), changed_since(meeting)
    return {
        "inspection": inspection,
        "meeting": meeting,
        "figures": figures,
        "fixed": fixed_nodes(figures.trace),
        "changes": changes,
        "form": form if form and form.errors else fresh,
        "error_list": [{"text": problem, "href": "#changed-since" if changes else ""} for problem in problems],
        "may_decide": may(inspection, access.DECIDE),
        "may_return": bool(open_to_person and meeting.signatures.all()),
        "may_reopen": may(inspection, access.REOPEN_RATINGS),
        "earlier": list(earlier(meeting)) if meeting.number > 1 else [],
    }
