"""The service asks for a change of what it was sent; whoever plans the timetable answers."""

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.queries.timetable_requests import is_over
from cases.rules.timetable import Booked
from inspections.actions.mail import write_mail
from inspections.actions.notifications import leave, tell
from inspections.actions.refused import Refused
from inspections.models import Inspection, Notification, RequestAnswer, Slot, SlotRequest
from inspections.queries.service import contacts_of
from inspections.queries.team import planners_of


class RequestRefused(Refused):
    """A change cannot be asked for, or the answer does not hold."""


@transaction.atomic
def ask_for_change(
    *, inspection: Inspection, slot: Slot, sent: Booked, reason: str, times: str, by: User
) -> SlotRequest:
    """`sent` is the slot as the service was sent it."""
    locked = Slot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    if is_over(sent):
        raise RequestRefused("This has begun already. Contact the lead inspector")
    if locked.requests.filter(answer="").exists():
        raise RequestRefused("You have asked for a change of this already. We will answer soon")
    asked = {"reason": reason, "times": times, "asked_at": clock.now(), "asked_by": by}
    request = SlotRequest.objects.create(slot=locked, slot_version=locked.version, **asked)
    tell(
        people=planners_of(inspection),
        key=f"{inspection.ref} change asked {request.pk}",
        text=f"The service asks for a change of the timetable. {inspection.service.name}, {inspection.ref}",
        to="cases:timetable",
        inspection=inspection,
    )
    record(by=by, verb="asked for a change of the timetable", inspection=inspection.ref, subject=slot.title)
    return request


@transaction.atomic
def answer_request(*, inspection: Inspection, request: SlotRequest, answer: str, why: str, by: User) -> None:
    """Agreed is what was done: the slot has changed since it was asked for, or was cancelled."""
    found = SlotRequest.objects.select_for_update(of=("self",), no_key=True).select_related("slot").get(pk=request.pk)
    if found.answer:
        raise RequestRefused("Somebody has answered this already")
    if answer == RequestAnswer.MOVED and found.slot.version == found.slot_version:
        raise RequestRefused("Change or cancel the slot first, then say that it was changed", "answer")
    found.answer, found.why = RequestAnswer(answer), why
    found.answered_at, found.answered_by = clock.now(), by
    found.save()
    tell_the_service(inspection, found)
    detail = {"answer": found.get_answer_display()}
    record(by=by, verb="answered the service", inspection=inspection.ref, subject=found.slot.title, detail=detail)


def tell_the_service(inspection: Inspection, request: SlotRequest) -> None:
    people, key = contacts_of(inspection), f"{inspection.ref} change answered {request.pk}"
    link = reverse("cases:service-timetable", kwargs={"ref": inspection.ref})
    told = {"inspection": inspection, "key": key, "link": link, "created_at": clock.now()}
    text = f"We have answered your request for a change of the timetable. {inspection.ref}"
    leave([Notification(person_id=person, text=text, **told) for person in people])
    sentence = "We have answered your request for a change of the timetable."
    write_mail(people=people, key=key, sentence=sentence, link=link, inspection=inspection)
