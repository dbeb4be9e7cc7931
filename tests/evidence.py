"""Evidence in advance as the world has it."""

from datetime import timedelta

from accounts import clock
from accounts.models import User
from documents.actions import keep
from documents.models import Document, DocumentText, State
from inspections.models import EvidenceFile, EvidenceReply, EvidenceRequest, Inspection
from tests.documents.packages import paragraph, word
from tests.people import People
from tests.secret_text import secret_text


def send_evidence(people: People, inspection: Inspection) -> EvidenceFile:
    """One file that was asked for, sent and checked, with a text of its own; and one that is not sent yet."""
    day = inspection.fieldwork_start - timedelta(days=7)
    asked = {"title": "Board papers", "due_on": day, "asked_at": clock.now(), "asked_by": people.lead}
    request = EvidenceRequest.objects.create(inspection=inspection, number=1, **asked)
    sent = {"due_on": day, "sent_at": clock.now(), "sent_by": people.contact}
    reply = EvidenceReply.objects.create(request=request, number=1, **sent)
    evidence_file(people.contact, request, secret_text("paper_draft", ""))
    return evidence_file(people.contact, request, secret_text("paper", ""), reply=reply)


def evidence_file(by: User, request: EvidenceRequest, text: str, **fields: object) -> EvidenceFile:
    given = {"purpose": "evidence", "inspection": request.inspection.ref, "kept": bool(fields)}
    document = keep(by=by, label="papers.docx", content=word(paragraph(text)), **given)
    now = clock.now()
    Document.objects.filter(pk=document.pk).update(state=State.AVAILABLE, checked_at=now, available_at=now)
    DocumentText.objects.create(document=document, text=text, is_cut=False)
    return EvidenceFile.objects.create(request=request, document=document, **fields)
