"""The service is told. From then on its own pages show the ratings."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions import reach_stage, tell, write_mail
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage
from ratings.models import Meeting, Outcome


class NotSigned(Refused):
    """There is nothing to tell yet, or it has been told."""


@transaction.atomic
def tell_service(*, inspection: Inspection, told_on: date, told_how: str, by: User) -> Outcome:
    inspection = (
        Inspection.objects.select_for_update(of=("self",), no_key=True).select_related("service").get(pk=inspection.pk)
    )
    meeting = Meeting.objects.filter(inspection=inspection, signed_at__isnull=False).order_by("-number").first()
    if inspection.stage != Stage.SIGNED or meeting is None:
        raise NotSigned("The service is told once, after the ratings are signed off")
    outcome = Outcome.objects.create(
        meeting=meeting, told_on=told_on, told_how=told_how, told_by=by, recorded_at=clock.now()
    )
    leave_word(inspection, meeting.number)
    detail = {"version": meeting.number, "told_on": told_on.isoformat(), "record_digest": meeting.record_digest}
    record(by=by, verb="told the service", inspection=inspection.ref, detail=detail)
    reach_stage(inspection=inspection, stage=Stage.TOLD, by=by, day=told_on)
    return outcome


def leave_word(inspection: Inspection, version: int) -> None:
    """For the service's contacts. The ratings are on the page, not in the words."""
    is_corrected = inspection.told_on is not None
    contacts = list(inspection.service.contacts.filter(until__isnull=True).values_list("person", flat=True))
    key = f"{inspection.ref} outcome {version}"
    text = f"The outcome of inspection {inspection.ref} {'has been corrected' if is_corrected else 'is ready'}"
    tell(people=contacts, key=key, text=text, to="ratings:service-outcome", inspection=inspection)
    link = reverse("ratings:service-outcome", kwargs={"ref": inspection.ref})
    write_mail(people=contacts, key=key, sentence=f"{text}.", link=link, inspection=inspection)
