"""The home of a case, and opening a sent read again: asked for by its reader, decided by the lead inspector."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import reading
from cases.actions.reading import NotSent
from cases.forms.asking import AskToReopenForm, RefuseForm
from cases.forms.reading import ReopenForm
from cases.guards import case_page
from cases.models import Case
from cases.queries.answers import answers_of, form_of, gaps_of
from cases.queries.cases import may
from cases.queries.concerns import concerns_about
from cases.queries.interviews import interview_words
from cases.queries.notes import notes_of
from cases.queries.reopening import last_request
from cases.queries.second import compares_nothing
from cases.rules.progress import answered_codes, section_progress
from cases.rules.reading import can_be_taken_over
from cases.views.reading import frame
from inspections import access


@case_page(see=access.SEE_CASE)
def case_home(request: HttpRequest, case: Case) -> HttpResponse:
    return render(request, "cases/case_home.html", home(request, case))


def home(request: HttpRequest, case: Case, wrong: forms.Form | None = None) -> dict[str, Any]:
    """`wrong` is the form that was just posted and is to be put right."""
    asked, answers, person = form_of(case), answers_of(case), cast(User, request.user)
    answered = answered_codes(asked, answers)
    return frame(request, case) | {
        "sections": section_progress(asked, answered),
        "done": case.done,
        "next": asked.first_unanswered(answered),
        "notes": notes_of(case),
        "interview": interview_words(case),
        "gaps": gaps_of(case, answers),
        "concerns": concerns_about(person, case),
        "may_take_over": can_be_taken_over(case, person.pk) and may(person, case, access.TAKE_OVER_CASE),
        "form": wrong,
        **opening(person, case, wrong),
    }


def opening(person: User, case: Case, wrong: forms.Form | None) -> dict[str, Any]:
    """The forms that this person gets about opening the read again, and the last request for it."""
    last = last_request(case)
    waits = last is not None and last.decided_at is None
    decides = bool(case.sent_at) and may(person, case, access.REOPEN_CASE)
    asks = bool(case.sent_at) and not (decides or waits) and may(person, case, access.ASK_TO_REOPEN)
    return {
        "request_to_reopen": last,
        "may_reopen": decides,
        "may_check": may(person, case, access.CHECK_READ),
        "may_compare": may(person, case, access.COMPARE_READS) and not compares_nothing(person, case),
        "reopen": _form(ReopenForm, wrong, {"reason": last.reason} if last and waits else {}) if decides else None,
        "refuse": _form(RefuseForm, wrong, {}) if decides and waits else None,
        "ask": _form(AskToReopenForm, wrong, {}) if asks else None,
    }


def _form(kind: type[forms.Form], wrong: forms.Form | None, initial: dict[str, str]) -> forms.Form:
    return wrong if isinstance(wrong, kind) else kind(initial=initial)


def decided(request: HttpRequest, case: Case, form: forms.Form, act: Callable[..., None], done: str) -> HttpResponse:
    if not form.is_valid():
        return render(request, "cases/case_home.html", home(request, case, form))
    [reason] = form.cleaned_data.values()
    try:
        act(by=cast(User, request.user), case=case, reason=reason)
    except NotSent as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("cases:case", ref=case.inspection.ref, case_ref=case.ref)


@case_page(do=access.REOPEN_CASE)
def reopen_case(request: HttpRequest, case: Case) -> HttpResponse:
    return decided(request, case, ReopenForm(request.POST), reading.reopen_case, f"{case.ref} is open again.")


@case_page(do=access.ASK_TO_REOPEN)
def ask_to_reopen(request: HttpRequest, case: Case) -> HttpResponse:
    done = "The lead inspector has been asked."
    return decided(request, case, AskToReopenForm(request.POST), reading.ask_to_reopen, done)


@case_page(do=access.REOPEN_CASE)
def refuse_to_reopen(request: HttpRequest, case: Case) -> HttpResponse:
    return decided(request, case, RefuseForm(request.POST), reading.refuse_to_reopen, f"{case.ref} stays as it is.")
