"""The sample: chosen, changed, locked, grouped, and how it was made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from cases.actions import sample as actions
from cases.forms.sample import ChooseForm, DiscussionsForm, GroupsForm, ReplaceForm, TargetsForm
from cases.guards import case_page
from cases.models import Case
from cases.queries import allocation as allocations
from cases.queries import draws
from cases.queries import sample as queries
from cases.queries import statement as statements
from cases.rules.sampling import SizeRefused
from cases.rules.targets import Target
from cases.views.caseload import posted
from inspections.access import DRAW_SAMPLE, SEE_SAMPLE
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@contextmanager
def saying_why(form: forms.Form) -> Iterator[None]:
    """What is refused inside stands in the form, at its field, and the page is shown again."""
    try:
        yield
    except actions.SampleRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@inspection_page(see=SEE_SAMPLE)
def sample(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    readers = allocations.readers_of(inspection)
    page = {
        "inspection": inspection,
        "page": queries.sample_page(inspection, request.GET.get("by", ""), readers),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/sample_list.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def choose(request: HttpRequest, inspection: Inspection, kind: str) -> HttpResponse:
    choice = draws.choice(inspection, kind)
    form = ChooseForm(posted(request), initial=choice.usual, choice=choice)
    if request.method == "POST" and form.is_valid():
        if form.sets_targets:
            return redirect(targets_address(request.path, form))
        with saying_why(form):
            actions.draw_sample(by=cast(User, request.user), inspection=inspection, kind=kind, **form.cleaned_data)
            messages.success(request, "The sample has been drawn.")
            return redirect(request.path)
    page = {"inspection": inspection, "form": form, "choice": choice, "may_change": may(inspection, DRAW_SAMPLE)}
    return render(request, "cases/sample_choose.html", page)


def targets_address(path: str, form: ChooseForm) -> str:
    return f"{path}targets/?{urlencode(form.cleaned_data, doseq=True)}"


@inspection_page(see=DRAW_SAMPLE, do=DRAW_SAMPLE)
def targets(request: HttpRequest, inspection: Inspection, kind: str) -> HttpResponse:
    """Size and groups come with the address. Where they give nothing to set, the page before says why."""
    choice = draws.choice(inspection, kind)
    asked = ChooseForm(asked_for(request), choice=choice)
    if not asked.is_valid() or not (table := planned(inspection, kind, asked)):
        page = {"inspection": inspection, "form": asked, "choice": choice, "may_change": True}
        return render(request, "cases/sample_choose.html", page)
    form = TargetsForm(posted(request), usual=table, again=bool(choice.draws))
    if request.method == "POST" and form.is_valid() and "draw" in request.POST:
        with saying_why(form):
            wanted, reason = form.wanted(), form.cleaned_data.get("reason", "")
            groups = asked.cleaned_data["groups"]
            draw = {"kind": kind, "size": sum(wanted.values()), "groups": groups, "wanted": wanted, "reason": reason}
            actions.draw_sample(by=cast(User, request.user), inspection=inspection, **draw)
            messages.success(request, "The sample has been drawn.")
            return redirect("cases:choose", ref=inspection.ref, kind=kind)
    page = {"inspection": inspection, "form": form, "choice": choice, "size": asked.cleaned_data["size"]}
    return render(request, "cases/sample_targets.html", page)


def asked_for(request: HttpRequest) -> QueryDict:
    """What stands in the address, as though it came with the form of the page before."""
    asked = request.GET.copy()
    asked["targets"] = "1"
    return asked


def planned(inspection: Inspection, kind: str, asked: ChooseForm) -> list[Target]:
    """Nothing where the form says by now why there are no targets to set."""
    try:
        return draws.plan(inspection, kind, **asked.cleaned_data)
    except SizeRefused as refused:
        asked.add_error(refused.field, str(refused))
        return []


@inspection_page(do=DRAW_SAMPLE)
def lock(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    try:
        actions.lock_sample(by=cast(User, request.user), inspection=inspection)
    except actions.SampleRefused as refused:
        messages.warning(request, f"{refused}.")
    else:
        messages.success(request, "The sample is locked.")
    return redirect("cases:sample", ref=inspection.ref)


@inspection_page(see=SEE_SAMPLE)
def statement(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {"inspection": inspection, "statement": statements.statement(inspection), "now": clock.now()}
    return render(request, "cases/sample_statement.html", page)


@case_page(see=DRAW_SAMPLE, do=DRAW_SAMPLE)
def replace(request: HttpRequest, case: Case) -> HttpResponse:
    form, inspection = ReplaceForm(posted(request)), case.inspection
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            new = actions.replace_case(by=cast(User, request.user), case=case, **form.cleaned_data)
            instead = f"{new.ref} takes its place." if new else "No eligible case is left to take its place."
            messages.success(request, f"{case.ref} has left the sample. {instead}")
            return redirect("cases:sample", ref=inspection.ref)
    page = {
        "inspection": inspection,
        "form": form,
        "settled": queries.settled(inspection),
        "item": queries.listed([case], inspection)[0],
    }
    return render(request, "cases/sample_replace.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def discussions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    cases = queries.children_of(inspection)
    chosen = [item.case.ref for item in cases if item.case.is_macd]
    number = inspection.kind.multi_agency_discussions
    form = DiscussionsForm(posted(request), refs=[item.case.ref for item in cases], number=number)
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            said = {name: form.cleaned_data[name] for name in ("reason", "number_reason")}
            refs = form.cleaned_data["cases"]
            actions.choose_discussions(by=cast(User, request.user), inspection=inspection, refs=refs, **said)
            messages.success(request, "The cases for discussion have been chosen.")
            return redirect("cases:sample", ref=inspection.ref)
    page = {
        "inspection": inspection,
        "form": form,
        "cases": cases,
        "chosen": request.POST.getlist("cases") if form.is_bound else chosen,
        "settled": queries.settled(inspection),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/sample_discussions.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def victims(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = GroupsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            groups, reason = form.numbers(), form.cleaned_data["reason"]
            actions.group_victims(by=cast(User, request.user), inspection=inspection, groups=groups, reason=reason)
            messages.success(request, "The interviews have been changed.")
            return redirect(request.path)
    page = {
        "inspection": inspection,
        "form": form,
        "page": queries.interviews(inspection, form.typed(), form.wrong(), suggest="suggest" in request.GET),
        "settled": queries.settled(inspection),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/sample_victims.html", page)
