"""The room view for the projector: large, one thing at a time, and nothing on it that changes anything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from ratings.queries.room import room_of
from ratings.views.figures import figures_or_404


@inspection_page(see=access.SEE_RATINGS)
def room(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    figures = figures_or_404(inspection)
    context = {"inspection": inspection, "figures": figures, "room": room_of(figures, request.GET.get("show", ""))}
    return render(request, "ratings/room_show.html", context)
