"""Who of a service can use its pages, and what each of them chose about language and needs."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions import contacts as actions
from inspections.actions.refused import Refused
from inspections.forms.service import InviteForm, LanguageForm
from inspections.guards import inspection_page
from inspections.models import Inspection, ServiceContact
from inspections.queries.service import colleague_for, contacts_listed, own_contact


@inspection_page(see=access.MANAGE_CONTACTS, do=access.MANAGE_CONTACTS)
def contacts(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = InviteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            contact = actions.invite(inspection=inspection, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{contact.person.name} can now sign in. We have sent an e-mail.")
            return redirect("inspections:service-access", ref=inspection.ref)
    people = contacts_listed(inspection)
    invited = [contact for contact in people if contact.place]
    page = {"inspection": inspection, "form": form, "people": people, "left": ServiceContact.PLACES - len(invited)}
    return render(request, "inspections/service_access.html", page)


@inspection_page(see=access.MANAGE_CONTACTS, do=access.MANAGE_CONTACTS)
def end_access(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    contact = colleague_for(inspection, pk)
    if request.method != "POST":
        page = {"inspection": inspection, "contact": contact}
        return render(request, "inspections/service_access_end.html", page)
    try:
        actions.end_access(inspection=inspection, contact=contact, by=cast(User, request.user))
        messages.success(request, f"{contact.person.name} can no longer use these pages.")
    except Refused as refused:
        messages.error(request, f"{refused}.")
    return redirect("inspections:service-access", ref=inspection.ref)


@inspection_page(see=access.CHOOSE_LANGUAGE, do=access.CHOOSE_LANGUAGE)
def preferences(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    person = cast(User, request.user)
    contact = own_contact(inspection, person)
    form = LanguageForm(sent(request), initial={"language": contact.language, "needs": contact.needs})
    if request.method == "POST" and form.is_valid():
        actions.choose_language(inspection=inspection, contact=contact, by=person, **form.cleaned_data)
        messages.success(request, "Saved. The lead inspector can see it.")
        return redirect("inspections:service-home", ref=inspection.ref)
    return render(request, "inspections/service_preferences.html", {"inspection": inspection, "form": form})
