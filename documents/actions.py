"""Keeps a file that came in, or gives it back."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from accounts import clock
from accounts.models import User
from documents.models import Document, State


def keep(*, by: User, purpose: str, label: str, content: bytes, state: State = State.KEPT) -> Document:
    """The caller's transaction and audit event cover it; `label` is cut to what the page can show."""
    document = Document(
        purpose=purpose,
        label=label[-200:],
        state=state,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        received_at=clock.now(),
        received_from=by,
    )
    document.file.save(document.id.hex, ContentFile(content), save=False)
    document.save()
    return document


def settle(document: Document) -> None:
    """What was received is kept from now on."""
    document.state = State.KEPT
    document.save(update_fields=["state"])


def discard(document: Document) -> None:
    """The row goes with the caller's transaction, the file once that is done. Only what was not kept yet goes."""
    if document.state != State.RECEIVED:
        raise ValueError("A document that is kept is not discarded")
    file, storage = str(document.file.name), document.file.storage
    document.delete()
    transaction.on_commit(lambda: storage.delete(file))
