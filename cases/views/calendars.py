"""Calendar files, and the private address that a calendar program asks."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.guards import public
from accounts.models import User
from cases.actions import calendars as actions
from cases.queries import calendars as queries
from cases.queries.timetable import slot_or_404
from inspections import access
from inspections.guards import inspection_page, office_page
from inspections.models import Inspection


def calendar_file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@inspection_page(see=access.SEE_TIMETABLE)
def slot_file(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    slot = slot_or_404(inspection, pk)
    return calendar_file(f"{inspection.ref}-{pk}", queries.of_slots(inspection.ref, [slot]))


@inspection_page(see=access.SEE_TIMETABLE)
def my_file(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    slots = [slot for slot in queries.slots_for(cast(User, request.user)) if slot.inspection_id == inspection.pk]
    return calendar_file(inspection.ref, queries.of_slots(inspection.ref, slots))


@office_page(see=access.OWN_CALENDAR, do=access.OWN_CALENDAR)
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """A new address is shown once, on the page that comes after making it."""
    person, address = cast(User, request.user), ""
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_feed(by=person)
        messages.success(request, "The address no longer works.")
        return redirect("cases:calendar")
    if request.method == "POST":
        path = reverse("cases:calendar-feed", kwargs={"token": actions.make_feed(by=person)})
        address = request.build_absolute_uri(path)
    page = {"feed": queries.feed_of(person), "address": address}
    return render(request, "cases/calendar_settings.html", page)


@public()
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address needs no more: it holds kinds, references, times and rooms."""
    person = queries.owner_of(token)
    if person is None:
        raise Http404
    return calendar_file("fieldwork", queries.of_slots("Fieldwork", queries.slots_for(person)))
