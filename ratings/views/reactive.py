"""Reactive inspections: what calls for one, and the decision about each."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page, office_page
from inspections.models import Inspection
from inspections.queries.holidays import kept_holidays
from ratings.actions.reactive import NO_REASON, decide_reactive
from ratings.forms.reactive import ReactiveForm
from ratings.queries.reactive import candidate_of, candidates


@office_page(see=access.SEE_REACTIVE)
def reactive(request: HttpRequest) -> HttpResponse:
    return render(request, "ratings/reactive_list.html", {"candidates": candidates(cast(User, request.user))})


@inspection_page(see=access.DECIDE_REACTIVE, do=access.DECIDE_REACTIVE)
def decide(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    found = candidate_of(inspection)
    form = ReactiveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        by, said = cast(User, request.user), form.said()
        try:
            decision = decide_reactive(by=by, inspection=inspection, holidays=kept_holidays(), **said)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.field or "", refused.field), str(refused))
        else:
            made = decision.leads_to
            messages.success(request, f"{made.ref} is planned." if made else "It is recorded that none follows.")
            return redirect("ratings:reactive")
    able = found and found.reasons and not (found.decision and found.decision.leads_to)
    page = {"inspection": inspection, "found": found, "form": form, "able": able, "no_reason": NO_REASON}
    return render(request, "ratings/reactive_decide.html", page)


FIELDS = {"fieldwork_start": "day"}
"""What planning an inspection calls a field of this form."""
