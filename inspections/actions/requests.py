"""The team asks for evidence, accepts what comes or returns it; the service sends files or says that it has none."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import Role, User
from documents.actions import discard, keep, settle
from documents.models import Document, Purpose
from documents.queries import bytes_of
from documents.rules.kinds import EVIDENCE, MEGABYTE
from inspections import rules
from inspections.access import ASK_FOR_EVIDENCE, SEND_EVIDENCE
from inspections.actions.mail import write_mail
from inspections.actions.notifications import leave, notification, tell
from inspections.actions.refused import Refused
from inspections.models import EvidenceFile, EvidenceReply, EvidenceRequest, Inspection
from inspections.queries.requests import not_asked_yet, request_of, unsent_files
from inspections.queries.service import contacts_of, lead_of

MOST_FILES = 20  # that wait to be sent on one request
TOLD_WITHIN = timedelta(days=30)


@transaction.atomic
def ask_for_items(*, by: User, inspection: Inspection, codes: Collection[str]) -> int:
    """Those of the standards' items that were not asked for yet. Returns how many."""
    inspection = held(inspection, ASK_FOR_EVIDENCE.stages)
    items = [(item, day) for item, day in not_asked_yet(inspection) if item.code in codes]
    for item, day in items:
        new_request(by, inspection, code=item.code, title=item.title, text=item.text, due_on=day)
    if items:
        asked(by, inspection, [item.title for item, _ in items])
    return len(items)


@transaction.atomic
def ask_for(*, by: User, inspection: Inspection, title: str, text: str, due_on: date) -> EvidenceRequest:
    """Something that is on no list. Raises Refused."""
    inspection = held(inspection, ASK_FOR_EVIDENCE.stages)
    request = new_request(by, inspection, code="", title=title, text=text, due_on=due_on)
    asked(by, inspection, [title])
    return request


def held(inspection: Inspection, stages: Collection[str]) -> Inspection:
    """One writer at a time, and while it is still open. Raises Refused."""
    found = Inspection.objects.select_related("service").select_for_update(no_key=True, of=("self",))
    inspection = found.get(pk=inspection.pk)
    if inspection.stage not in stages:
        raise Refused("Fieldwork has closed. Nothing more is asked for or taken")
    return inspection


def new_request(by: User, inspection: Inspection, *, due_on: date, **fields: str) -> EvidenceRequest:
    if due_on <= clock.today():
        raise Refused("Choose a day after today", "due_on")
    number = inspection.evidence_requests.count() + 1
    return EvidenceRequest.objects.create(
        inspection=inspection, number=number, asked_at=clock.now(), asked_by=by, due_on=due_on, **fields
    )


def asked(by: User, inspection: Inspection, titles: list[str]) -> None:
    """The service is told once for all of them."""
    key = f"{inspection.ref} asked for {inspection.evidence_requests.count()}"
    tell_service(inspection, key, "The inspection team asks you to send evidence in advance.")
    record(by=by, verb="asked for evidence", inspection=inspection.ref, detail={"titles": titles})


def tell_service(inspection: Inspection, key: str, sentence: str) -> None:
    people, to = contacts_of(inspection), "inspections:service-requests"
    tell(people=people, key=key, text=sentence, to=to, inspection=inspection)
    link = reverse(to, kwargs={"ref": inspection.ref})
    write_mail(people=people, key=key, sentence=sentence, link=link, inspection=inspection)


@transaction.atomic
def extend(*, by: User, request: EvidenceRequest, due_on: date, reason: str) -> None:
    """Raises Refused."""
    request = open_request(request, ASK_FOR_EVIDENCE.stages)
    if due_on <= max(clock.today(), request.due_on):
        raise Refused(f"Choose a day after {rules.date_words(max(clock.today(), request.due_on))}", "due_on")
    former, request.due_on, request.extended_because = request.due_on, due_on, reason
    request.save(update_fields=["due_on", "extended_because"])
    key = f"{request.inspection.ref} request {request.number} due {due_on}"
    tell_service(request.inspection, key, f"You have until {rules.date_words(due_on)} for “{request.title}”.")
    note(by, request, "gave the service more time", {"from": str(former), "to": str(due_on), "reason": reason})


def open_request(request: EvidenceRequest, stages: Collection[str]) -> EvidenceRequest:
    """The row as it is now, held. Raises Refused."""
    found = request_of(held(request.inspection, stages), request.number)
    if not found.is_open:
        raise Refused("What was sent has been accepted. It can no longer be changed")
    return found


@transaction.atomic
def add_file(*, by: User, request: EvidenceRequest, label: str, content: bytes) -> EvidenceFile:
    """It is checked next, and seen by nobody of the team before it is sent. Raises Refused."""
    request = open_request(request, SEND_EVIDENCE.stages)
    if len(unsent_files(request)) >= MOST_FILES:
        raise Refused(f"Send these {MOST_FILES} files first, then add more", "file")
    if bytes_of(request.inspection.ref) + len(content) > EVIDENCE.quota:
        most = EVIDENCE.quota // MEGABYTE
        raise Refused(f"All files together can have {most}MB. Take one away, or ask the lead inspector", "file")
    document = keep(
        by=by,
        purpose=Purpose.EVIDENCE,
        label=label,
        content=content,
        kept=False,
        inspection=request.inspection.ref,
    )
    file = EvidenceFile.objects.create(request=request, document=document)
    note(by, request, "uploaded a file", {"document": str(document.pk), "sha256": document.sha256})
    return file


