"""Second reads: starting one, taking it back, both reads side by side, settling where they differ."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import second_reads
from cases.forms.asking import SecondReaderForm, SettleForm
from cases.guards import case_page
from cases.models import Case
from cases.queries.cases import may
from cases.queries.second import Settled, comparison, first_of, may_read_again, reads_twice, second_of
from cases.rules.answers import shortened
from cases.views.reading import frame
from inspections import access
from inspections.actions.refused import Refused


@case_page(see=access.COMPARE_READS, do=access.START_SECOND_READ)
def second_read(request: HttpRequest, case: Case) -> HttpResponse:
    """The two reads once both are sent; before that, for whoever reads neither, who reads it or could."""
    page = compared(request, case)
    form = SecondReaderForm(sent(request), readers=may_read_again(case.inspection, page["first"]))
    if request.method == "POST" and form.is_valid():
        try:
            second = second_reads.start_second_read(by=cast(User, request.user), case=case, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"{second.reader} reads {case.ref} as {second.ref}, blind.")
            return redirect("cases:second", ref=case.inspection.ref, case_ref=case.ref)
    return render(request, "cases/second_reads.html", page | {"form": form})


def compared(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Who reads one of the two is not told of the other before both are sent."""
    person = cast(User, request.user)
    first = first_of(case)
    second, reads = second_of(first), reads_twice(person, first)
    able = not reads and may(person, case, access.START_SECOND_READ)
    return frame(request, case) | {
        "first": first,
        "second": None if reads else second,
        "comparison": comparison(first, second) if second else None,
        "may_start": able and second is None and not case.second_of_id and not case.left_at,
        "may_remove": able and second is not None and not second.started_at and not second.sent_at,
        "may_settle": not reads and may(person, case, access.ASK_QUERY),
    }


@case_page(do=access.START_SECOND_READ)
def remove_second_read(request: HttpRequest, case: Case) -> HttpResponse:
    try:
        second_reads.remove_second_read(by=cast(User, request.user), case=case)
    except Refused as refused:
        messages.warning(request, f"{refused}.")
    else:
        messages.success(request, "The second read has been taken back.")
    return redirect("cases:second", ref=case.inspection.ref, case_ref=case.ref)


@case_page(see=access.CHECK_READ, do=access.ASK_QUERY)
def settle(request: HttpRequest, case: Case, question: str) -> HttpResponse:
    page, form = compared(request, case), SettleForm(sent(request))
    difference = difference_on(page, question)
    if difference is None:
        messages.warning(request, f"{case.ref} has no difference on {shortened(question)} to settle.")
        return redirect("cases:second", ref=case.inspection.ref, case_ref=page["first"].ref)
    if request.method == "POST" and form.is_valid():
        try:
            second_reads.settle(by=cast(User, request.user), case=page["first"], question=question, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The difference on {question} is settled.")
            return redirect("cases:second", ref=case.inspection.ref, case_ref=page["first"].ref)
    return render(request, "cases/second_settle.html", page | {"difference": difference, "form": form})


def difference_on(page: dict[str, Any], question: str) -> Settled | None:
    found = page["comparison"]
    return next((each for each in found.differing if each.pair.question.code == question), None) if found else None
