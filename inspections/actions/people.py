"""The people whom the team will meet, as the service lists them."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.refused import Refused
from inspections.models import Inspection, PersonToMeet


class PersonRefused(Refused):
    """Somebody of this name is on the list already."""


@transaction.atomic
def list_person(*, inspection: Inspection, name: str, post: str, by: User) -> PersonToMeet:
    """Somebody of whom the team knew already is the same person, and the service is not told of that."""
    known = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk).people_to_meet
    person = known.filter(name=name).first() or PersonToMeet(inspection=inspection, name=name)
    if person.listed_at:
        raise PersonRefused(f"{name} is on the list already", "name")
    person.post, person.listed_at, person.listed_by = post, clock.now(), by
    person.save()
    record(by=by, verb="listed a person to meet", inspection=inspection.ref, subject=person.post)
    return person


@transaction.atomic
def say_of_person(*, person: PersonToMeet, said: dict[str, str | bool], by: User) -> None:
    """`said` are fields of the person that one page asks for."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=person.inspection_id)
    others = inspection.people_to_meet.exclude(pk=person.pk)
    if "name" in said and others.filter(name=said["name"]).exists():
        raise PersonRefused("Somebody else has this name. Add what tells them apart", "name")
    for field, value in said.items():
        setattr(person, field, value)
    person.save(update_fields=list(said))
    detail = {"what": sorted(said)}
    record(by=by, verb="changed a person to meet", inspection=inspection.ref, subject=person.post, detail=detail)


@transaction.atomic
def take_off_list(*, person: PersonToMeet, by: User) -> None:
    """Whoever the timetable has a place for stays known to the team, without what the service said of them."""
    record(by=by, verb="took a person off the list", inspection=person.inspection.ref, subject=person.post)
    if person.bookings.exists():
        kept = {"post": "", "available": "", "needs": "", "listed_at": None, "listed_by": None}
        PersonToMeet.objects.filter(pk=person.pk).update(**kept)
    else:
        person.delete()
