"""Changing a date of the timeline, and agreeing to it."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from inspections import access, rules
from inspections.actions import dates as actions
from inspections.actions.dates import DateRefused, Wanted
from inspections.forms import DateChangeForm
from inspections.guards import inspection_page
from inspections.models import DateChange, Inspection
from inspections.queries.dates import change_for, step_to_change
from inspections.queries.holidays import kept_holidays


@inspection_page(see=access.CHANGE_DATE, do=access.CHANGE_DATE)
def change(request: HttpRequest, inspection: Inspection, step: str) -> HttpResponse:
    found = step_to_change(inspection, step)
    form = DateChangeForm(sent(request))
    page: dict[str, Any] = {"inspection": inspection, "step": found, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            wanted = wanted_by(form, step)
            page["moves"] = moves = actions.checked(inspection, wanted, kept_holidays())
            if "confirm" in request.POST and form.dates_shown() == shown(moves):
                return confirmed(request, inspection, wanted, moves)
            page |= {
                "shown": ",".join(f"{code}:{day}" for code, day in shown(moves).items()),
                "again": form.dates_shown(),
            }
        except DateRefused as refused:
            form.add_error(refused.field, str(refused))
    return render(request, "inspections/timeline_change.html", page)


def wanted_by(form: DateChangeForm, step: str) -> Wanted:
    data = {name: form.cleaned_data[name] for name in ("day", "why", "reason", "discussed_on")}
    return Wanted(step=step, kept=frozenset(form.kept()), **data)


def shown(moves: Iterable[rules.Moved]) -> dict[str, str]:
    return {move.code: move.then.isoformat() for move in moves}


def confirmed(request: HttpRequest, inspection: Inspection, wanted: Wanted, moves: list[rules.Moved]) -> HttpResponse:
    """Raises DateRefused."""
    change = actions.change_date(
        by=cast(User, request.user), inspection=inspection, wanted=wanted, shown=moves, holidays=kept_holidays()
    )
    day = rules.date_words(change.day)
    done = f"{change.step.title}: now {day}." if change.agreed_at else "The other of you two is asked to agree."
    messages.success(request, done)
    return redirect("inspections:timeline", ref=inspection.ref)


@inspection_page(do=access.CHANGE_DATE)
def agree(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    return settled(request, change_for(inspection, pk), actions.agree, "The date is changed.")


@inspection_page(do=access.CHANGE_DATE)
def drop(request: HttpRequest, inspection: Inspection, pk: int) -> HttpResponse:
    return settled(request, change_for(inspection, pk), actions.drop, "The date stays as it was.")


def settled(request: HttpRequest, change: DateChange, action: Any, done: str) -> HttpResponse:
    try:
        action(by=cast(User, request.user), change=change)
        messages.success(request, done)
    except DateRefused as refused:
        messages.error(request, f"{refused}.")
    return redirect("inspections:timeline", ref=change.inspection.ref)
