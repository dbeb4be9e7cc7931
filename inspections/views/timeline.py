"""The timeline of an inspection."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions.refused import Refused
from inspections.actions.timeline import record_step
from inspections.forms import StepForm
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.queries.dates import changes_of, reasons, waiting
from inspections.queries.holidays import kept_holidays
from inspections.queries.timeline import step_for, timeline_of, upcoming


@inspection_page(see=access.SEE_TIMELINE)
def timeline(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    changes = changes_of(inspection)
    rows = timeline_of(inspection, clock.today(), kept_holidays(), reasons(changes))
    page = {
        "inspection": inspection,
        "rows": rows,
        "changes": changes,
        "waiting": waiting(changes),
        "may_change": may(inspection, access.CHANGE_DATE),
        "next_steps": upcoming(rows),
        "may_record": may(inspection, access.RECORD_STEP),
    }
    return render(request, "inspections/timeline_steps.html", page)


@inspection_page(see=access.RECORD_STEP, do=access.RECORD_STEP)
def record(request: HttpRequest, inspection: Inspection, step: str) -> HttpResponse:
    found = step_for(inspection, step)
    form = StepForm(sent(request), initial={"day": found.actual or clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_step(step=found, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{found.title}: recorded.")
            return redirect("inspections:timeline", ref=inspection.ref)
    return render(request, "inspections/timeline_record.html", {"inspection": inspection, "step": found, "form": form})
