"""Who reads which case: suggested, changed one by one, moved together."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import allocation as actions
from cases.forms.sample import POOL, SHARE, MoveForm, ReadersForm
from cases.queries.allocation import Shares, Suggest, shares_of
from cases.views.caseload import posted
from cases.views.sample import saying_why
from inspections.access import DECLARE_WORKER, DRAW_SAMPLE, SEE_SAMPLE
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def allocation(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = ReadersForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            moved = actions.allocate(
                by=cast(User, request.user),
                inspection=inspection,
                readers=form.numbers(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, f"Cases that have another reader now: {len(moved)}.")
            return redirect(request.path)
    page = shares_of(inspection, typed=form.typed(), suggest=suggestion(request.GET))
    return render(request, "cases/sample_allocation.html", shown(inspection, page, form, MoveForm(page=page)))


def suggestion(asked: Mapping[str, str]) -> Suggest:
    wanted = asked.get("suggest", "")
    return Suggest(wanted) if wanted in set(Suggest) else Suggest.NOTHING


def shown(inspection: Inspection, page: Shares, form: ReadersForm, move: MoveForm) -> dict[str, Any]:
    return {
        "inspection": inspection,
        "page": page,
        "readers": form,
        "move": move,
        "form": move if move.is_bound else form,
        "ticked": move["ticked"].value() or [],
        "may_change": may(inspection, DRAW_SAMPLE),
        "may_declare": may(inspection, DECLARE_WORKER),
    }


@inspection_page(do=DRAW_SAMPLE)
def move(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = shares_of(inspection, typed={}, suggest=Suggest.NOTHING)
    form = MoveForm(request.POST, page=page)
    if form.is_valid():
        with saying_why(form):
            moved = move_to(cast(User, request.user), inspection, form)
            messages.success(request, f"Cases that have another reader now: {len(moved)}.")
            return redirect("cases:allocation", ref=inspection.ref)
    return render(request, "cases/sample_allocation.html", shown(inspection, page, ReadersForm(), form))


def move_to(by: User, inspection: Inspection, form: MoveForm) -> list[str]:
    refs, to, reason = form.refs(), form.cleaned_data["to"], form.cleaned_data["reason"]
    if to == SHARE:
        return actions.share_out(by=by, inspection=inspection, refs=refs, but=form.whose(), reason=reason)
    readers = dict.fromkeys(refs, None if to == POOL else int(to))
    return actions.allocate(by=by, inspection=inspection, readers=readers, reason=reason)
