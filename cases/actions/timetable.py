"""The timetable is planned: slots are booked, changed, cancelled, and what became of them is recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from psycopg.errors import DeadlockDetected

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import SlotCase
from cases.queries import timetable as queries
from cases.queries.sample import sample_of
from cases.rules.timetable import Booked, Fieldwork, length_words, when_words
from cases.rules.timetable_checks import hours_sentence, length_sentence, two_places
from inspections.actions.refused import Refused
from inspections.models import Booking, Inspection, PersonToMeet, Place, Slot, SlotOutcome

CLASH = "booking_"
"""How the names of the constraints begin that keep people and rooms in one place."""


class SlotRefused(Refused):
    """The slot cannot be like this."""


class ChangedMeanwhile(SlotRefused):
    """Somebody else changed the slot after the page was opened."""


@dataclass(frozen=True)
class Wanted:
    """A slot as somebody wants it. `met` are names; `place` is the name of a room, new or known."""

    kind: str
    title: str
    begins: datetime
    ends: datetime
    people: tuple[int, ...] = ()
    met: tuple[str, ...] = ()
    place: str = ""
    building: str = ""
    remote: bool = False
    link: str = ""
    preparation: str = ""
    cases: tuple[str, ...] = ()


@transaction.atomic
def book(*, by: User, inspection: Inspection, wanted: Wanted) -> Slot:
    """Raises SlotRefused."""
    refuse(inspection, wanted)
    slot = Slot(inspection=inspection, made_at=clock.now(), made_by=by)
    write(slot, wanted)
    record(by=by, verb="booked", inspection=inspection.ref, subject=slot.title, detail=said(wanted))
    return slot


@transaction.atomic
def add_place(*, by: User, inspection: Inspection, name: str, building: str = "") -> Place:
    """A room in which interviews can be suggested."""
    place, new = Place.objects.get_or_create(inspection=inspection, name=name, building=building)
    if new:
        record(by=by, verb="added a room", inspection=inspection.ref, subject=str(place))
    return place


@transaction.atomic
def book_all(*, by: User, inspection: Inspection, wanted: Sequence[Wanted]) -> list[Slot]:
    """All of them or none. Raises SlotRefused."""
    slots = []
    work, others = queries.fieldwork_of(inspection), booked_besides(inspection)
    for one in wanted:
        refuse_against(inspection, one, work, others)
        slot = Slot(inspection=inspection, made_at=clock.now(), made_by=by)
        write(slot, one)
        others.append(as_booked(one, slot.pk))
        slots.append(slot)
    detail = {"slots": [one.title for one in wanted]}
    record(by=by, verb="booked", inspection=inspection.ref, subject=f"{len(slots)} slots", detail=detail)
    return slots


@transaction.atomic
def change(*, by: User, slot: Slot, version: int, wanted: Wanted) -> Slot:
    """`version` is that of the page. Raises SlotRefused, or ChangedMeanwhile where somebody else was quicker."""
    locked = locked_slot(slot, version)
    refuse(slot.inspection, wanted, locked.pk)
    before = queries.booked(queries.slot_or_404(slot.inspection, slot.pk))
    locked.bookings.all().delete()
    locked.covered.all().delete()
    write(locked, wanted)
    detail = {"before": f"{when_words(before.begins)}, {length_words(before.minutes)}"} | said(wanted)
    record(by=by, verb="changed a slot", inspection=slot.inspection.ref, subject=locked.title, detail=detail)
    return locked


@transaction.atomic
def cancel(*, by: User, slot: Slot, version: int, reason: str) -> None:
    """Its people and its room are free again. Raises ChangedMeanwhile."""
    locked = locked_slot(slot, version)
    locked.standing, locked.cancelled_at, locked.cancelled_by, locked.cancelled_reason = False, clock.now(), by, reason
    locked.version += 1
    locked.save()
    detail = {"reason": reason, "was": when_words(slot.period.lower.astimezone(clock.LONDON))}
    record(by=by, verb="cancelled a slot", inspection=slot.inspection.ref, subject=slot.title, detail=detail)


@transaction.atomic
def record_outcome(*, by: User, slot: Slot, version: int, outcome: str, note: str = "") -> None:
    locked = locked_slot(slot, version)
    locked.outcome, locked.outcome_note = SlotOutcome(outcome), note
    locked.version += 1
    locked.save(update_fields=["outcome", "outcome_note", "version"])
    detail = {"outcome": locked.get_outcome_display()}
    record(
        by=by, verb="recorded what became of a slot", inspection=slot.inspection.ref, subject=slot.title, detail=detail
    )


def locked_slot(slot: Slot, version: int) -> Slot:
    """The row, held until the transaction ends. Raises ChangedMeanwhile unless it is still as the page showed it."""
    locked = Slot.objects.select_for_update(no_key=True).get(pk=slot.pk)
    locked.inspection = slot.inspection
    if not locked.standing:
        raise ChangedMeanwhile(f"{locked.title} has been cancelled. Open the timetable again")
    if locked.version != version:
        now = when_words(locked.period.lower.astimezone(clock.LONDON))
        raise ChangedMeanwhile(
            f"Somebody changed this slot after you opened it. It is on {now} now. Check it, then save again"
        )
    return locked


def refuse(inspection: Inspection, wanted: Wanted, pk: int = 0) -> None:
    """What the form can say at its field: hours, length, cases that are not in the sample, two places at once."""
    refuse_against(inspection, wanted, queries.fieldwork_of(inspection), booked_besides(inspection, pk))


def booked_besides(inspection: Inspection, pk: int = 0) -> list[Booked]:
    return [queries.booked(slot) for slot in queries.slots_of(inspection).exclude(pk=pk)]


def refuse_against(inspection: Inspection, wanted: Wanted, work: Fieldwork, others: Sequence[Booked]) -> None:
    if problem := hours_sentence(wanted.begins, wanted.ends, work):
        raise SlotRefused(problem, "begins")
    if problem := length_sentence(work.kinds[wanted.kind], minutes(wanted)):
        raise SlotRefused(problem, "minutes")
    if strangers := [ref for ref in wanted.cases if ref not in work.cases]:
        raise SlotRefused(f"The sample has no {strangers[0]} any more. Choose the cases again", "cases")
    refuse_clash(inspection, wanted, work, others)


def minutes(wanted: Wanted) -> int:
    return int((wanted.ends - wanted.begins).total_seconds() // 60)


def refuse_clash(inspection: Inspection, wanted: Wanted, work: Fieldwork, others: Sequence[Booked]) -> None:
    """Also with slots of other inspections, of which only the time is said."""
    own = as_booked(wanted)
    if clash := next((found for other in others for found in two_places([other, own], work)), None):
        raise SlotRefused(clash.sentence, "begins")
    elsewhere = Booking.objects.filter(
        person__in=wanted.people, standing=True, period__overlap=(wanted.begins, wanted.ends)
    ).exclude(slot__inspection=inspection)
    if taken := elsewhere.select_related("person").first():
        name = taken.person.name if taken.person else ""
        raise SlotRefused(f"{name} is at another inspection at {when_words(wanted.begins)}", "begins")


def as_booked(wanted: Wanted, pk: int = 0) -> Booked:
    place, building = (wanted.place, wanted.building) if not wanted.remote else ("", "")
    return Booked(
        pk=pk,
        kind=wanted.kind,
        title=wanted.title,
        begins=wanted.begins,
        ends=wanted.ends,
        people=wanted.people,
        met=wanted.met,
        place=place,
        building=building,
        remote=wanted.remote,
        cases=wanted.cases,
    )


def write(slot: Slot, wanted: Wanted) -> None:
    """The slot with its bookings and cases. PostgreSQL has the last word on who is free. Raises SlotRefused."""
    slot.kind, slot.title, slot.period = wanted.kind, wanted.title, (wanted.begins, wanted.ends)
    slot.remote, slot.link, slot.preparation = wanted.remote, wanted.link if wanted.remote else "", wanted.preparation
    slot.version = slot.version + 1 if slot.pk else 1
    try:
        with transaction.atomic():
            slot.save()
            Booking.objects.bulk_create(
                Booking(slot=slot, period=slot.period, **taken) for taken in takes(slot, wanted)
            )
    except (IntegrityError, OperationalError) as error:
        if not is_clash(error):
            raise
        raise SlotRefused(
            f"Somebody, or the room, was taken for {when_words(wanted.begins)} at this moment. Choose another time",
            "begins",
        ) from None
    cases = sample_of(slot.inspection).filter(ref__in=wanted.cases)
    SlotCase.objects.bulk_create(SlotCase(slot=slot, case=case) for case in cases)


def is_clash(error: DatabaseError) -> bool:
    """Two who book one person at the same moment wait for each other's row, so PostgreSQL may call it a deadlock."""
    return CLASH in str(error) or isinstance(error.__cause__, DeadlockDetected)


def takes(slot: Slot, wanted: Wanted) -> Iterable[Mapping[str, object]]:
    for person in dict.fromkeys(wanted.people):
        yield {"person_id": person}
    for name in dict.fromkeys(wanted.met):
        yield {"met": PersonToMeet.objects.get_or_create(inspection=slot.inspection, name=name)[0]}
    if wanted.place and not wanted.remote:
        place, _ = Place.objects.get_or_create(inspection=slot.inspection, name=wanted.place, building=wanted.building)
        yield {"place": place}


def said(wanted: Wanted) -> dict[str, object]:
    """For the log: no name of anybody who is met."""
    return {
        "when": f"{when_words(wanted.begins)}, {length_words(minutes(wanted))}",
        "cases": list(wanted.cases),
        "on Teams": wanted.remote,
    }
