"""The timetable is sent: kept as it is, and everybody whom it concerns is told."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.queries import timetable as queries
from cases.rules.timetable import Change
from inspections.actions.notifications import leave
from inspections.actions.refused import Refused
from inspections.models import Inspection, Notification, TimetableVersion
from inspections.queries.service import contacts_of


class NotSent(Refused):
    """Something must be fixed first, or a reason is missing."""


@transaction.atomic
def send(*, by: User, inspection: Inspection, reasons: Mapping[str, str]) -> TimetableVersion:
    """`reasons` by the sentence of each point to look at. Raises NotSent."""
    locked = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    now = [queries.booked(slot) for slot in queries.slots_of(locked)]
    must, look = queries.findings(now, queries.fieldwork_of(locked))
    if must:
        raise NotSent("Something in the timetable must be fixed before it is sent")
    if unexplained := [found.sentence for found in look if not reasons.get(found.sentence, "").strip()]:
        raise NotSent(f"Say why this stays as it is: {unexplained[0]}")
    former = queries.latest_version(locked)
    version = TimetableVersion.objects.create(
        inspection=locked,
        number=former.number + 1 if former else 1,
        slots=queries.to_json(now),
        reasons={found.sentence: reasons[found.sentence].strip() for found in look},
        sent_at=clock.now(),
        sent_by=by,
    )
    tell(by, version, queries.changes_since(former, now))
    detail = {"number": version.number, "slots": len(now), "reasons": version.reasons}
    record(by=by, verb="sent the timetable", inspection=locked.ref, detail=detail)
    return version


def tell(by: User, version: TimetableVersion, changed: list[Change]) -> None:
    """The first time everybody on the team, later those whose slots changed; the service every time."""
    inspection, first = version.inspection, version.number == 1
    team = [place.person_id for place in queries.team_of(inspection)]
    people = team if first else [person for person in team if any(change.concerns(person) for change in changed)]
    words = "The timetable is there" if first else "Your timetable has changed"
    named = f"{inspection.service.name}, {inspection.ref}"
    mine = reverse("cases:my-timetable", kwargs={"ref": inspection.ref})
    theirs = reverse("cases:service-timetable", kwargs={"ref": inspection.ref})
    told = [note(version, person, f"{words}. {named}", mine) for person in people if person != by.pk]
    told += [note(version, person, f"{words}. {inspection.ref}", theirs) for person in contacts_of(inspection)]
    leave(told)


def note(version: TimetableVersion, person: int, text: str, link: str) -> Notification:
    return Notification(
        person_id=person,
        inspection=version.inspection,
        key=f"{version.inspection.ref} timetable {version.number}",
        text=text,
        link=link,
        created_at=clock.now(),
    )
