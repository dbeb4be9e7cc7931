"""Versions of the ratings: opening signed ones again, returning a record unsigned, and reading what was replaced."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection, Stage
from ratings.actions import versions as actions
from ratings.actions.signatures import ChangedSinceOpened
from ratings.forms import GiveBackForm, ReopenForm
from ratings.queries import versions
from ratings.queries.figures import fixed_nodes, of_meeting
from ratings.queries.meetings import changed_since, meeting_or_404, signature_of


@inspection_page(see=access.SEE_MEETING)
def version(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    meeting = versions.version_or_404(inspection, number)
    figures = of_meeting(inspection, meeting)
    context = {
        "inspection": inspection,
        "meeting": meeting,
        "figures": figures,
        "fixed": fixed_nodes(figures.trace),
        "questions": versions.answers_by_question(figures.evidence),
        "next": versions.replaced_by(meeting),
    }
    return render(request, "ratings/version_read.html", context)


@inspection_page(see=access.REOPEN_RATINGS, do=access.REOPEN_RATINGS)
def reopen(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    was_told, problems = inspection.stage == Stage.TOLD, []
    form = ReopenForm(request.POST, was_told=was_told) if request.method == "POST" else None
    if form and form.is_valid():
        problems = reopened(request, inspection, form)
        if not problems:
            return redirect("ratings:meeting", ref=inspection.ref)
    meeting = meeting_or_404(inspection)
    context = {
        "inspection": inspection,
        "meeting": meeting,
        "was_told": was_told,
        "changes": changed_since(meeting),
        "form": form if form and form.errors else fresh(request, meeting, was_told),
        "error_list": [{"text": problem, "href": "#id_reason"} for problem in problems],
    }
    return render(request, "ratings/version_reopen.html", context)


def reopened(request: HttpRequest, inspection: Inspection, form: ReopenForm) -> list[str]:
    """Why it was refused, in sentences; none when it is done."""
    data, by = form.cleaned_data, cast(User, request.user)
    try:
        actions.reopen(inspection=inspection, because=data["reason"], shown=data["state"], by=by)
    except ChangedSinceOpened as problem:
        return problem.sentences
    except Refused as problem:
        return [str(problem)]
    return []


def fresh(request: HttpRequest, meeting: Any, was_told: bool) -> ReopenForm:
    """With the state that this page shows; after a refusal also with what was typed."""
    form = ReopenForm(was_told=was_told, state=versions.reopening_state(meeting))
    form.initial["reason"] = request.POST.get("reason", "")
    return form


@inspection_page(see=access.SIGN, do=access.SIGN)
def give_back(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    meeting, person = meeting_or_404(inspection), cast(User, request.user)
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.give_back(meeting=meeting, because=form.cleaned_data["reason"], by=person)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("ratings:meeting", ref=inspection.ref)
    signed = meeting.signatures.all()
    may_return = bool(signed) and signature_of(meeting, person.pk) is None
    context = {"inspection": inspection, "meeting": meeting, "form": form, "may_return": may_return}
    return render(request, "ratings/version_return.html", context)
