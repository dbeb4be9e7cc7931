"""Queries: those of an inspection, one thread, the reply to it, its end, and the change of the answer it asks about."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.sent import sent
from cases.actions import queries as asking
from cases.actions.answers import AnswerRefused, CaseClosed, StaleAnswer
from cases.actions.queries import QueryRefused
from cases.forms.asking import ChangeForm, FollowForm, ReplyForm
from cases.guards import case_page
from cases.models import Case, Query
from cases.queries.answers import answers_of, changes_of, form_of, with_what_was_before
from cases.queries.cases import may
from cases.queries.queries import messages_of, query_for, threads_of
from cases.rules.queries import CLOSED, MEANINGS, STATES
from cases.rules.reading import change
from cases.views.answers import said_time, why_closed
from cases.views.reading import frame
from inspections import access
from inspections.guards import inspection_page
from inspections.models import Inspection

CHANGES = 20


@inspection_page(see=access.SEE_QUERIES)
def queries(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    state = request.GET.get("state", "")
    page = {
        "inspection": inspection,
        "threads": threads_of(cast(User, request.user), inspection, state),
        "state": state if state in STATES else "",
        "states": STATES,
        "meanings": MEANINGS,
    }
    return render(request, "cases/query_list.html", page)


@case_page(see=access.SEE_CASE, do=access.REPLY_TO_QUERY)
def query(request: HttpRequest, case: Case, query: int) -> HttpResponse:
    found, form = query_for(case, query), ReplyForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            asking.reply(by=cast(User, request.user), query=found, **form.cleaned_data)
        except QueryRefused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, "Your reply is on the record.")
            return redirect("cases:query", ref=case.inspection.ref, case_ref=case.ref, query=query)
    return render(request, "cases/query_thread.html", thread(request, case, found, reply=form))


def thread(
    request: HttpRequest, case: Case, query: Query, *, reply: ReplyForm | None = None, follow: FollowForm | None = None
) -> dict[str, Any]:
    person, asked, kept = cast(User, request.user), form_of(case), answers_of(case).get(query.question)
    changes = with_what_was_before(changes_of(case, query.question).filter(at__gte=query.asked_at)[:CHANGES])
    live = query.state != CLOSED
    return frame(request, case) | {
        "query": query,
        "question": asked.questions.get(query.question),
        "kept": kept,
        "words": asked.words(kept.content) if kept else "",
        "said": messages_of(query),
        "changes": [change(asked, then, before) for then, before in changes],
        "meaning": MEANINGS[query.state],
        "reply": (reply or ReplyForm()) if live and may(person, case, access.REPLY_TO_QUERY) else None,
        "may_change": live and case.sent_at and may(person, case, access.CHANGE_SENT_ANSWER),
        "follow": (follow or FollowForm()) if live and query.asked_by_id == person.pk else None,
        "form": reply if reply and reply.is_bound else follow,
    }


@case_page(do=access.ASK_QUERY)
def follow_query(request: HttpRequest, case: Case, query: int) -> HttpResponse:
    """Whoever asked closes the query, or asks again."""
    found, form = query_for(case, query), FollowForm(request.POST)
    act = asking.ask_again if "again" in request.POST else asking.close
    if form.is_valid():
        try:
            act(by=cast(User, request.user), query=found, text=form.cleaned_data["text"])
        except QueryRefused as refused:
            messages.warning(request, f"{refused}.")
        else:
            messages.success(request, "The query is closed." if act is asking.close else "The query is open again.")
        return redirect("cases:query", ref=case.inspection.ref, case_ref=case.ref, query=query)
    return render(request, "cases/query_thread.html", thread(request, case, found, follow=form))


@case_page(see=access.CHANGE_SENT_ANSWER, do=access.CHANGE_SENT_ANSWER)
def change_answer(request: HttpRequest, case: Case, query: int) -> HttpResponse:
    found = query_for(case, query)
    asked, kept = form_of(case), answers_of(case).get(found.question)
    form = ChangeForm(sent(request), asked=asked, question=asked.questions[found.question], now=kept)
    theirs, why = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            receipt = asking.change_answer(by=cast(User, request.user), query=found, save=form.save)
        except AnswerRefused as refused:
            form.add_error(None, str(refused))
        except StaleAnswer as stale:
            theirs = stale.theirs
            form.on_top_of(theirs)
        except CaseClosed as closed:
            why = why_closed(cast(User, request.user), closed.found)
        else:
            messages.success(request, f"The answer to {found.question} was changed at {said_time(receipt.saved_at)}.")
            return redirect("cases:query", ref=case.inspection.ref, case_ref=case.ref, query=query)
    page = frame(request, case) | {"query": found, "form": form, "theirs": theirs, "why": why}
    return render(request, "cases/query_change.html", page, status=409 if theirs else 403 if why else 200)
