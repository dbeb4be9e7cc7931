"""Celery's entry point: keeps provisional ratings up with the answers."""

import logging

from celery import shared_task

from ratings.actions.snapshots import compute
from ratings.queries.snapshots import stale

log = logging.getLogger(__name__)


@shared_task
def recompute_stale() -> None:
    """What one run leaves, the next does. One inspection that cannot be computed holds up no other."""
    for inspection_id in list(stale().values_list("pk", flat=True)):
        try:
            compute(inspection_id=inspection_id)
        except Exception:
            log.exception("The ratings of inspection %s could not be computed", inspection_id)
