"""How far the case reads of an inspection have come, and the end of fieldwork."""

import hashlib
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response

from accounts import clock
from accounts.models import User
from cases.actions import fieldwork, nudging
from cases.forms.reading import CloseForm
from cases.guards import case_page
from cases.models import Case
from cases.queries.progress import fieldwork_days, progress_of
from cases.rules.progress import Progress, by_day, by_reader, summary
from cases.views.reading import frame
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may

SECONDS = 5


@inspection_page(see=access.SEE_PROGRESS)
def progress(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    may_close = may(inspection, access.CLOSE_FIELDWORK)
    page = shown(inspection, progress_of(inspection)) | {"may_close": may_close, "seconds": SECONDS}
    return render(request, "cases/progress_home.html", page)


def shown(inspection: Inspection, rows: list[Progress]) -> dict[str, Any]:
    today = clock.today()
    return {
        "inspection": inspection,
        "rows": [(row, row.is_behind(today)) for row in rows],
        "readers": by_reader(rows, today),
        "days": by_day(rows, fieldwork_days(inspection)),
        "behind": [row.ref for row in rows if row.is_behind(today)],
        "total": summary("All cases", rows, today),
        "may_nudge": may(inspection, access.NUDGE_READER),
        "may_allocate": may(inspection, access.DRAW_SAMPLE),
        "today": today,
    }


@inspection_page(see=access.SEE_PROGRESS)
def figures(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The part of the page that keeps up by itself. Nothing is drawn when nothing changed."""
    rows = progress_of(inspection)
    etag = f'"{hashlib.sha256(repr((clock.today(), rows)).encode()).hexdigest()}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response = render(request, "cases/_progress_figures.html", shown(inspection, rows))
    response["ETag"] = etag
    return response


@case_page(see=access.NUDGE_READER, do=access.NUDGE_READER)
def nudge(request: HttpRequest, case: Case) -> HttpResponse:
    """Asks the reader how a case is coming on."""
    if request.method != "POST":
        return render(request, "cases/progress_nudge.html", frame(request, case))
    try:
        nudging.nudge(by=cast(User, request.user), case=case)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"The reader of {case.ref} is asked.")
    return redirect("cases:progress", ref=case.inspection.ref)


@inspection_page(see=access.CLOSE_FIELDWORK, do=access.CLOSE_FIELDWORK)
def close_fieldwork(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            fieldwork.close_fieldwork(by=cast(User, request.user), inspection=inspection, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "Fieldwork is closed.")
            return redirect("inspections:home", ref=inspection.ref)
    total = summary("All cases", progress_of(inspection), clock.today())
    return render(request, "cases/progress_close.html", {"inspection": inspection, "form": form, "total": total})
