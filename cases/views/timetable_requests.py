"""The service asks for a change of the timetable, and is answered."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import timetable_requests as actions
from cases.forms.timetable import AnswerRequestForm, AskForChangeForm
from cases.queries.timetable import fieldwork_of, slot_or_404
from cases.queries.timetable_pages import row_of, theirs
from cases.queries.timetable_requests import request_or_404, sent_slot
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection


@inspection_page(see=access.ASK_FOR_CHANGE, do=access.ASK_FOR_CHANGE)
def ask_for_change(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    slot, as_sent = sent_slot(inspection, pk)
    form = AskForChangeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        try:
            actions.ask_for_change(inspection=inspection, slot=slot, sent=as_sent, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "We have your request. The answer will stand beside the meeting.")
            return redirect("cases:service-timetable", ref=inspection.ref)
    page = {"inspection": inspection, "form": form, "row": theirs(as_sent, {}, "")}
    return render(request, "cases/timetable_ask.html", page)


@inspection_page(see=access.PLAN_TIMETABLE, do=access.PLAN_TIMETABLE)
def answer_request(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    asked = request_or_404(inspection, pk)
    form = AnswerRequestForm(sent(request))
    if request.method == "POST" and form.is_valid():
        by = cast(User, request.user)
        try:
            actions.answer_request(inspection=inspection, request=asked, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The service is told. A new time reaches it when you send the timetable again.")
            return redirect("cases:timetable", ref=inspection.ref)
    row = row_of(slot_or_404(inspection, asked.slot_id), fieldwork_of(inspection))
    page = {"inspection": inspection, "form": form, "asked": asked, "row": row}
    return render(request, "cases/timetable_answer.html", page)
