"""Pages of inspections."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from inspections import access, queries
from inspections.guards import inspection_page, office_page
from inspections.models import Inspection


@office_page(see=access.SEE_LIST)
def inspection_list(request: HttpRequest) -> HttpResponse:
    page = {"inspections": queries.inspections_of(cast(User, request.user))}
    return render(request, "inspections/inspection_list.html", page)


@inspection_page(see=access.SEE_INSPECTION)
def home(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return render(request, "inspections/inspection_home.html", {"inspection": inspection})
