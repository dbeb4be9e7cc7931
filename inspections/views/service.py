"""The page of the inspected service: only what concerns it, and only what has been released."""

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from accounts.models import User
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries.beginnings import announcement_of
from inspections.queries.holidays import kept_holidays
from inspections.queries.service import lead_of, own_contact, was_sent
from inspections.queries.timeline import StepRow, timeline_of
from inspections.rules import date_words
from inspections.sections import SENT_TIMETABLE, SERVICE_STEPS, SERVICE_TASKS, Section, address


@inspection_page(see=access.SEE_SERVICE_HOME)
def service_home(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    steps = timeline_of(inspection, clock.today(), kept_holidays())
    page = {
        "inspection": inspection,
        "contact": own_contact(inspection, cast(User, request.user)),
        "lead": lead_of(inspection),
        "letter": announcement_of(inspection),
        "steps": [row for row in steps if row.step.step in SERVICE_STEPS],
        "tasks": tasks(inspection, steps),
        "told_on": next((row.step.anticipated for row in steps if row.step.step == "service_told"), None),
    }
    return render(request, "inspections/service_home.html", page)


def tasks(inspection: Inspection, steps: list[StepRow]) -> list[dict[str, str]]:
    """What can be opened now, what is due first in front."""
    days = {row.step.step: row.step.anticipated for row in steps}
    offered = [task for task in SERVICE_TASKS if task is not SENT_TIMETABLE or was_sent(inspection)]
    found = [(task, href) for task in offered if (href := address(task, inspection))]
    found.sort(key=lambda pair: days.get(pair[0].by) or inspection.fieldwork_start)
    return [{"text": task.text, "href": href, "hint": by_when(task, days)} for task, href in found]


def by_when(task: Section, days: dict[str, date]) -> str:
    day = days.get(task.by)
    if day is None:
        return ""
    return f"Before fieldwork starts on {date_words(day)}" if task.by == "fieldwork_start" else f"By {date_words(day)}"
