"""The list that helps to choose the next service."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from accounts.models import User
from inspections import access
from inspections.guards import office_page
from inspections.views.pages import paginated
from ratings.queries.programme import candidates

PAGE = 50


@office_page(see=access.SEE_PROGRAMME)
def next_services(request: HttpRequest) -> HttpResponse:
    pages = paginated(request, candidates(cast(User, request.user), clock.today()), PAGE)
    return render(request, "ratings/programme_next.html", {"pages": pages})
