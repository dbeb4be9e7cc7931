"""Keeps a file that came in, has it checked, gives it back or refuses it."""

import hashlib
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from accounts import clock
from accounts.actions import record
from accounts.models import User
from documents.checking import Checked, CheckFailed, looked_at
from documents.models import Document, DocumentText, State
from documents.queries import stored, waiting
from documents.rules.kinds import label_of
from documents.rules.refused import CHANGED, UNCHECKED, VIRUS
from documents.scanner import ScannerAway, has_virus

READ_ELSEWHERE = {"caseload", "review"}
"""Purposes whose files are taken apart by the reader of their own before they are kept (docs/adr/0015)."""
MOST_ATTEMPTS = 3  # to look into a file whose check ends without an answer
LONGEST_PAUSE = 30  # minutes between two attempts; the first are 3, 5 and 9
AT_ONCE = 50  # the next sweep goes on


def keep(*, by: User, purpose: str, label: str, content: bytes, kept: bool = True, inspection: str = "") -> Document:
    """The caller's transaction and audit event cover it. It is checked later: nothing gives it out before."""
    document = Document(
        purpose=purpose,
        inspection=inspection,
        label=label_of(label),
        kept=kept,
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
    document.kept = True
    document.save(update_fields=["kept"])


def discard(document: Document) -> None:
    """The row goes with the caller's transaction, the file once that is done. Only what was not kept yet goes."""
    if document.kept:
        raise ValueError("A document that is kept is not discarded")
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)  # whoever is checking it has done so by now
    DocumentText.objects.filter(document=document).delete()
    document.delete()
    remove_file(document)


def remove_file(document: Document) -> None:
    file, storage = str(document.file.name), document.file.storage
    transaction.on_commit(lambda: storage.delete(file))


def check_waiting() -> int:
    """How many were looked at. Safe beside twins: what one has claimed is passed over by the others.

    A scanner that does not answer ends its part of the sweep: the files wait, and none goes on without it.
    """
    done = 0
    while done < AT_ONCE and (document := claim({State.RECEIVED})):
        look_into(document)
        done += 1
    while done < AT_ONCE and (document := claim({State.CHECKED})):
        done += 1
        if not scan(document):
            break
    return done


@transaction.atomic
def claim(states: Collection[str]) -> Document | None:
    """The claim is committed before anything is done, and lapses: a killed worker strands nothing."""
    found = waiting(states, clock.now()).select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if found is not None:
        found.checks += 1
        found.next_check_at = clock.now() + timedelta(minutes=min(1 + 2**found.checks, LONGEST_PAUSE))
        found.save(update_fields=["checks", "next_check_at"])
    return found


def look_into(document: Document) -> None:
    """What the file is made of, in a process that can do nothing else."""
    try:
        content = stored(document)
        if content is None:
            refuse(document, CHANGED)
            return
        found = (
            Checked("") if document.purpose in READ_ELSEWHERE else looked_at(document.label, document.purpose, content)
        )
    except CheckFailed as failed:
        if document.checks >= MOST_ATTEMPTS:
            refuse(document, UNCHECKED)
        else:
            note_problem(document, str(failed))
    except OSError as failed:  # of the storage
        note_problem(document, type(failed).__name__)
    else:
        refuse(document, found.refused) if found.refused else pass_on(document, found)


@transaction.atomic
def pass_on(document: Document, found: Checked) -> None:
    now = clock.now()
    changed = {"state": State.CHECKED, "checked_at": now, "next_check_at": now, "checks": 0, "last_problem": ""}
    if still(document, State.RECEIVED).update(**changed):
        if found.text:
            DocumentText.objects.create(document=document, text=found.text, is_cut=found.is_cut)
        note(document, "looked into a file", {"network": "none" if found.apart else "closed by limits"})


def scan(document: Document) -> bool:
    """Whether the scanner, where there is one, gave an answer."""
    try:
        content = stored(document)
        if content is None:
            refuse(document, CHANGED)
        elif settings.CLAMAV and has_virus(settings.CLAMAV, content):
            refuse(document, VIRUS)
        else:
            make_available(document)
    except (ScannerAway, OSError) as away:
        note_problem(document, f"scanner: {away}")
        return False
    return True


@transaction.atomic
def make_available(document: Document) -> None:
    now = clock.now()
    scanned = now if settings.CLAMAV else None
    changed = {"state": State.AVAILABLE, "available_at": now, "scanned_at": scanned, "last_problem": ""}
    if still(document, State.CHECKED).update(**changed):
        note(document, "made a file available", {"scanned": bool(scanned)})


@transaction.atomic
def refuse(document: Document, because: str) -> None:
    """The file itself is removed; what it was called, how long it was and its digest stay."""
    changed = {"state": State.REFUSED, "refused_at": clock.now(), "refused_because": because, "last_problem": ""}
    if still(document, document.state).update(**changed):
        DocumentText.objects.filter(document=document).delete()
        remove_file(document)
        note(document, "refused a file", {"because": because})


def still(document: Document, state: str) -> QuerySet[Document]:
    return Document.objects.filter(pk=document.pk, state=state)


def note_problem(document: Document, problem: str) -> None:
    still(document, document.state).update(last_problem=problem[:200])


def note(document: Document, verb: str, detail: dict[str, object]) -> None:
    detail = {"document": str(document.pk), "sha256": document.sha256} | detail
    record(by=None, verb=verb, inspection=document.inspection, subject=document.get_purpose_display(), detail=detail)
