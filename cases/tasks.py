"""What Celery does for cases."""

from celery import shared_task

from cases.actions import concerns, review_documents, surveys, uploads


@shared_task
def escalate_concerns() -> None:
    """Twice, late or by twins: each concern is told to the head of programme once."""
    concerns.escalate_concerns()


@shared_task
def forget_unsent_lists() -> None:
    """And surveys and reviews as documents that were never used. Twice or by twins: each file goes once."""
    uploads.forget_unsent()
    surveys.forget_unchecked()
    review_documents.forget_unused()
