"""A3: what the service is asked to send, and what the team does with what comes."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions import requests as actions
from inspections.actions.refused import Refused
from inspections.forms.requests import ExtendForm, ItemsForm, RequestForm, ReturnForm
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.queries import requests as queries
from inspections.rules import date_words


@inspection_page(see=access.SEE_REQUESTS, do=access.ASK_FOR_EVIDENCE)
def requests(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Everything that was asked for; and the items of the standards that were not, to be asked for in one step."""
    may_ask = may(inspection, access.ASK_FOR_EVIDENCE)
    choices = [
        (item.code, f"{item.title}, by {date_words(day)}")
        for item, day in (queries.not_asked_yet(inspection) if may_ask else [])
    ]
    form = ItemsForm(sent(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.ask_for_items(
                by=cast(User, request.user), inspection=inspection, codes=form.cleaned_data["items"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The service is asked for {count} item{'' if count == 1 else 's'}.")
            return redirect("inspections:requests", ref=inspection.ref)
    rows = list(queries.requests_of(inspection))
    page = {"inspection": inspection, "rows": rows, "form": form if choices or form.is_bound else None, "may": may_ask}
    return render(request, "inspections/request_list.html", page)


@inspection_page(see=access.ASK_FOR_EVIDENCE, do=access.ASK_FOR_EVIDENCE)
def new_request(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = RequestForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for(by=cast(User, request.user), inspection=inspection, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The service is asked for it.")
            return redirect("inspections:requests", ref=inspection.ref)
    return render(request, "inspections/request_new.html", {"inspection": inspection, "form": form})


@inspection_page(see=access.SEE_REQUESTS, do=access.ASK_FOR_EVIDENCE)
def request_page(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """What was sent for it; posted to, it accepts the version that was shown."""
    found = queries.request_of(inspection, number)
    if request.method == "POST":
        try:
            seen = request.POST.get("version", "")
            shown = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 6 else 0
            actions.accept(by=cast(User, request.user), request=found, seen=shown)
        except Refused as refused:
            messages.warning(request, f"{refused}.")
        else:
            messages.success(request, "What was sent is accepted.")
        return redirect("inspections:request", ref=inspection.ref, number=number)
    page = {"inspection": inspection, "row": found, "may": may(inspection, access.ASK_FOR_EVIDENCE)}
    return render(request, "inspections/request_read.html", page)


@inspection_page(see=access.ASK_FOR_EVIDENCE, do=access.ASK_FOR_EVIDENCE)
def return_reply(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    found = queries.request_of(inspection, number)
    form = ReturnForm(sent(request), initial={"version": found.latest.number if found.latest else 0})
    if request.method == "POST" and form.is_valid():
        try:
            seen, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
            actions.return_to_service(by=cast(User, request.user), request=found, seen=seen, reason=reason)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "It is returned, and the service is told.")
            return redirect("inspections:request", ref=inspection.ref, number=number)
    page = {"inspection": inspection, "row": found, "form": form, "heading": "Return it to the service"}
    return render(request, "inspections/request_change.html", page)


@inspection_page(see=access.ASK_FOR_EVIDENCE, do=access.ASK_FOR_EVIDENCE)
def extend(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    found = queries.request_of(inspection, number)
    form = ExtendForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(by=cast(User, request.user), request=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The service has more time, and is told.")
            return redirect("inspections:request", ref=inspection.ref, number=number)
    page = {"inspection": inspection, "row": found, "form": form, "heading": "Give the service more time"}
    return render(request, "inspections/request_change.html", page)
