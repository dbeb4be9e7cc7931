"""A file comes in, its columns are matched, and it is sent as a list."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.caseload import ListRefused, locked, receive_list
from cases.models import CaseloadList, Kind, ListUpload
from cases.queries.uploads import matching_for
from cases.rules.caseload import ParsedList
from documents.actions import discard, keep, settle
from documents.models import Purpose
from inspections.models import Inspection

KEPT_UNSENT = timedelta(days=7)


@transaction.atomic
def keep_upload(
    *, by: User, inspection: Inspection, kind: Kind, label: str, content: bytes, parsed: ParsedList
) -> ListUpload:
    """In place of the file of this kind that the same person had not sent yet. Raises ListRefused."""
    locked(inspection.pk)
    matching = matching_for(inspection, kind, by, parsed.headings)
    for former in inspection.list_uploads.filter(kind=kind, uploaded_by=by).select_related("document"):
        forget(former)
    upload = ListUpload.objects.create(
        inspection=inspection,
        kind=kind,
        document=keep(
            by=by, purpose=Purpose.CASELOAD, label=label, content=content, kept=False, inspection=inspection.ref
        ),
        uploaded_at=clock.now(),
        uploaded_by=by,
        sheet=parsed.sheet,
        headings=list(parsed.headings),
        matching=dict(matching),
    )
    _record(by, upload, "uploaded a caseload file", {"sha256": upload.document.sha256})
    return upload


@transaction.atomic
def match_columns(
    *, by: User, upload: ListUpload, sheet: str, headings: tuple[str, ...], matching: Mapping[str, int]
) -> None:
    """Raises ListRefused."""
    upload = still_there(upload)
    upload.sheet, upload.headings, upload.matching = sheet, list(headings), dict(matching)
    upload.save(update_fields=["sheet", "headings", "matching"])
    _record(by, upload, "matched the columns of a caseload file", {"matching": upload.matching})


@transaction.atomic
def send_list(*, by: User, upload: ListUpload, parsed: ParsedList) -> CaseloadList:
    """`parsed` is the file with the columns that are stored with it. Raises ListRefused."""
    locked(upload.inspection_id)
    upload = still_there(upload)
    if (upload.sheet, upload.matching) != (parsed.sheet, parsed.matching):
        raise ListRefused("The columns have been changed since you opened this page. Open it again")
    document = upload.document
    upload.delete()
    settle(document)
    return receive_list(by=by, inspection=upload.inspection, kind=Kind(upload.kind), document=document, parsed=parsed)


def still_there(upload: ListUpload) -> ListUpload:
    """Locked. Raises ListRefused where it was sent or replaced meanwhile."""
    rows = ListUpload.objects.select_for_update(of=("self",), no_key=True).select_related(
        "inspection__service", "document"
    )
    found = rows.filter(pk=upload.pk).first()
    if found is None:
        raise ListRefused("This file has been sent or replaced since you opened this page. Open your lists again")
    return found


def forget(upload: ListUpload) -> None:
    """With its file, inside the caller's transaction."""
    upload.delete()
    discard(upload.document)


@transaction.atomic
def forget_unsent() -> int:
    """Files that nobody came back to for a week: they name children, and nobody needs them. Returns how many."""
    old = ListUpload.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related(
        "document", "inspection"
    )
    left = list(old.filter(uploaded_at__lt=clock.now() - KEPT_UNSENT))
    for upload in left:
        forget(upload)
        record(
            by=None,
            verb="removed a caseload file that was never sent",
            inspection=upload.inspection.ref,
            subject=upload.kind,
            detail={"sha256": upload.document.sha256},
        )
    return len(left)


def _record(by: User, upload: ListUpload, verb: str, detail: dict[str, object]) -> None:
    record(by=by, verb=verb, inspection=upload.inspection.ref, subject=upload.kind, detail=detail)