@transaction.atomic
def remove_file(*, by: User, file: EvidenceFile) -> None:
    """Raises Refused where it was sent."""
    request = open_request(file.request, SEND_EVIDENCE.stages)
    found = next((each for each in unsent_files(request) if each.pk == file.pk), None)
    if found is None:
        raise Refused("This file has been sent or taken away")
    found.delete()
    discard(found.document)
    note(by, request, "took a file away", {"sha256": found.document.sha256})


@transaction.atomic
def send_files(*, by: User, request: EvidenceRequest) -> EvidenceReply:
    """Files that are still being checked go with it; the team sees each once it is clean. Raises Refused."""
    request = open_request(request, SEND_EVIDENCE.stages)
    files = unsent_files(request)
    if not files:
        raise Refused("Upload at least one file, then send it")
    if refused := [file.document.label for file in files if file.document.is_refused]:
        raise Refused(f"Take away “{refused[0]}”, which was refused, then send the others")
    reply = new_reply(by, request, "")
    for file in files:
        file.reply = reply
        file.save(update_fields=["reply"])
        settle(file.document)
    note(by, request, "sent evidence", {"version": reply.number, "files": len(files), "late": reply.is_late})
    return reply


@transaction.atomic
def say_not_held(*, by: User, request: EvidenceRequest, reason: str) -> EvidenceReply:
    """Raises Refused."""
    request = open_request(request, SEND_EVIDENCE.stages)
    if unsent_files(request):
        raise Refused("You have uploaded files for this. Send them, or take them away first")
    reply = new_reply(by, request, reason)
    note(by, request, "said that it does not hold evidence", {"version": reply.number, "reason": reason})
    return reply


def new_reply(by: User, request: EvidenceRequest, not_held_because: str) -> EvidenceReply:
    reply = EvidenceReply.objects.create(
        request=request,
        number=request.replies.count() + 1,
        not_held_because=not_held_because,
        due_on=request.due_on,
        sent_at=clock.now(),
        sent_by=by,
    )
    inspection, lead = request.inspection, lead_of(request.inspection)
    key = f"{inspection.ref} request {request.number} version {reply.number}"
    text = f"The service has answered “{request.title}”. {inspection.ref}"
    tell(people=[lead.person_id] if lead else [], key=key, text=text, to="inspections:requests", inspection=inspection)
    return reply


def waiting_reply(request: EvidenceRequest, seen: int) -> EvidenceReply:
    """The newest, held, if it is the one that was on the page and nobody has settled it. Raises Refused."""
    latest = open_request(request, ASK_FOR_EVIDENCE.stages).latest
    if latest is None or latest.number != seen:
        raise Refused("The service has sent something since you opened this page. Look at that first")
    if not latest.waits:
        raise Refused("Somebody else has accepted or returned this already")
    return latest


@transaction.atomic
def accept(*, by: User, request: EvidenceRequest, seen: int) -> None:
    """`seen` is the number of the version that the page showed. Raises Refused."""
    latest = waiting_reply(request, seen)
    if any(not file.document.is_available for file in latest.files.all()):
        raise Refused("Not every file of it has been checked. Wait until all of them can be opened, or return it")
    latest.accepted_at, latest.accepted_by = clock.now(), by
    latest.save(update_fields=["accepted_at", "accepted_by"])
    note(by, request, "accepted evidence", {"version": latest.number})


@transaction.atomic
def return_to_service(*, by: User, request: EvidenceRequest, seen: int, reason: str) -> None:
    """The service is told that there is something to do; the reason itself stands on its page only. Raises Refused."""
    latest = waiting_reply(request, seen)
    latest.returned_at, latest.returned_by, latest.returned_because = clock.now(), by, reason
    latest.save(update_fields=["returned_at", "returned_by", "returned_because"])
    key = f"{request.inspection.ref} request {request.number} version {latest.number} returned"
    tell_service(
        request.inspection, key, f"The inspection team has returned “{request.title}” and says what is missing."
    )
    note(by, request, "returned evidence", {"version": latest.number, "reason": reason})


def note(by: User, request: EvidenceRequest, verb: str, more: dict[str, object]) -> None:
    detail = {"request": request.number} | more
    record(by=by, verb=verb, inspection=request.inspection.ref, subject=request.title, detail=detail)


def tell_of_refused_files() -> None:
    """Whoever sent a file that was refused is told so once, however often this is called."""
    rows = Document.objects.filter(refused_at__gte=clock.now() - TOLD_WITHIN).exclude(inspection="")
    refused = rows.select_related("received_from").order_by("refused_at")
    inspections = {each.ref: each for each in Inspection.objects.filter(ref__in={row.inspection for row in refused})}
    leave(
        [
            notification(
                row.received_from_id,
                f"document {row.pk} refused",
                f"A file that you uploaded was refused. {row.refused_because}.",
                "inspections:service-home" if row.received_from.role == Role.SERVICE_CONTACT else "inspections:home",
                inspections[row.inspection],
            )
            for row in refused
            if row.inspection in inspections
        ]
    )
