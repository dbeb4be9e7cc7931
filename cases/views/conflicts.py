"""Readers say which cases and which workers they know."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import conflicts as actions
from cases.actions.conflicts import ConflictRefused
from cases.forms.conflicts import KnowCaseForm, KnowWorkerForm
from cases.guards import case_page
from cases.models import Case
from cases.queries.allocation import members_of, reader_on_team
from cases.queries.conflicts import declared_to, known_worker_for, workers_of
from cases.views.reading import frame
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection


@case_page(see=access.READ_CASE, do=access.READ_CASE)
def know_case(request: HttpRequest, case: Case) -> HttpResponse:
    form = KnowCaseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.know_case(by=cast(User, request.user), case=case, **form.cleaned_data)
        except ConflictRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{case.ref} has gone back. The lead inspector is told, and you read it no more.")
            return redirect("my-work")
    return render(request, "cases/case_know.html", frame(request, case) | {"form": form})


@inspection_page(see=access.DECLARE_WORKER, do=access.DECLARE_WORKER)
def known_workers(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    person, leads = cast(User, request.user), access.LEAD in inspection.parties
    members = members_of(inspection) if leads else []
    form = KnowWorkerForm(sent(request), workers=workers_of(inspection), members=members)
    if request.method == "POST" and form.is_valid():
        try:
            data = dict(form.cleaned_data)
            whom = reader_on_team(inspection, int(data.pop("person"))) if leads else person
            back = actions.know_worker(by=person, inspection=inspection, person=whom, **data)
        except ConflictRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, f"Saved. Cases that went back for another reader: {len(back)}.")
            return redirect(request.path)
    page = {"inspection": inspection, "form": form, "lines": declared_to(person, inspection), "leads": leads}
    return render(request, "cases/known_workers.html", page)


@inspection_page(do=access.DRAW_SAMPLE)
def end_known_worker(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    known = known_worker_for(inspection, pk)
    try:
        actions.end_known_worker(by=cast(User, request.user), known=known)
    except ConflictRefused as refused:
        messages.warning(request, f"{refused}.")
    else:
        messages.success(request, f"{known.person.name} can be given cases of {known.worker} again.")
    return redirect("cases:known-workers", ref=inspection.ref)
