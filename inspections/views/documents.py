"""A4: a file that came in, its text beside it."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from accounts.actions import record
from accounts.models import User
from documents.models import Document
from documents.queries import stored
from documents.rules.kinds import EVIDENCE
from inspections import access
from inspections.guards import evidence_page
from inspections.models import EvidenceFile

ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"


@evidence_page(see=access.SEE_SENT_EVIDENCE)
def document(request: HttpRequest, file: EvidenceFile) -> HttpResponse:
    inspection = file.request.inspection
    page = {
        "inspection": inspection,
        "file": file,
        "text": getattr(file.document, "read_text", None),
        "for_service": access.SERVICE_CONTACT in inspection.parties,
    }
    return render(request, "inspections/document_read.html", page)


@evidence_page(see=access.SEE_SENT_EVIDENCE)
def download(request: HttpRequest, file: EvidenceFile) -> HttpResponse:
    """Logged before a byte is given out. A file that is no longer the one that was checked is not."""
    found = file.document
    content = or_404(found)
    detail = {"document": str(found.pk), "sha256": found.sha256, "request": file.request.number}
    record(by=cast(User, request.user), verb="downloaded a file", inspection=found.inspection, detail=detail)
    return attached(content, found.label)


def attached(content: bytes, label: str) -> HttpResponse:
    """The one way in which a file that came from outside is given out, and only what is `State.AVAILABLE` is."""
    kind = next(kind for kind in EVIDENCE.kinds if label.lower().endswith(kind.ending))
    response = HttpResponse(content, content_type=kind.mime)
    response["Content-Disposition"] = content_disposition_header(True, label)
    response["Content-Security-Policy"] = ALONE
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def or_404(document: Document) -> bytes:
    try:
        content = stored(document)
    except OSError:
        content = None
    if content is None:
        raise Http404
    return content
