"""Caseload lists: sent by the service or uploaded for it, checked, accepted."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.guards import public
from accounts.models import User
from cases.actions import caseload as actions
from cases.forms.caseload import AcceptForm, ListForm
from cases.models import CaseloadList
from cases.queries import caseload as queries
from cases.rules.caseload import COLUMNS, template
from inspections.access import DRAW_SAMPLE, SEE_SAMPLE, SEND_CASELOAD
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also a form that was sent with nothing in it."""
    return request.POST if request.method == "POST" else None


def upload(request: HttpRequest, inspection: Inspection) -> tuple[ListForm, CaseloadList | None]:
    """The form, and the list that came with it once there was nothing to put right."""
    kinds = inspection.standards.case_kinds
    form = ListForm(posted(request), request.FILES or None, kinds=kinds)
    if request.method != "POST" or not form.is_valid():
        return form, None
    try:
        return form, receive(cast(User, request.user), inspection, form)
    except actions.ListRefused as refused:
        form.add_error(refused.field, str(refused))
        return form, None


def receive(by: User, inspection: Inspection, form: ListForm) -> CaseloadList:
    return actions.receive_list(
        by=by,
        inspection=inspection,
        kind=form.cleaned_data["kind"],
        label=form.cleaned_data["file"].name,
        content=form.content,
        parsed=form.parsed,
    )


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def lists(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form, caseload = upload(request, inspection)
    if caseload:
        return redirect("cases:check-list", ref=inspection.ref, kind=caseload.kind, number=caseload.number)
    page = {
        "inspection": inspection,
        "form": form,
        "lists": queries.with_state(inspection, queries.lists_of(inspection)),
        "kinds": queries.kinds_with_columns(inspection),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/list_all.html", page)


@inspection_page(see=SEND_CASELOAD, do=SEND_CASELOAD)
def service_caseload(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form, caseload = upload(request, inspection)
    if caseload:
        messages.success(request, "Your list has been sent. Its receipt is below.")
        return redirect("cases:service-caseload", ref=inspection.ref)
    home = reverse("inspections:service-home", kwargs={"ref": inspection.ref})
    page = {
        "inspection": inspection,
        "breadcrumbs": [{"text": f"Inspection of {inspection.service.name}", "href": home}],
        "form": form,
        "lists": queries.sent_by_service(inspection),
        "kinds": queries.kinds_with_columns(inspection),
    }
    return render(request, "cases/caseload_send.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def check_list(request: HttpRequest, inspection: Inspection, kind: str, number: int) -> HttpResponse:
    page = queries.checked(inspection, kind, number, with_names=may(inspection, DRAW_SAMPLE))
    form = AcceptForm(posted(request), problems=page.sent.problems)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            actions.accept_list(by=cast(User, request.user), caseload=page.sent.caseload, reason=reason)
        except actions.ListRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"List {number} has been accepted.")
            return redirect("cases:choose", ref=inspection.ref, kind=kind)
    return render(request, "cases/list_check.html", {"inspection": inspection, "form": form, "page": page})


@public()
def list_template(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in COLUMNS:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="caseload-{kind}.csv"'}
    return HttpResponse("\ufeff" + template(kind), content_type="text/csv; charset=utf-8", headers=headers)
