"""The sample: chosen, changed, grouped and shared out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import allocation as allocating
from cases.actions import sample as actions
from cases.forms.sample import ChooseForm, DiscussionsForm, GroupsForm, ReadersForm, ReplaceForm
from cases.guards import case_page
from cases.models import Case
from cases.queries import allocation as allocations
from cases.queries import draws
from cases.queries import sample as queries
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
        with saying_why(form):
            actions.draw_sample(by=cast(User, request.user), inspection=inspection, kind=kind, **form.cleaned_data)
            messages.success(request, "The sample has been drawn.")
            return redirect(request.path)
    page = {"inspection": inspection, "form": form, "choice": choice, "may_change": may(inspection, DRAW_SAMPLE)}
    return render(request, "cases/sample_choose.html", page)


@case_page(see=DRAW_SAMPLE, do=DRAW_SAMPLE)
def replace(request: HttpRequest, case: Case) -> HttpResponse:
    form, inspection = ReplaceForm(posted(request)), case.inspection
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            new = actions.replace_case(by=cast(User, request.user), case=case, **form.cleaned_data)
            instead = f"{new.ref} takes its place." if new else "No eligible case is left to take its place."
            messages.success(request, f"{case.ref} has left the sample. {instead}")
            return redirect("cases:sample", ref=inspection.ref)
    page = {"inspection": inspection, "form": form, "item": queries.listed([case], inspection)[0]}
    return render(request, "cases/sample_replace.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def discussions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    cases = queries.children_of(inspection)
    chosen = [item.case.ref for item in cases if item.case.is_macd]
    form = DiscussionsForm(posted(request), refs=[item.case.ref for item in cases])
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            refs = form.cleaned_data["cases"]
            actions.choose_discussions(by=cast(User, request.user), inspection=inspection, refs=refs)
            messages.success(request, "The cases for discussion have been chosen.")
            return redirect("cases:sample", ref=inspection.ref)
    page = {
        "inspection": inspection,
        "form": form,
        "cases": cases,
        "chosen": request.POST.getlist("cases") if form.is_bound else chosen,
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/sample_discussions.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def victims(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = GroupsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            actions.group_victims(by=cast(User, request.user), inspection=inspection, groups=form.numbers())
            messages.success(request, "The interviews have been changed.")
            return redirect(request.path)
    page = {
        "inspection": inspection,
        "form": form,
        "page": queries.interviews(inspection, form.typed(), form.wrong(), suggest="suggest" in request.GET),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/sample_victims.html", page)


@inspection_page(see=SEE_SAMPLE, do=DRAW_SAMPLE)
def allocation(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = ReadersForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with saying_why(form):
            moved = allocating.allocate(
                by=cast(User, request.user),
                inspection=inspection,
                readers=form.numbers(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, f"Cases that have another reader now: {len(moved)}.")
            return redirect(request.path)
    page = {
        "inspection": inspection,
        "form": form,
        "page": allocations.shares_of(inspection, typed=form.typed(), suggest="suggest" in request.GET),
        "may_change": may(inspection, DRAW_SAMPLE),
    }
    return render(request, "cases/sample_allocation.html", page)
