"""Who inspects, and declared interests."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions.refused import Refused
from inspections.actions.team import add_member, declare_interest, end_interest, end_membership
from inspections.forms import InterestForm, MemberForm
from inspections.guards import inspection_page, office_page
from inspections.models import Inspection
from inspections.queries import may
from inspections.queries.service import contacts_listed
from inspections.queries.team import interest_for, interests_of, place_for, team_of


@inspection_page(see=access.SEE_TEAM, do=access.MANAGE_TEAM)
def team(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = MemberForm(sent(request)) if may(inspection, access.MANAGE_TEAM) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            place = add_member(inspection=inspection, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{place.person.name} is on the team.")
            return redirect("inspections:team", ref=inspection.ref)
    contacts = contacts_listed(inspection) if may(inspection, access.SEE_CONTACTS) else None
    page = {"inspection": inspection, "team": team_of(inspection), "form": form, "contacts": contacts}
    return render(request, "inspections/team_members.html", page)


@inspection_page(see=access.MANAGE_TEAM, do=access.MANAGE_TEAM)
def end_place(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    place = place_for(inspection, pk)
    if request.method != "POST":
        return render(request, "inspections/team_end_place.html", {"inspection": inspection, "place": place})
    try:
        end_membership(place=place, by=cast(User, request.user))
        messages.success(request, f"{place.person.name} is no longer on the team.")
    except Refused as refused:
        messages.error(request, f"{refused}.")
    return redirect("inspections:team", ref=inspection.ref)


@office_page(see=access.OWN_INTERESTS, do=access.OWN_INTERESTS)
def interests(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    form = InterestForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            interest = declare_interest(by=person, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"Your interest in {interest.service.name} is declared.")
            return redirect("inspections:interests")
    return render(request, "inspections/interest_list.html", {"form": form, "interests": interests_of(person)})


@office_page(do=access.OWN_INTERESTS)
def end_own_interest(request: HttpRequest, pk: int) -> HttpResponse:
    person = cast(User, request.user)
    interest = interest_for(person, pk)
    try:
        end_interest(interest=interest, by=person)
        messages.success(request, f"Your interest in {interest.service.name} has ended.")
    except Refused as refused:
        messages.error(request, f"{refused}.")
    return redirect("inspections:interests")
