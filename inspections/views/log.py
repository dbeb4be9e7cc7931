"""Everything that was done to an inspection."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.queries import log_of, people_in_log, verbs_in_log
from inspections import access
from inspections.forms import LogFilterForm
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries.log import entry
from inspections.views.pages import paginated

PAGE = 50


@inspection_page(see=access.SEE_LOG)
def log(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = LogFilterForm(request.GET, people=people_in_log(inspection.ref), verbs=verbs_in_log(inspection.ref))
    events = log_of(inspection.ref, **form.chosen())
    pages = paginated(request, events, PAGE)
    entries = [entry(event) for event in pages.rows]
    page = {"inspection": inspection, "filter_form": form, "pages": pages, "entries": entries}
    return render(request, "inspections/log_events.html", page)
