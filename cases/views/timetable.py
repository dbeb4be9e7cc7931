"""The timetable of the fieldwork: the whole, one's own, one slot of it, sending it, and a suggestion for it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import timetable as actions
from cases.actions import timetable_planning as planning
from cases.actions import timetable_sending as sending
from cases.forms.timetable import CancelForm, OutcomeForm, SendTimetableForm, SlotForm, initial_of
from cases.queries import timetable as queries
from cases.queries import timetable_pages as pages
from cases.queries.planning import plan_of
from cases.queries.timetable_requests import requests_of
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection, Slot
from inspections.queries import may


@inspection_page(see=access.SEE_TIMETABLE)
def timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = pages.whole(inspection, cast(User, request.user), grid=request.GET.get("view") == "grid")
    return render(request, "cases/timetable_home.html", {"inspection": inspection, "page": page})


@inspection_page(see=access.SEE_TIMETABLE)
def my_timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = pages.own(inspection, cast(User, request.user))
    return render(request, "cases/timetable_mine.html", {"inspection": inspection, "page": page})


@inspection_page(see=access.SEE_TIMETABLE)
def print_timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = pages.whole(inspection, cast(User, request.user), grid=True)
    return render(request, "cases/timetable_print.html", {"inspection": inspection, "page": page})


@inspection_page(see=access.SEE_SENT_TIMETABLE)
def service_timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """As it was sent last. Before that the page does not exist."""
    page = pages.for_the_service(inspection)
    if page is None:
        raise Http404
    return render(request, "cases/timetable_service.html", {"inspection": inspection, "page": page})


@inspection_page(see=access.SEE_TIMETABLE)
def slot(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    found = queries.slot_or_404(inspection, pk)
    page = {
        "inspection": inspection,
        "slot": found,
        "row": pages.row_of(found, queries.fieldwork_of(inspection)),
        "may_plan": may(inspection, access.PLAN_TIMETABLE),
        "may_record": pages.may_record(found),
        "asked_changes": requests_of(inspection).filter(slot=found),
    }
    return render(request, "cases/slot_read.html", page)


def slot_form(request: HttpRequest, inspection: Inspection, initial: dict[str, Any]) -> SlotForm:
    work, team = queries.fieldwork_of(inspection), queries.team_of(inspection)
    return SlotForm(sent(request), initial=initial, work=work, team=team)


def slot_page(request: HttpRequest, inspection: Inspection, form: SlotForm, slot: Slot | None = None) -> HttpResponse:
    page = {"inspection": inspection, "form": form, "slot": slot, "available": queries.available_people(inspection)}
    return render(request, "cases/slot_edit.html", page)


def refused_at(form: forms.Form, refused: Refused) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@inspection_page(see=access.PLAN_TIMETABLE, do=access.PLAN_TIMETABLE)
def book(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = slot_form(request, inspection, pages.initial_for(inspection, request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.book(by=cast(User, request.user), inspection=inspection, wanted=form.wanted())
        except Refused as refused:
            refused_at(form, refused)
        else:
            messages.success(request, f"{made.title}: booked.")
            return redirect("cases:timetable", ref=inspection.ref)
    return slot_page(request, inspection, form)


@inspection_page(see=access.PLAN_TIMETABLE, do=access.PLAN_TIMETABLE)
def change_slot(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    found = standing(inspection, pk)
    work = queries.fieldwork_of(inspection)
    form = slot_form(request, inspection, initial_of(found, queries.booked(found), work))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change(by=cast(User, request.user), slot=found, version=version, wanted=form.wanted())
        except Refused as refused:
            refused_at(form, refused)
        else:
            messages.success(request, f"{found.title}: saved.")
            return redirect("cases:slot", ref=inspection.ref, pk=pk)
    return slot_page(request, inspection, form, found)


def standing(inspection: Inspection, pk: int) -> Slot:
    """Http404 for a slot that was cancelled."""
    found = queries.slot_or_404(inspection, pk)
    if found.standing:
        return found
    raise Http404


@inspection_page(see=access.PLAN_TIMETABLE, do=access.PLAN_TIMETABLE)
def cancel_slot(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    found = standing(inspection, pk)
    form = CancelForm(sent(request), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(by=cast(User, request.user), slot=found, **form.cleaned_data)
        except Refused as refused:
            refused_at(form, refused)
        else:
            messages.success(request, f"{found.title}: cancelled.")
            return redirect("cases:timetable", ref=inspection.ref)
    return render(request, "cases/slot_cancel.html", {"inspection": inspection, "form": form, "slot": found})


@inspection_page(see=access.RECORD_SLOT, do=access.RECORD_SLOT)
def slot_outcome(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    found = standing(inspection, pk)
    if not pages.may_record(found):
        raise Http404
    initial = {"version": found.version, "outcome": found.outcome, "note": found.outcome_note}
    form = OutcomeForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_outcome(by=cast(User, request.user), slot=found, **form.cleaned_data)
        except Refused as refused:
            refused_at(form, refused)
        else:
            messages.success(request, f"{found.title}: recorded.")
            return redirect("cases:slot", ref=inspection.ref, pk=pk)
    return render(request, "cases/slot_outcome.html", {"inspection": inspection, "form": form, "slot": found})


@inspection_page(see=access.PLAN_TIMETABLE, do=access.PLAN_TIMETABLE)
def suggest_timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    plan = plan_of(inspection, meetings_only=request.GET.get("only") == "meetings")
    if request.method == "POST":
        try:
            made = planning.book_plan(
                by=cast(User, request.user), inspection=inspection, plan=plan, seen=request.POST.get("shown", "")
            )
            messages.success(request, f"Booked: {len(made)}.")
            return redirect("cases:timetable", ref=inspection.ref)
        except Refused as refused:
            messages.error(request, f"{refused}.")
    page = pages.suggested(inspection, plan) | {"inspection": inspection, "shown": planning.shown(plan)}
    return render(request, "cases/timetable_suggest.html", page)


@inspection_page(see=access.PLAN_TIMETABLE, do=access.PLAN_TIMETABLE)
def send_timetable(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = pages.to_send(inspection)
    form = SendTimetableForm(sent(request), points=[found.sentence for found in page["look"]])
    if request.method == "POST" and form.is_valid():
        try:
            sending.send(by=cast(User, request.user), inspection=inspection, reasons=form.reasons())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The timetable is sent.")
            return redirect("cases:timetable", ref=inspection.ref)
    return render(request, "cases/timetable_send.html", page | {"inspection": inspection, "form": form})
