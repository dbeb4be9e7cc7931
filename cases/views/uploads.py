"""A list is uploaded and its columns are matched: by the service, or by the lead inspector for it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import User
from cases.actions import uploads as actions
from cases.actions.caseload import ListRefused
from cases.forms.caseload import ListForm, MatchForm
from cases.models import CaseloadList, ListUpload
from cases.queries import caseload as queries
from cases.queries.uploads import uploaded, waiting_uploads
from cases.views.caseload import posted
from inspections.access import DRAW_SAMPLE, SEE_SAMPLE, SEND_CASELOAD
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may

READ_AGAIN = "The list has been read again with the columns that you chose. Check its rows, then send it."


def upload(request: HttpRequest, inspection: Inspection) -> tuple[ListForm, ListUpload | None]:
    """The form, and the file that came with it once there was nothing to put right."""
    form = ListForm(posted(request), request.FILES or None, kinds=inspection.standards.case_kinds)
    if request.method != "POST" or not form.is_valid() or form.parsed is None:
        return form, None
    try:
        return form, actions.keep_upload(
            by=cast(User, request.user),
            inspection=inspection,
            kind=form.cleaned_data["kind"],
            label=form.cleaned_data["file"].name,
            content=form.content,
            parsed=form.parsed,
        )
    except ListRefused as refused:
        form.add_error(refused.field, str(refused))
        return form, None


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def lists(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form, kept = upload(request, inspection)
    if kept:
        return redirect("cases:match-list", ref=inspection.ref, kind=kept.kind)
    page = {
        "inspection": inspection,
        "form": form,
        "lists": queries.with_state(inspection, queries.lists_of(inspection)),
        "waiting": waiting_uploads(inspection, cast(User, request.user)),
        "kinds": queries.kinds_with_columns(inspection),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/list_all.html", page)


@inspection_page(see=SEND_CASELOAD, do=SEND_CASELOAD)
def service_caseload(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form, kept = upload(request, inspection)
    if kept:
        return redirect("cases:match-caseload", ref=inspection.ref, kind=kept.kind)
    page = {
        "inspection": inspection,
        "breadcrumbs": crumbs(inspection),
        "form": form,
        "lists": queries.sent_by_service(inspection),
        "waiting": waiting_uploads(inspection, cast(User, request.user)),
        "kinds": queries.kinds_with_columns(inspection),
    }
    return render(request, "cases/caseload_send.html", page)


def crumbs(inspection: Inspection, *more: dict[str, str]) -> list[dict[str, str]]:
    home = reverse("inspections:service-home", kwargs={"ref": inspection.ref})
    return [{"text": f"Inspection of {inspection.service.name}", "href": home}, *more]


@inspection_page(see=DRAW_SAMPLE, do=DRAW_SAMPLE)
def match_list(request: HttpRequest, inspection: Inspection, kind: str) -> HttpResponse:
    page = uploaded(inspection, kind, cast(User, request.user), with_names=True)
    form = MatchForm(posted(request), page=page)
    match answered(request, form):
        case CaseloadList() as sent:
            messages.success(request, f"List {sent.number} has been received. Check it below.")
            return redirect("cases:check-list", ref=inspection.ref, kind=kind, number=sent.number)
        case ListUpload():
            return redirect(request.path)
    return render(request, "cases/list_match.html", {"inspection": inspection, "page": page, "form": form})


@inspection_page(see=SEND_CASELOAD, do=SEND_CASELOAD)
def match_caseload(request: HttpRequest, inspection: Inspection, kind: str) -> HttpResponse:
    page = uploaded(inspection, kind, cast(User, request.user), with_names=False)
    form = MatchForm(posted(request), page=page)
    match answered(request, form):
        case CaseloadList():
            messages.success(request, "Your list has been sent. Its receipt is below.")
            return redirect("cases:service-caseload", ref=inspection.ref)
        case ListUpload():
            return redirect(request.path)
    upper = {"text": "Your lists", "href": reverse("cases:service-caseload", kwargs={"ref": inspection.ref})}
    context = {"inspection": inspection, "page": page, "form": form, "breadcrumbs": crumbs(inspection, upper)}
    return render(request, "cases/caseload_match.html", context)


def answered(request: HttpRequest, form: MatchForm) -> CaseloadList | ListUpload | None:
    """The list, once it was sent; the file, where its columns were changed, to be looked at again; else None."""
    done = None
    if form.is_valid() and request.method == "POST":
        try:
            done = act(form, by=cast(User, request.user), send="send" in request.POST)
        except ListRefused as refused:
            form.add_error(None, str(refused))
    if isinstance(done, ListUpload) and not form.missing:
        messages.success(request, READ_AGAIN)
    if done is None:
        form.say_what_is_missing()
    return done


def act(form: MatchForm, *, by: User, send: bool) -> CaseloadList | ListUpload | None:
    """A list is sent as its page showed it. What was chosen differently is kept and shown first. Raises ListRefused."""
    upload = form.page.upload
    if form.changed:
        heading = form.heading
        actions.match_columns(by=by, upload=upload, sheet=heading.sheet, headings=heading.cells, matching=form.matching)
        return upload
    if send and not form.missing:
        return actions.send_list(by=by, upload=upload, parsed=form.page.parsed)
    return None
