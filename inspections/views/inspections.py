"""The list of inspections, planning a new one, its home page, and moving it on."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from accounts.sent import sent
from inspections import access
from inspections.actions.inspections import StageRefused, create_inspection, reach_stage
from inspections.actions.refused import Refused
from inspections.forms import InspectionFilterForm, InspectionForm
from inspections.guards import inspection_page, office_page
from inspections.models import Inspection, Stage
from inspections.queries.alerts import links_of
from inspections.queries.holidays import kept_holidays
from inspections.queries.home import home_of
from inspections.queries.inspections import listed, service_numbered
from inspections.sections import BEGINNINGS, MOVES, address
from inspections.views.pages import paginated

PAGE = 25
MOVED_ON = "This inspection moved on after you opened the page"


@office_page(see=access.SEE_LIST)
def inspection_list(request: HttpRequest) -> HttpResponse:
    form = InspectionFilterForm(request.GET)
    person = cast(User, request.user)
    page = {
        "filter_form": form,
        "none_found": form.none_found(),
        "pages": paginated(request, listed(person, form.filters()), PAGE),
        "may_create": person.role in access.CREATE_INSPECTION.roles,
    }
    return render(request, "inspections/inspection_list.html", page)


@office_page(see=access.CREATE_INSPECTION, do=access.CREATE_INSPECTION)
def create(request: HttpRequest) -> HttpResponse:
    form = InspectionForm(sent(request), initial=first_choice(request))
    if request.method == "POST" and form.is_valid():
        try:
            inspection = plan(cast(User, request.user), form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{inspection.ref} is planned. All its dates are on its timeline.")
            return redirect("inspections:home", ref=inspection.ref)
    return render(request, "inspections/inspection_create.html", {"form": form})


def first_choice(request: HttpRequest) -> dict[str, Any]:
    """?service=<number> chooses a service and its nation beforehand."""
    service = service_numbered(request.GET.get("service", ""))
    return {"service": service, "nation": service.nation} if service else {}


def plan(by: User, data: dict[str, Any]) -> Inspection:
    chosen = {name: data[name] for name in ("service", "inspection_type", "standards", "fieldwork_start", "lead")}
    return create_inspection(by=by, holidays=kept_holidays(), **chosen)


@inspection_page(see=access.SEE_INSPECTION)
def home(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    move = MOVES.get(inspection.stage)
    page = {
        "inspection": inspection,
        "home": home_of(inspection, clock.today(), kept_holidays()),
        "linked": links_of(cast(User, request.user), inspection),
        "move": move,
        "move_href": address(move, inspection) if move else None,
        "beginnings": [(page.text, href) for page in BEGINNINGS if (href := address(page, inspection))],
    }
    return render(request, "inspections/inspection_home.html", page)


@inspection_page(see=access.MOVE_ON, do=access.MOVE_ON)
def move_on(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """To fieldwork: the other stages have pages of their own, which check more."""
    move = MOVES[inspection.stage]
    by_hand = inspection.stage == Stage.ANNOUNCED
    if request.method != "POST" and not by_hand:
        return redirect("inspections:announcement", ref=inspection.ref)
    if request.method != "POST":
        return render(request, "inspections/inspection_move_on.html", {"inspection": inspection, "move": move})
    try:
        if not by_hand or request.POST.get("stage") != move.stage:
            raise StageRefused(MOVED_ON)
        reach_stage(inspection=inspection, stage=move.stage, by=cast(User, request.user))
        messages.success(request, move.done)
    except StageRefused:
        messages.error(request, f"{MOVED_ON}.")
    return redirect("inspections:home", ref=inspection.ref)
