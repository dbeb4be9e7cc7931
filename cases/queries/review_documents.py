"""What is read about reviews that come back as documents. One that waits is seen by whoever uploaded it alone."""

from dataclasses import dataclass

from django.http import Http404

from accounts.models import User
from cases.models import Discussion, ReviewAnswer, ReviewDocument
from cases.queries.discussions import drafts_of, given, written
from cases.queries.timetable import reviews_due
from cases.rules.review_documents import review_document
from cases.rules.reviews import Of, ReadReview, read_review
from cases.rules.tables import Unreadable
from cases.rules.word_files import read_document
from documents.models import State

MOST_PK = 2**63 - 1


@dataclass(frozen=True)
class Read:
    """A question: what the document says, and the answer that is on the page."""

    code: str
    section: str
    question: str
    said: str
    kept: ReviewAnswer | None

    @property
    def version(self) -> int:
        return self.kept.version if self.kept else 0

    @property
    def differs(self) -> bool:
        """Both say something, and not the same."""
        return bool(self.said and self.kept and self.kept.text and self.kept.text != self.said)


def of(discussion: Discussion) -> Of:
    return Of(discussion.inspection.ref, discussion.number, discussion.case.ref)


def as_document(discussion: Discussion) -> bytes:
    """The review with what is written on its page so far."""
    due = reviews_due(discussion.inspection)
    when = f"noon on {due:%A} {due.day} {due:%B %Y}" if due else "to be planned"
    return review_document(of(discussion), when, given(discussion.inspection, written(discussion)))


def read_content(discussion: Discussion, content: bytes) -> ReadReview:
    """Raises Unreadable."""
    return read_review(read_document(content), of(discussion), given(discussion.inspection, {}))


@dataclass(frozen=True)
class Waiting:
    """A document that was not used yet, with what is read out of it."""

    paper: ReviewDocument
    read: ReadReview
    rows: list[Read]

    @property
    def empty(self) -> list[str]:
        """Questions whose box has nothing in it."""
        return [row.question for row in self.rows if not row.said and row.question not in self.read.without_box]


def waiting_document(discussion: Discussion, by: User) -> Waiting | None:
    """What this person uploaded and has not used yet; nothing where it can no longer be read."""
    paper = discussion.documents.filter(uploaded_by=by, used_at=None).select_related("document").first()
    if paper is None:
        return None
    paper.discussion = discussion
    try:
        with paper.document.file.open() as stored:
            read = read_content(discussion, stored.read())
    except Unreadable:
        return None
    return Waiting(paper, read, beside_the_page(discussion, read))


def beside_the_page(discussion: Discussion, read: ReadReview) -> list[Read]:
    kept = drafts_of(discussion)
    return [
        Read(each.code, section.title, each.text, read.answers.get(each.code, ""), kept.get(each.code))
        for section in given(discussion.inspection, {})
        for each in section.given
    ]


def sent_document(discussion: Discussion, pk: int) -> ReviewDocument:
    """One whose answers were sent and whose file is checked. Raises Http404."""
    sent = discussion.documents.filter(pk=min(pk, MOST_PK), review__isnull=False, document__state=State.AVAILABLE)
    found = sent.select_related("document", "review").first()
    if found is None:
        raise Http404
    found.discussion = discussion
    return found
