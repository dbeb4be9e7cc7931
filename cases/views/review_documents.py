"""The review as a document: got, filled in, uploaded, looked at, used; and the original, for the team."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from cases.actions import review_documents as actions
from cases.forms.review_documents import DOCX, DocumentForm, UseForm
from cases.guards import discussion_page
from cases.models import Discussion, ReviewDocument
from cases.queries import review_documents as queries
from cases.queries.discussions import discussion_of_service
from cases.queries.timetable import reviews_due
from inspections import access
from inspections.actions.refused import Refused
from inspections.guards import inspection_page
from inspections.models import Inspection
from inspections.views.documents import attached, or_404

STALE = "A colleague changed an answer while you were looking. Look at both texts again"


@inspection_page(see=access.WRITE_REVIEW)
def get_document(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    discussion = discussion_of_service(inspection, number)
    return blank(queries.as_document(discussion), f"review-{inspection.ref}-discussion-{number}.docx")


def blank(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@inspection_page(see=access.WRITE_REVIEW, do=access.WRITE_REVIEW)
def document(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    discussion, by = discussion_of_service(inspection, number), cast(User, request.user)
    form = DocumentForm(*((request.POST, request.FILES) if request.method == "POST" else ()), discussion=discussion)
    if request.method == "POST" and form.is_valid():
        try:
            label = form.cleaned_data["file"].name
            actions.keep_document(by=by, discussion=discussion, label=label, content=form.content)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("cases:service-review-document", ref=inspection.ref, number=number)
    return document_page(request, discussion, form)


def document_page(
    request: HttpRequest, discussion: Discussion, form: DocumentForm, use: UseForm | None = None
) -> HttpResponse:
    waiting = queries.waiting_document(discussion, cast(User, request.user))
    if waiting and use is None:
        use = UseForm(paper=waiting.paper.pk, rows=waiting.rows)
    page = {
        "inspection": discussion.inspection,
        "discussion": discussion,
        "due": reviews_due(discussion.inspection),
        "upload_form": form,
        "form": form if form.is_bound else use,
        "waiting": waiting,
        "use": use,
    }
    return render(request, "cases/review_document.html", page)


@inspection_page(do=access.WRITE_REVIEW)
def use_document(request: HttpRequest, inspection: Inspection, number: int) -> HttpResponse:
    discussion = discussion_of_service(inspection, number)
    waiting = queries.waiting_document(discussion, cast(User, request.user))
    if waiting is None:
        messages.warning(request, "This document has been used already, or another has taken its place.")
        return redirect("cases:service-review-document", ref=inspection.ref, number=number)
    form = UseForm(request.POST, paper=waiting.paper.pk, rows=waiting.rows)
    done = used(request, discussion, waiting.paper, form) if form.is_valid() else None
    return done or document_page(request, discussion, DocumentForm(discussion=discussion), form)


def used(request: HttpRequest, discussion: Discussion, paper: ReviewDocument, form: UseForm) -> HttpResponse | None:
    """None where it was refused, which the form says then."""
    by, number = cast(User, request.user), discussion.number
    try:
        stale = actions.use_document(by=by, paper=paper, typed=form.typed())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    if stale:
        messages.warning(request, f"{STALE}.")
        return redirect("cases:service-review-document", ref=discussion.inspection.ref, number=number)
    messages.success(request, "The answers of the document are on this page now. Nothing is sent yet.")
    return redirect("cases:service-review", ref=discussion.inspection.ref, number=number)


@discussion_page(see=access.SEE_DISCUSSION)
def original(request: HttpRequest, discussion: Discussion, paper: int) -> HttpResponse:
    """As it came, for the team; each time is in the log."""
    found = queries.sent_document(discussion, paper)
    actions.note_opened(by=cast(User, request.user), paper=found)
    name = f"review-{discussion.inspection.ref}-discussion-{discussion.number}-{found.pk}.docx"
    return attached(or_404(found.document), name)
