"""Preparing an interview, for whoever holds it; and what happens in one, for whoever is asked to come."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import clock
from accounts.guards import public
from accounts.models import User
from cases.queries import interviews as queries
from cases.queries.timetable import fieldwork_of, slot_or_404
from cases.queries.timetable_pages import row_of
from cases.rules.timetable import length_words
from cases.views.reading import age
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from standards import loader

LANGUAGE = "en"
HOUR = "public, max-age=3600"


@inspection_page(see=access.SEE_TIMETABLE)
def prepare(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    """On paper too: nobody is named on it but the interviewer and the room."""
    slot = slot_or_404(inspection, pk)
    if slot.kind not in queries.interview_kinds(inspection):
        raise Http404
    cases = queries.cases_of(cast(User, request.user), slot)
    born = {case.ref: case.row.date_of_birth for case in cases}
    ages = {ref: age(day, clock.today()) for ref, day in born.items() if day}
    parts = queries.topics_for(cases, slot)
    page = {
        "inspection": inspection,
        "slot": slot,
        "row": row_of(slot, fieldwork_of(inspection)),
        "parts": [(each, ages.get(each.case.ref) if each.case else None) for each in parts],
        "closed": len(slot.covered.all()) - len(cases),
        "now": clock.now(),
    }
    return render(request, "cases/interview_prepare.html", page)


@public()
def what_happens(request: HttpRequest) -> HttpResponse:
    """Without any data, so that browsers may keep it. Each language has the text in a template of its own."""
    standards = loader.usable()[-1]
    lengths = {each.code: (length_words(each.minutes), each.cases) for each in standards.interviews}
    page = {"lengths": lengths, "language": LANGUAGE, "words": f"cases/_interviews_{LANGUAGE}.html"}
    return HttpResponse(render_to_string("cases/interviews_public.html", page), headers={"Cache-Control": HOUR})
