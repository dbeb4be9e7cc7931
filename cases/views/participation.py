"""Participation of children, parents and carers: what was offered, who took part by number, what they said."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import voices as acting
from cases.actions.voices import Statement
from cases.forms.concerns import once_of
from cases.forms.voices import ContactForm, OfferForm, ThemeForm
from cases.models import Contact, Step
from cases.queries import voices as reading
from cases.queries.meetings import warned
from cases.queries.surveys import surveys_of
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=access.SEE_VOICES)
def participation(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {
        "inspection": inspection,
        "channels": reading.counted(inspection),
        "contacts": reading.contacts_of(inspection),
        "surveys": surveys_of(inspection),
        "may_write": may(inspection, access.WRITE_VOICES),
    }
    return render(request, "cases/participation_home.html", page)


@inspection_page(see=access.WRITE_VOICES, do=access.WRITE_VOICES)
def offer(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return recorded(request, inspection, OfferForm(sent(request), channels=inspection.standards.channels), Step.OFFER)


@inspection_page(see=access.WRITE_VOICES, do=access.WRITE_VOICES)
def new_contact(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = ContactForm(sent(request), channels=inspection.standards.channels)
    return recorded(request, inspection, form, Step.CONTACT)


def recorded(request: HttpRequest, inspection: Inspection, form: OfferForm, step: Step) -> HttpResponse:
    once = once_of(request.POST) if request.method == "POST" else uuid4()
    if request.method != "POST" or not form.is_valid():
        page = {"inspection": inspection, "form": form, "once": once, "is_offer": step == Step.OFFER}
        return render(request, "cases/participation_record.html", page)
    by, said = cast(User, request.user), form.reached()
    contact = acting.record_contact(by=by, inspection=inspection, step=step, once=once, said=said)
    messages.success(request, f"The {contact.get_step_display().lower()} is recorded.")
    if contact.views:
        return redirect("cases:contact", ref=inspection.ref, contact=contact.pk)
    return redirect("cases:participation", ref=inspection.ref)


@inspection_page(see=access.SEE_VOICES, do=access.WRITE_VOICES)
def contact(request: HttpRequest, inspection: Inspection, contact: int) -> HttpResponse:
    found = reading.contact_or_404(inspection, contact)
    form = ThemeForm(sent(request), standards=reading.standards_of(inspection))
    if request.method != "POST" or not form.is_valid():
        return shown(request, inspection, found, form)
    data = form.cleaned_data
    said = Statement(data["standard"], data["direction"], data["theme"])
    acting.add_theme(by=cast(User, request.user), inspection=inspection, said=said, day=found.day, contact=found)
    messages.success(request, "The theme is added.")
    return redirect("cases:contact", ref=inspection.ref, contact=found.pk)


def shown(request: HttpRequest, inspection: Inspection, contact: Contact, form: ThemeForm) -> HttpResponse:
    page = {
        "inspection": inspection,
        "contact": contact,
        "channel": reading.channel_names(inspection).get(contact.channel, contact.channel),
        "form": form,
        "themes": reading.themes_of(inspection).filter(contact=contact),
        "warnings": warned(inspection, contact.views, contact.no_contact_reason),
        "may_write": may(inspection, access.WRITE_VOICES),
    }
    return render(request, "cases/participation_contact.html", page)
