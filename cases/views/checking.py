"""Checking sent reads: which wait, one of them beside what was asked about it, and one answer of it."""

import secrets
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import queries as asking
from cases.actions.queries import QueryRefused
from cases.forms.asking import AskForm
from cases.guards import case_page
from cases.models import Case
from cases.queries.answers import answers_of, form_of
from cases.queries.cases import may
from cases.queries.checking import is_checked, to_check, waiting_for
from cases.queries.queries import marks_of
from cases.rules.queries import CHECK_MEANINGS, check_state
from cases.rules.reading import Block, group_pages
from cases.views.reading import frame
from inspections import access
from inspections.guards import office_page
from inspections.views.pages import paginated

READS_A_PAGE = 50


@office_page(see=access.FIND_READS_TO_CHECK, do=access.FIND_READS_TO_CHECK)
def reads_to_check(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    waiting = waiting_for(person)
    if request.method == "POST":
        return pick_one(request, list(waiting))
    pages = paginated(request, waiting, READS_A_PAGE)
    page = {"pages": pages, "rows": to_check(pages.rows), "meanings": CHECK_MEANINGS}
    return render(request, "cases/qa_list.html", page)


def pick_one(request: HttpRequest, cases: list[Case]) -> HttpResponse:
    if not cases:
        messages.warning(request, "No case reads wait to be checked.")
        return redirect("cases:reads-to-check")
    case = secrets.choice(cases)
    asking.picked_at_random(by=cast(User, request.user), case=case, of=len(cases))
    messages.success(request, f"{case.ref} was picked at random from {len(cases)}. The choice is in the log.")
    return redirect("cases:qa", ref=case.inspection.ref, case_ref=case.ref)


@case_page(see=access.CHECK_READ)
def check_read(request: HttpRequest, case: Case) -> HttpResponse:
    asked, answers = form_of(case), answers_of(case)
    marks = marks_of(cast(User, request.user), case)
    state = check_state(sent=bool(case.sent_at), checked=is_checked(case))
    page = checking(request, case) | {
        "sections": [(section, group_pages(asked, section, answers, {}, marks=marks)) for section in asked.sections],
        "state": state,
        "meaning": CHECK_MEANINGS[state],
    }
    return render(request, "cases/qa_case.html", page)


def checking(request: HttpRequest, case: Case) -> dict[str, Any]:
    """`may_check`: it is sent, and somebody else's."""
    person = cast(User, request.user)
    able = case.sent_at and not case.left_at and not case.second_of_id and case.reader_id != person.pk
    return frame(request, case) | {"may_check": able and may(person, case, access.ASK_QUERY)}


@case_page(see=access.CHECK_READ, do=access.ASK_QUERY)
def ask(request: HttpRequest, case: Case, question: str) -> HttpResponse:
    block, form = block_or_404(request, case, question), AskForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            found = asking.ask(by=cast(User, request.user), case=case, question=question, **form.cleaned_data)
        except QueryRefused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, f"Your question about {question} is open. The reader has been told.")
            return redirect("cases:query", ref=case.inspection.ref, case_ref=case.ref, query=found.pk)
    return render(request, "cases/qa_ask.html", checking(request, case) | {"asked_about": block, "form": form})


def block_or_404(request: HttpRequest, case: Case, code: str) -> Block:
    asked, answers = form_of(case), answers_of(case)
    marks = marks_of(cast(User, request.user), case)
    for section in asked.sections:
        for group in group_pages(asked, section, answers, {}, marks=marks):
            for block in group.blocks:
                if block.question.code == code:
                    return block
    raise Http404


@case_page(do=access.ASK_QUERY)
def agree(request: HttpRequest, case: Case, question: str) -> HttpResponse:
    block, shown = block_or_404(request, case, question), request.POST.get("version", "")
    version = int(shown) if shown.isdecimal() and len(shown) < 10 else 0
    try:
        asking.agree(by=cast(User, request.user), case=case, question=block.question.code, version=version)
    except QueryRefused as refused:
        messages.warning(request, f"{refused}.")
    else:
        messages.success(request, f"You agree with the answer to {question}.")
    response = redirect("cases:qa", ref=case.inspection.ref, case_ref=case.ref)
    response["Location"] += f"#q-{question}"
    return response
