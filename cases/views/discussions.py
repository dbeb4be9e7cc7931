"""The team's side of a discussion: which there are, the service's review beside our read, its versions."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import discussions as actions
from cases.forms.discussions import ReturnForm
from cases.guards import discussion_page
from cases.models import Discussion, Review
from cases.queries import discussions as queries
from cases.queries.timetable import reviews_due
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may


@inspection_page(see=access.SEE_DISCUSSION)
def discussions(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    rows = [(each, queries.latest(each)) for each in queries.discussions_of(inspection)]
    wanted = inspection.kind.multi_agency_discussions
    page = {"inspection": inspection, "rows": rows, "wanted": wanted, "due": reviews_due(inspection)}
    return render(request, "cases/discussion_list.html", page)


@discussion_page(see=access.SEE_DISCUSSION)
def discussion(request: HttpRequest, discussion: Discussion) -> HttpResponse:
    review = queries.latest(discussion)
    page = frame(discussion) | {
        "review": review,
        "sections": queries.given(discussion.inspection, review.answers) if review else [],
        "own": queries.own_read(discussion),
    }
    return render(request, "cases/discussion_read.html", page)


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
