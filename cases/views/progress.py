"""How far the case reads of an inspection have come, and the end of fieldwork."""

import hashlib
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response

from accounts.models import User
from cases.actions import fieldwork
from cases.forms.reading import CloseForm
from cases.queries.progress import progress_of
from cases.rules.progress import Progress, by_reader, summary
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
    return {
        "inspection": inspection,
        "rows": rows,
        "readers": by_reader(rows),
        "total": summary("All cases", rows),
    }


@inspection_page(see=access.SEE_PROGRESS)
def figures(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The part of the page that keeps up by itself. Nothing is drawn when nothing changed."""
    rows = progress_of(inspection)
    etag = f'"{hashlib.sha256(repr(rows).encode()).hexdigest()}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response = render(request, "cases/_progress_figures.html", shown(inspection, rows))
    response["ETag"] = etag
    return response


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
    total = summary("All cases", progress_of(inspection))
    return render(request, "cases/progress_close.html", {"inspection": inspection, "form": form, "total": total})
