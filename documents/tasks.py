"""What Celery does for files that came in."""

from celery import shared_task

from documents.actions import check_waiting


@shared_task
def check_files() -> None:
    """Twice or by twins: no file is taken by two. Late or never: the files wait, and nothing gives them out."""
    check_waiting()
