"""What is read about files that came in. Who may see one is for the app to say that asked for it."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet, Sum

from documents.models import Document


def waiting(states: Collection[str], now: datetime) -> QuerySet[Document]:
    return Document.objects.filter(state__in=states, next_check_at__lte=now).order_by("next_check_at", "received_at")


def stored(document: Document) -> bytes | None:
    """The file, if it is still the one that was received; None where it is another. Raises OSError."""
    try:
        with document.file.open() as file:
            content: bytes = file.read()
    except OSError:
        raise
    except Exception as failed:  # each storage has errors of its own
        raise OSError(type(failed).__name__) from failed
    return content if hashlib.sha256(content).hexdigest() == document.sha256 else None


def bytes_of(inspection: str) -> int:
    """How much is kept for an inspection. What was refused is not kept."""
    return Document.objects.filter(inspection=inspection, refused_because="").aggregate(sum=Sum("size"))["sum"] or 0
