"""Keeps a file that came in."""

import hashlib

from django.core.files.base import ContentFile

from accounts import clock
from accounts.models import User
from documents.models import Document


def keep(*, by: User, purpose: str, label: str, content: bytes) -> Document:
    """The caller's transaction and audit event cover it; `label` is cut to what the page can show."""
    document = Document(
        purpose=purpose,
        label=label[-200:],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        received_at=clock.now(),
        received_from=by,
    )
    document.file.save(document.id.hex, ContentFile(content), save=False)
    document.save()
    return document
