"""The service's side of a discussion: a review, written section by section, saved, sent, and sent again."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import discussions as actions
from cases.forms.discussions import SectionForm, version_of
from cases.models import Discussion, ReviewAnswer
from cases.queries import discussions as queries
from cases.queries.timetable import reviews_due
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.queries import may
from standards.schema import ReviewSection


@inspection_page(see=access.SEE_REVIEW)
def reviews(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    page = {
        "inspection": inspection,
        "due": reviews_due(inspection),
        "rows": [(each, queries.latest(each)) for each in queries.discussions_of(inspection)],
    }
    return render(request, "cases/review_list.html", page)


@inspection_page(see=access.SEE_REVIEW, do=access.WRITE_REVIEW)
def review(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    """Its sections, what became of the versions that were sent, and the button that sends it."""
    discussion = queries.discussion_of_service(inspection, number)
    if request.method == "POST":
        try:
            actions.send_review(by=cast(User, request.user), discussion=discussion)
        except Refused as refused:
            messages.warning(request, f"{refused}.")
        else:
            messages.success(request, "The review is sent.")
        return redirect("cases:service-review", ref=inspection.ref, number=number)
    return render(request, "cases/review_home.html", frame(discussion))


def frame(discussion: Discussion) -> dict[str, Any]:
    inspection, versions = discussion.inspection, list(discussion.reviews.all())
    sections = queries.given(inspection, queries.written(discussion))
    return {
        "inspection": inspection,
        "discussion": discussion,
        "due": reviews_due(inspection),
        "sections": sections,
        "unanswered": sum(len(section.given) - section.answered for section in sections),
        "versions": versions,
        "open": may(inspection, access.WRITE_REVIEW) and not any(each.accepted_at for each in versions),
    }


@inspection_page(see=access.SEE_REVIEW, do=access.WRITE_REVIEW)
def review_section(request: HttpRequest, inspection: Inspection, number: int, part: str) -> HttpResponse:
    discussion, section = queries.discussion_of_service(inspection, number), queries.section_or_404(inspection, part)
    if request.method != "POST":
        return section_page(request, discussion, section, SectionForm(initial=kept(discussion), section=section))
    form = SectionForm(request.POST, section=section)
    if not form.is_valid():
        return section_page(request, discussion, section, form)
    try:
        stale = actions.save_section(by=cast(User, request.user), discussion=discussion, typed=form.typed())
    except Refused as refused:
        form.add_error(None, str(refused))
        return section_page(request, discussion, section, form)
    if stale:
        return section_page(request, discussion, section, both(discussion, section, form, stale), stale, 409)
    messages.success(request, "Saved.")
    return redirect("cases:service-review", ref=inspection.ref, number=number)


def kept(discussion: Discussion) -> dict[str, Any]:
    answers = queries.drafts_of(discussion)
    versions = {version_of(code): answers[code].version if code in answers else 0 for code in codes(discussion)}
    return {code: answer.text for code, answer in answers.items()} | versions


def codes(discussion: Discussion) -> list[str]:
    return [question.code for section in queries.sections_of(discussion.inspection) for question in section.questions]


def both(
    discussion: Discussion, section: ReviewSection, form: SectionForm, stale: dict[str, ReviewAnswer]
) -> SectionForm:
    """What was typed stays in its box, and is now based on what the page shows beside it."""
    typed = {code: form.cleaned_data[code] for code in form.codes}
    return SectionForm(initial=kept(discussion) | typed, section=section)


def section_page(
    request: HttpRequest,
    discussion: Discussion,
    section: ReviewSection,
    form: SectionForm,
    stale: dict[str, ReviewAnswer] | None = None,
    status: int = 200,
) -> HttpResponse:
    questions = {question.code: question.text for question in section.questions}
    theirs = [(questions[code], answer) for code, answer in (stale or {}).items()]
    page = frame(discussion) | {"section": section, "form": form, "theirs": theirs}
    page["shown"] = next(each for each in page["sections"] if each.code == section.code)
    return render(request, "cases/review_section.html", page, status=status)
