"""A review that comes back as a document: it is kept, its answers are used, and what nobody used is removed."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.discussions import Typed, held, save_section
from cases.models import Discussion, ReviewAnswer, ReviewDocument
from documents.actions import discard, keep, settle
from documents.models import Purpose
from inspections.actions.refused import Refused

KEPT_UNUSED = timedelta(days=7)


@transaction.atomic
def keep_document(*, by: User, discussion: Discussion, label: str, content: bytes) -> ReviewDocument:
    """In place of the one that the same person had not used yet. Raises Refused."""
    held(discussion)
    waiting = discussion.documents.filter(uploaded_by=by, used_at=None).select_related("document")
    for former in waiting:
        forget(former)
    paper = ReviewDocument.objects.create(
        discussion=discussion,
        document=keep(
            by=by,
            purpose=Purpose.REVIEW,
            label=label,
            content=content,
            kept=False,
            inspection=discussion.inspection.ref,
        ),
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    note(by, paper, "uploaded a document of a review")
    return paper


@transaction.atomic
def use_document(*, by: User, paper: ReviewDocument, typed: Mapping[str, Typed]) -> dict[str, ReviewAnswer]:
    """Its answers become those of the page, but for those that somebody else changed: they are given back, and the
    document waits. Raises Refused."""
    discussion = held(paper.discussion)
    paper = still_waiting(paper)
    stale = save_section(by=by, discussion=discussion, typed=typed)
    if not stale:
        paper.used_at, paper.used_by = clock.now(), by
        paper.save(update_fields=["used_at", "used_by"])
        settle(paper.document)
        note(by, paper, "used a document of a review")
    return stale


def still_waiting(paper: ReviewDocument) -> ReviewDocument:
    rows = ReviewDocument.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("document", "discussion__inspection").filter(pk=paper.pk, used_at=None).first()
    if found is None:
        raise Refused("This document has been used or replaced since you opened this page. Open the page again")
    return found


def forget(paper: ReviewDocument) -> None:
    """With its file, inside the caller's transaction."""
    paper.delete()
    discard(paper.document)


@transaction.atomic
def forget_unused() -> int:
    """Documents that nobody came back to for a week. Returns how many."""
    rows = ReviewDocument.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    old = rows.filter(used_at=None, uploaded_at__lt=clock.now() - KEPT_UNUSED)
    left = list(old.select_related("document", "discussion__inspection"))
    for paper in left:
        note(None, paper, "removed a document of a review that was never used")
        forget(paper)
    return len(left)


@transaction.atomic
def note_opened(*, by: User, paper: ReviewDocument) -> None:
    note(by, paper, "opened a document of a review")


def note(by: User | None, paper: ReviewDocument, verb: str) -> None:
    discussion = paper.discussion
    detail = {"discussion": discussion.number, "sha256": paper.document.sha256}
    record(by=by, verb=verb, inspection=discussion.inspection.ref, detail=detail)
