"""Asks a reader how a case is coming on."""

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import Case
from inspections.actions.notifications import leave
from inspections.actions.refused import Refused
from inspections.models import Notification


class NotAsked(Refused):
    """There is nobody to ask, or they were asked today."""


@transaction.atomic
def nudge(*, by: User, case: Case) -> None:
    """Once a case and day, whoever asks."""
    reader, today = case.reader_id, clock.today()
    if reader is None or reader == by.pk or case.sent_at:
        raise NotAsked(f"There is nobody to ask about {case.ref}")
    key = f"{case.inspection.ref} {case.ref} how is it coming on {today.isoformat()}"
    if Notification.objects.filter(person=reader, key=key).exists():
        raise NotAsked(f"The reader of {case.ref} has been asked today")
    link = reverse("cases:case", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})
    text = f"{by.name} asks how {case.ref} is coming on. {case.inspection.service.name}, {case.inspection.ref}"
    asked = Notification(
        person_id=reader, inspection=case.inspection, key=key, text=text, link=link, created_at=clock.now()
    )
    leave([asked])
    record(by=by, verb="asked how a case is coming on", inspection=case.inspection.ref, subject=case.ref)
