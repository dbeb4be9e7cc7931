"""The team's side of a discussion: which there are, the review beside our read, what the team writes, its versions."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.models import User
from cases.actions import discussions as actions
from cases.actions.voices import add_theme
from cases.actions.write_ups import save_entries
from cases.forms.discussions import ReturnForm
from cases.forms.write_ups import FindingForm, WriteUpForm, begun
from cases.guards import discussion_page
from cases.models import Discussion, Entry, Review
from cases.queries import discussions as queries
from cases.queries.meetings import warned
from cases.queries.timetable import reviews_due
from cases.queries.voices import standards_of
from cases.queries.write_ups import boxes_or_404, findings_of, write_up
from cases.rules.write_ups import PARTS
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=access.SEE_DISCUSSION)
def discussions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    rows = [(each, queries.latest(each)) for each in queries.discussions_of(inspection)]
    page = {
        "inspection": inspection,
        "rows": rows,
        "wanted": inspection.kind.multi_agency_discussions,
        "explained": queries.number_explained(inspection, len(rows)),
        "due": reviews_due(inspection),
    }
    return render(request, "cases/discussion_list.html", page)


@discussion_page(see=access.SEE_DISCUSSION)
def discussion(request: HttpRequest, discussion: Discussion) -> HttpResponse:
    return shown(request, discussion, FindingForm(standards=standards_of(discussion.inspection)))


def shown(request: HttpRequest, discussion: Discussion, form: FindingForm) -> HttpResponse:
    written = write_up(discussion)
    page = (
        frame(discussion)
        | given_review(discussion)
        | {
            "own": queries.own_read(discussion),
            "may_write": may(discussion.inspection, access.WRITE_DISCUSSION),
            "write_up": written,
            "warnings": warned(discussion.inspection, *written.texts),
            "findings": list(findings_of(discussion)),
            "form": form,
        }
    )
    return render(request, "cases/discussion_read.html", page)


def given_review(discussion: Discussion) -> dict[str, Any]:
    review = queries.latest(discussion)
    sections = queries.given(discussion.inspection, review.answers) if review else []
    return {"review": review, "sections": sections}


@discussion_page(do=access.WRITE_DISCUSSION)
def add_finding(request: HttpRequest, discussion: Discussion) -> HttpResponse:
    inspection, by = discussion.inspection, cast(User, request.user)
    form = FindingForm(request.POST, standards=standards_of(inspection))
    if not form.is_valid():
        return shown(request, discussion, form)
    said = form.statement()
    add_theme(by=by, inspection=inspection, said=said, day=clock.today(), discussion=discussion)
    messages.success(request, "The finding is added.")
    return redirect("cases:discussion", ref=inspection.ref, number=discussion.number)


@discussion_page(see=access.WRITE_DISCUSSION, do=access.WRITE_DISCUSSION)
def write(request: HttpRequest, discussion: Discussion, part: str) -> HttpResponse:
    """One part of what the team writes about the discussion, beside the review."""
    boxes = boxes_or_404(discussion, part)
    form = WriteUpForm(request.POST if request.method == "POST" else None, initial=begun(boxes), part=part, boxes=boxes)
    if not form.is_valid():
        return write_page(request, discussion, form)
    try:
        stale = save_entries(by=cast(User, request.user), discussion=discussion, typed=form.typed())
    except Refused as refused:
        form.add_error(None, str(refused))
        return write_page(request, discussion, form)
    if stale:
        return write_page(request, discussion, on_top(discussion, form), stale, 409)
    messages.success(request, "Saved.")
    return redirect("cases:discussion", ref=discussion.inspection.ref, number=discussion.number)


def on_top(discussion: Discussion, form: WriteUpForm) -> WriteUpForm:
    """What was typed stays in its boxes, and is now based on what the page shows beside it."""
    typed = {field: new.said for field, new in form.typed().items()}
    boxes = boxes_or_404(discussion, form.part)
    return WriteUpForm(initial=begun(boxes, typed), part=form.part, boxes=boxes)


def write_page(
    request: HttpRequest,
    discussion: Discussion,
    form: WriteUpForm,
    stale: Mapping[str, Entry] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = frame(discussion) | given_review(discussion)
    page |= {"form": form, "title": PARTS[form.part], "part": form.part, "stale": stale or {}}
    return render(request, "cases/discussion_write.html", page, status=status)


@discussion_page(see=access.SEE_DISCUSSION, do=access.SETTLE_REVIEW)
def versions(request: HttpRequest, discussion: Discussion) -> HttpResponse:
    """Accepts the newest version, or returns it with a reason."""
    returning = request.method == "POST" and "accept" not in request.POST
    form = ReturnForm(request.POST if returning else None)
    if request.method == "POST" and (not returning or form.is_valid()):
        try:
            said = settle(cast(User, request.user), newest(discussion), form)
        except Refused as refused:
            messages.warning(request, f"{refused}.")
        else:
            messages.success(request, said)
            return redirect("cases:review-versions", ref=discussion.inspection.ref, number=discussion.number)
    page = frame(discussion) | {"form": form, "review": queries.latest(discussion)}
    return render(request, "cases/review_versions.html", page)


def newest(discussion: Discussion) -> Review:
    if review := queries.latest(discussion):
        return review
    raise Refused("The service has not sent a review yet")


def settle(person: User, review: Review, form: ReturnForm) -> str:
    if form.is_bound:
        actions.return_review(by=person, review=review, reason=form.cleaned_data["reason"])
        return "The review is returned, and the service is told."
    actions.accept_review(by=person, review=review)
    return "The review is accepted."


def frame(discussion: Discussion) -> dict[str, Any]:
    inspection = discussion.inspection
    return {
        "inspection": inspection,
        "discussion": discussion,
        "case": discussion.case,
        "due": reviews_due(inspection),
        "may_settle": may(inspection, access.SETTLE_REVIEW),
        "versions": list(discussion.reviews.all()),
    }
