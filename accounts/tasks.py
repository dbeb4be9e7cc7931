"""What Celery does for accounts."""

from celery import shared_task

from accounts import actions


@shared_task
def forget_ended_sessions() -> None:
    """An ended session opens nothing; its row only takes room."""
    actions.forget_ended_sessions()


@shared_task
def forget_draft_keys() -> None:
    """A key that is gone cannot be given away; late by an hour is no harm."""
    actions.forget_draft_keys()


@shared_task
def forget_sign_in_requests() -> None:
    """An old one opens nothing; its row holds an address that somebody typed."""
    actions.forget_sign_in_requests()


@shared_task
def seal_records() -> None:
    """What is not sealed now is sealed next time; sealed twice it cannot be."""
    actions.seal_records()
