"""My work today: what each app knows that a person has to do, on one page."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.guards import signed_in_page
from accounts.models import Role, User
from cases.queries.concerns import work_for as concerns_to_acknowledge
from cases.queries.interview_work import work_for as interviews
from cases.queries.quality_work import work_for as quality_work
from cases.queries.timetable_pages import today_of
from cases.queries.work import has_sent_a_read, own_cases
from cases.queries.work import work_for as reading_work
from inspections.access import STAFF
from inspections.queries import inspections_of
from inspections.queries.notifications import unread_count
from inspections.queries.service import inspections_of_own_service
from inspections.queries.work import strip_of
from inspections.queries.work import work_for as timeline_work
from inspections.rules import date_words
from inspections.work import WorkItem, by_urgency
from ratings.queries.work import work_for as rating_work

SOURCES: tuple[Callable[[User], Iterable[WorkItem]], ...] = (
    concerns_to_acknowledge,
    interviews,
    timeline_work,
    reading_work,
    quality_work,
    rating_work,
)
AT_MOST = 10


@signed_in_page(offered_to=STAFF)
def my_work(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if person.role == Role.SERVICE_CONTACT:
        return own_service(request, person)
    items = sorted((item for source in SOURCES for item in source(person)), key=by_urgency)
    inspections = list(inspections_of(person)[: AT_MOST + 1])
    page = {
        "tasks": [task(item, clock.today()) for item in items[:AT_MOST]],
        "more": len(items) > AT_MOST,
        "first_case": first_case(person),
        "today": today_of(person),
        "cases": own_cases(person),
        "strip": strip_of(person),
        "unread": unread_count(person),
        "inspections": inspections[:AT_MOST],
        "more_inspections": len(inspections) > AT_MOST,
    }
    return render(request, "config/work_today.html", page)


def first_case(person: User) -> str | None:
    """Where a local assessor begins who has never sent a read: the first question of their first case to answer."""
    if person.role != Role.LOCAL_ASSESSOR or has_sent_a_read(person):
        return None
    return next((item.href for item in reading_work(person)), None)


def own_service(request: HttpRequest, person: User) -> HttpResponse:
    """Contacts of a service have one page for each inspection of it; nearly always there is one."""
    inspections = list(inspections_of_own_service(person))
    if len(inspections) == 1:
        return redirect("inspections:service-home", ref=inspections[0].ref)
    return render(request, "config/service_inspections.html", {"inspections": inspections})


def task(item: WorkItem, today: date) -> dict[str, str]:
    """As components/task_list.html draws it. Red is for problems only."""
    late = item.due is not None and item.due < today
    return {
        "text": item.text,
        "href": item.href,
        "hint": f"{item.inspection}{due_words(item.due, today)}",
        "status": item.state,
        "colour": "red" if late or item.urgent else "",
    }


def due_words(due: date | None, today: date) -> str:
    if due is None:
        return ""
    if due == today:
        return ", due today"
    return f", {'was due' if due < today else 'due'} on {date_words(due)}"
