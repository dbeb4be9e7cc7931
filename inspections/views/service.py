"""The page of the inspected service: only what concerns it, and only what has been released."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries.holidays import kept_holidays
from inspections.queries.service import lead_of, was_sent
from inspections.queries.timeline import timeline_of
from inspections.sections import SENT_TIMETABLE, SERVICE_STEPS, SERVICE_TASKS, address


@inspection_page(see=access.SEE_SERVICE_HOME)
def service_home(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    steps = timeline_of(inspection, clock.today(), kept_holidays())
    offered = [task for task in SERVICE_TASKS if task is not SENT_TIMETABLE or was_sent(inspection)]
    tasks = [(task, address(task, inspection)) for task in offered]
    page = {
        "inspection": inspection,
        "lead": lead_of(inspection),
        "steps": [row for row in steps if row.step.step in SERVICE_STEPS],
        "tasks": [{"text": task.text, "href": href} for task, href in tasks if href],
    }
    return render(request, "inspections/service_home.html", page)
