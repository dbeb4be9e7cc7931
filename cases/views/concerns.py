"""Raising a concern about a child or victim, reading it, adding to it, acknowledging it; all those of an inspection."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import concerns as acting
from cases.actions.concerns import ConcernRefused
from cases.forms.concerns import AcknowledgeForm, ConcernForm, ToldForm, once_of
from cases.guards import case_page, concern_page
from cases.models import Case, Concern
from cases.queries.cases import may as may_see
from cases.queries.concerns import concerns_about, concerns_of, notes_of
from cases.views.reading import frame
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.views.pages import paginated

A_PAGE = 50


@case_page(see=access.RAISE_CONCERN, do=access.RAISE_CONCERN)
def raise_concern(request: HttpRequest, case: Case) -> HttpResponse:
    form, once, person = ConcernForm(sent(request)), once_of(request.POST), cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            concern = acting.raise_concern(by=person, case=case, once=once, account=form.account())
        except ConcernRefused as refused:
            form.add_error(None, str(refused))
            once = uuid4()
        else:
            messages.success(request, "The concern is raised, and those who have to act on it are alerted.")
            return to_page(concern)
    page = frame(request, case) | {
        "form": form,
        "once": once,
        "earlier": concerns_about(person, case),
        "sees_case": may_see(person, case, access.SEE_CASE),
    }
    return render(request, "cases/concern_raise.html", page)


def to_page(concern: Concern) -> HttpResponse:
    case = concern.case
    return redirect("cases:concern", ref=case.inspection.ref, case_ref=case.ref, pk=concern.pk)


@concern_page(see=access.SEE_CONCERN)
def concern(request: HttpRequest, concern: Concern) -> HttpResponse:
    return shown(request, concern, ToldForm(), AcknowledgeForm())


def shown(request: HttpRequest, concern: Concern, told: ToldForm, done: AcknowledgeForm) -> HttpResponse:
    may_acknowledge = may(concern.case.inspection, access.ACKNOWLEDGE_CONCERN)
    page = frame(request, concern.case) | {
        "concern": concern,
        "notes": notes_of(concern),
        "told_form": told,
        "done_form": done if may_acknowledge and (done.is_bound or not concern.acknowledged_at) else None,
        "form": done if done.is_bound else told,
        "may_list": may_acknowledge,
    }
    return render(request, "cases/concern_read.html", page)


@concern_page(do=access.SEE_CONCERN)
def add_telling(request: HttpRequest, concern: Concern) -> HttpResponse:
    form = ToldForm(request.POST)
    if not form.is_valid():
        return shown(request, concern, form, AcknowledgeForm())
    said = {"told_whom": form.cleaned_data["who_was_told"], "told_at": form.cleaned_data["told_at"]}
    acting.add_telling(by=cast(User, request.user), concern=concern, **said)
    messages.success(request, "It is recorded that the service was told.")
    return to_page(concern)


@concern_page(do=access.ACKNOWLEDGE_CONCERN)
def acknowledge(request: HttpRequest, concern: Concern) -> HttpResponse:
    form = AcknowledgeForm(request.POST)
    if not form.is_valid():
        return shown(request, concern, ToldForm(), form)
    try:
        acting.acknowledge(by=cast(User, request.user), concern=concern, done=form.cleaned_data["what_was_done"])
    except ConcernRefused as refused:
        form.add_error("what_was_done", str(refused))
        return shown(request, concern, ToldForm(), form)
    messages.success(request, "The concern is acknowledged, and whoever raised it is told.")
    return to_page(concern)


@inspection_page(see=access.ACKNOWLEDGE_CONCERN)
def concerns(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {"inspection": inspection, "pages": paginated(request, concerns_of(inspection), A_PAGE)}
    return render(request, "cases/concern_list.html", page)
