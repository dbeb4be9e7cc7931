"""X2: what the service is asked for, and what it sends: one thing a page."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions import requests as actions
from inspections.actions.refused import Refused
from inspections.forms.requests import EvidenceForm, NotHeldForm
from inspections.guards import inspection_page
from inspections.models import EvidenceRequest, Inspection
from inspections.queries import may
from inspections.queries import requests as queries


@inspection_page(see=access.SEE_OWN_REQUESTS)
def requests(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {"inspection": inspection, "rows": queries.returned_first(inspection)}
    return render(request, "inspections/evidence_list.html", page)


@inspection_page(see=access.SEE_OWN_REQUESTS, do=access.SEND_EVIDENCE)
def request_page(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Posted to, it takes one file."""
    found = queries.request_of(inspection, number)
    form = EvidenceForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_file(by=cast(User, request.user), request=found, label=form.label, content=form.content)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The file is uploaded. We are checking it. Send it when you are ready.")
            return redirect("inspections:service-request", ref=inspection.ref, number=number)
    return render(request, "inspections/evidence_send.html", frame(found) | {"form": form})


def frame(found: EvidenceRequest) -> dict[str, Any]:
    is_open = may(found.inspection, access.SEND_EVIDENCE) and found.is_open
    return {"inspection": found.inspection, "row": found, "files": queries.unsent_files(found), "open": is_open}


@inspection_page(do=access.SEND_EVIDENCE)
def send(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    try:
        reply = actions.send_files(by=cast(User, request.user), request=queries.request_of(inspection, number))
    except Refused as refused:
        messages.warning(request, f"{refused}.")
    else:
        messages.success(request, f"Your files are sent. Receipt {reply.receipt}.")
    return redirect("inspections:service-request", ref=inspection.ref, number=number)


@inspection_page(see=access.SEND_EVIDENCE, do=access.SEND_EVIDENCE)
def not_held(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    found = queries.request_of(inspection, number)
    form = NotHeldForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            reply = actions.say_not_held(by=cast(User, request.user), request=found, reason=reason)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"Your answer is sent. Receipt {reply.receipt}.")
            return redirect("inspections:service-request", ref=inspection.ref, number=number)
    return render(request, "inspections/evidence_not_held.html", frame(found) | {"form": form})


@inspection_page(do=access.SEND_EVIDENCE)
def remove(request: HttpRequest, inspection: Inspection, number: int, document: UUID) -> HttpResponse:
    found = queries.request_of(inspection, number)
    file = queries.file_of(found, document)
    try:
        actions.remove_file(by=cast(User, request.user), file=file)
    except Refused as refused:
        messages.warning(request, f"{refused}.")
    else:
        messages.success(request, "The file is taken away.")
    return redirect("inspections:service-request", ref=inspection.ref, number=number)
