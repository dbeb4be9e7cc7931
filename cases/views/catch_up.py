"""The daily catch-up: what changed, themes by standard and who agrees, actions for tomorrow."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import voices as acting
from cases.actions.voices import Statement
from cases.forms.voices import ActionForm, ThemeForm
from cases.guards import notes_page
from cases.models import CatchUpAction, Theme
from cases.queries import voices as reading
from cases.queries.voices import Day, day_or_404
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=access.SEE_THEMES)
def themes(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    found = reading.by_standard(inspection, reading.themes_of(inspection))
    page = {"inspection": inspection, "standards": found, "may_write": may(inspection, access.WRITE_VOICES)}
    return render(request, "cases/theme_list.html", page)


@notes_page(reading.theme_for, do=access.WRITE_VOICES)
def agree(request: HttpRequest, theme: Theme) -> HttpResponse:
    try:
        acting.agree_theme(by=cast(User, request.user), theme=theme)
    except Refused as refused:
        messages.error(request, f"{refused}.")
    else:
        messages.success(request, "It is recorded that you agree.")
    return redirect("cases:themes", ref=theme.inspection.ref)


@notes_page(reading.theme_for, do=access.WRITE_VOICES)
def withdraw(request: HttpRequest, theme: Theme) -> HttpResponse:
    try:
        acting.withdraw_theme(by=cast(User, request.user), theme=theme)
    except Refused as refused:
        messages.error(request, f"{refused}.")
    else:
        messages.success(request, "The theme is withdrawn.")
    return redirect("cases:themes", ref=theme.inspection.ref)


@inspection_page(see=access.SEE_VOICES)
def catch_ups(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    return render(request, "cases/catch_up_list.html", {"inspection": inspection, "days": reading.history(inspection)})


@inspection_page(see=access.SEE_VOICES)
def catch_up(request: HttpRequest, inspection: Inspection, day: str) -> HttpResponse:
    return shown(request, day_or_404(inspection, day))


def shown(
    request: HttpRequest, held: Day, theme: ThemeForm | None = None, action: ActionForm | None = None
) -> HttpResponse:
    inspection = held.inspection
    page = {
        "inspection": inspection,
        "held": held,
        "changed": reading.changed_on(held),
        "standards": reading.by_standard(inspection, reading.themes_on(held)),
        "actions": reading.actions_on(held),
        "theme_form": theme or ThemeForm(standards=reading.standards_of(inspection)),
        "action_form": action or ActionForm(people=reading.owners(inspection)),
        "form": theme or action,
        "may_write": may(inspection, access.WRITE_VOICES),
    }
    return render(request, "cases/catch_up_day.html", page)


def to_day(held: Day) -> HttpResponse:
    return redirect("cases:catch-up", ref=held.inspection.ref, day=held.day.isoformat())


@inspection_page(do=access.WRITE_VOICES)
def add_theme(request: HttpRequest, inspection: Inspection, day: str) -> HttpResponse:
    held, form = day_or_404(inspection, day), ThemeForm(request.POST, standards=reading.standards_of(inspection))
    if not form.is_valid():
        return shown(request, held, theme=form)
    data = form.cleaned_data
    said = Statement(data["standard"], data["direction"], data["theme"])
    acting.add_theme(by=cast(User, request.user), inspection=inspection, said=said, day=held.day)
    messages.success(request, "The theme is added.")
    return to_day(held)


@inspection_page(do=access.WRITE_VOICES)
def add_action(request: HttpRequest, inspection: Inspection, day: str) -> HttpResponse:
    held, people = day_or_404(inspection, day), reading.owners(inspection)
    form = ActionForm(request.POST, people=people)
    if not form.is_valid():
        return shown(request, held, action=form)
    data, by = form.cleaned_data, cast(User, request.user)
    owner = next(person for person in people if str(person.pk) == data["owner"])
    acting.add_action(by=by, inspection=inspection, day=held.day, text=data["action"], owner=owner)
    messages.success(request, "The action is added.")
    return to_day(held)


@notes_page(reading.action_for, do=access.WRITE_VOICES)
def finish(request: HttpRequest, action: CatchUpAction) -> HttpResponse:
    acting.finish_action(by=cast(User, request.user), action=action)
    messages.success(request, "The action is done.")
    return redirect("cases:catch-up", ref=action.inspection.ref, day=action.day.isoformat())
