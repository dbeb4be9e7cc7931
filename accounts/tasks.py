"""What Celery does for accounts."""

from celery import shared_task

from accounts import actions


@shared_task
def forget_ended_sessions() -> None:
    """An ended session opens nothing; its row only takes room."""
    actions.forget_ended_sessions()
