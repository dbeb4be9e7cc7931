"""A discussion with everything that is written about it, each with its secret in it."""

from accounts import clock
from accounts.models import User
from cases.models import Case, Discussion, Entry, Review, ReviewAnswer, ReviewDocument
from cases.queries.review_documents import as_document
from documents.actions import keep
from documents.models import Document, State
from tests.secret_text import secret_text


def discuss(by: User, case: Case) -> int:
    """The case is chosen, one version of the service's review is sent, and the next is being written. Gives back the
    document that it came in; another waits to be used."""
    case.is_macd = True
    case.save()
    found, now = Discussion.objects.create(inspection=case.inspection, number=1, case=case), clock.now()
    sent = {"agencies-1": secret_text("review", "lead")}
    review = Review.objects.create(discussion=found, number=1, answers=sent, sent_at=now, sent_by=by)
    draft = {"text": secret_text("review_draft", "lead"), "version": 1, "changed_at": now, "changed_by": by}
    ReviewAnswer.objects.create(discussion=found, question="agencies-1", **draft)
    said = {"text": secret_text("write_up", "lead"), "version": 1, "changed_at": now, "changed_by": by}
    Entry.objects.create(discussion=found, field="notes", **said)
    content, came = as_document(found), {"discussion": found, "uploaded_at": now, "uploaded_by": by}
    first, second = (keep(by=by, purpose="review", label="review.docx", content=content) for _ in range(2))
    Document.objects.filter(pk=first.pk).update(state=State.AVAILABLE, checked_at=now, available_at=now)
    ReviewDocument.objects.create(document=second, **came)
    return ReviewDocument.objects.create(document=first, used_at=now, used_by=by, review=review, **came).pk
