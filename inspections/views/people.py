"""The people whom the team will meet: listed by the service, one thing a page; shown to the team."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions import people as actions
from inspections.actions.refused import Refused
from inspections.forms.service import PARTS, PartForm, WhoForm, part_after, said_so_far
from inspections.guards import inspection_page
from inspections.models import Inspection, PersonToMeet
from inspections.queries.service import listed_people, listed_person

ASKING = {"then": "next"}  # in the address: the pages follow each other, as somebody was just added


@inspection_page(see=access.LIST_PEOPLE)
def people(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {"inspection": inspection, "people": listed_people(inspection)}
    return render(request, "inspections/service_people.html", page)


@inspection_page(see=access.SEE_PEOPLE)
def people_to_meet(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {"inspection": inspection, "people": inspection.people_to_meet.all()}
    return render(request, "inspections/people_to_meet.html", page)


@inspection_page(see=access.LIST_PEOPLE, do=access.LIST_PEOPLE)
def add(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = WhoForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.list_person(inspection=inspection, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect(after("who", person, asking=True))
    return page_of(request, inspection, form)


@inspection_page(see=access.LIST_PEOPLE, do=access.LIST_PEOPLE)
def part(request: HttpRequest, inspection: Inspection, pk: int, part: str) -> HttpResponse:
    person = listed_person(inspection, pk)
    if part not in PARTS:
        raise Http404
    form = PARTS[part](sent(request), initial=said_so_far(part, person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_of_person(person=person, said=form.cleaned_data, by=cast(User, request.user))
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect(after(part, person, asking=request.GET.get("then") == ASKING["then"]))
    return page_of(request, inspection, form, person)


def page_of(
    request: HttpRequest, inspection: Inspection, form: PartForm, person: PersonToMeet | None = None
) -> HttpResponse:
    page = {"inspection": inspection, "form": form, "person": person}
    return render(request, "inspections/service_person.html", page)


def after(part: str, person: PersonToMeet, *, asking: bool) -> str:
    """The next page about somebody who was just added, or the list."""
    ref, following = person.inspection.ref, part_after(part) if asking else None
    if following is None:
        return reverse("inspections:service-people", kwargs={"ref": ref})
    address = reverse("inspections:person-part", kwargs={"ref": ref, "pk": person.pk, "part": following})
    return f"{address}?{urlencode(ASKING)}"


@inspection_page(see=access.LIST_PEOPLE, do=access.LIST_PEOPLE)
def remove(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    person = listed_person(inspection, pk)
    if request.method != "POST":
        page = {"inspection": inspection, "person": person}
        return render(request, "inspections/service_person_remove.html", page)
    actions.take_off_list(person=person, by=cast(User, request.user))
    messages.success(request, "They are off the list.")
    return redirect("inspections:service-people", ref=inspection.ref)
