"""My work today: what each app knows that a person has to do, on one page."""

from collections.abc import Callable, Iterable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guards import signed_in_page
from accounts.models import User
from inspections import queries
from inspections.work import WorkItem, by_urgency

SOURCES: tuple[Callable[[User], Iterable[WorkItem]], ...] = ()


@signed_in_page()
def my_work(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    items = sorted((item for source in SOURCES for item in source(person)), key=by_urgency)
    page = {"items": items, "inspections": queries.inspections_of(person)}
    return render(request, "config/work_today.html", page)
