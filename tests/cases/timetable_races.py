"""The races that planning a timetable stands, each with the guard that decides it and a way to take that guard away."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.clock import LONDON
from cases.actions import interviews
from cases.actions import timetable as actions
from cases.actions.timetable import SlotRefused, Wanted
from cases.models import Case, Interview
from cases.rules.interviews import Result
from inspections.models import Booking, Inspection, Slot
from tests.people import People
from tests.races import at_once, wait_until_somebody_waits

TUESDAY = datetime(2027, 6, 8, 10, tzinfo=LONDON)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Scene:
    inspection: Inspection
    people: People

    def wanted(self, begins: datetime = TUESDAY, title: str = "Call") -> Wanted:
        return Wanted("other", title, begins, begins + HOUR, people=(self.people.assistant.pk,))

    def clear(self) -> None:
        Slot.objects.all().delete()


@dataclass(frozen=True)
class Race:
    name: str
    guard: str
    lost: Callable[[Scene], bool]  # runs it once; whether something was lost
    unguarded: Callable[[], AbstractContextManager[None]]

    def failures(self, scene: Scene, rounds: int) -> int:
        return sum(self.lost(scene) for _ in range(rounds))


def held_together(lock: str, calls: list[Callable[[], object]]) -> list[object]:
    """What the calls came to that all waited for the lock that this one held."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(lock)
            going = pool.submit(at_once, calls)
            wait_until_somebody_waits(len(calls), unless=going.done)
        return going.result()


def booked_twice(scene: Scene) -> bool:
    """Two people book the same inspector for the same hour; each looked, and saw them free."""
    scene.clear()
    by = (scene.people.lead, scene.people.deputy)
    calls = [lambda who=who: actions.book(by=who, inspection=scene.inspection, wanted=scene.wanted()) for who in by]
    done = held_together("LOCK TABLE inspections_slot IN SHARE MODE", calls)
    refused = [one for one in done if isinstance(one, SlotRefused)]
    assert [one for one in done if isinstance(one, Exception) and one not in refused] == []
    return Booking.objects.filter(person=scene.people.assistant, standing=True).count() > 1


def moved_twice(scene: Scene) -> bool:
    """Two people move the same slot from the same page; the second would not know of the first."""
    scene.clear()
    slot = actions.book(by=scene.people.lead, inspection=scene.inspection, wanted=scene.wanted())
    moves = [(scene.people.lead, TUESDAY + 2 * HOUR), (scene.people.deputy, TUESDAY + 4 * HOUR)]
    calls = [
        lambda who=who, at=at: actions.change(by=who, slot=slot, version=slot.version, wanted=scene.wanted(at))
        for who, at in moves
    ]
    done = held_together(f"SELECT 1 FROM inspections_slot WHERE id = {slot.pk} FOR UPDATE", calls)  # noqa: S608
    return not any(isinstance(one, Exception) for one in done)


def interview(scene: Scene, begins: datetime, met: str = "Sam Worker") -> Wanted:
    case = Case.objects.get(inspection=scene.inspection)
    ends = begins + HOUR
    return Wanted("case_manager", "Interview", begins, ends, met=(met,), remote=True, cases=(case.ref,))


def interview_moved_twice(scene: Scene) -> bool:
    """The same of an interview about a case."""
    scene.clear()
    slot = actions.book(by=scene.people.lead, inspection=scene.inspection, wanted=interview(scene, TUESDAY))
    moves = [(scene.people.lead, TUESDAY + 2 * HOUR), (scene.people.deputy, TUESDAY + 4 * HOUR)]
    calls = [
        lambda who=who, at=at: actions.change(by=who, slot=slot, version=slot.version, wanted=interview(scene, at))
        for who, at in moves
    ]
    done = held_together(f"SELECT 1 FROM inspections_slot WHERE id = {slot.pk} FOR UPDATE", calls)  # noqa: S608
    return not any(isinstance(one, Exception) for one in done)


def recorded_twice(scene: Scene) -> bool:
    """Two people record what became of one interview; the second would write over the first unseen.

    What is recorded is never deleted, so that each round has an interview of its own.
    """
    met = f"Worker {Slot.objects.count()}"
    slot = actions.book(by=scene.people.lead, inspection=scene.inspection, wanted=interview(scene, TUESDAY, met))
    result = Result("held", TUESDAY, TUESDAY + HOUR)
    calls = [
        lambda who=who: interviews.finish(by=who, slot=slot, version=0, result=result)
        for who in (scene.people.lead, scene.people.deputy)
    ]
    lock = f"SELECT 1 FROM inspections_inspection WHERE id = {scene.inspection.pk} FOR UPDATE"  # noqa: S608
    done = held_together(lock, calls)
    return not any(isinstance(one, Exception) for one in done)


class AnyVersion(int):
    """Equals whatever it is compared with: as if nobody compared."""

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


@contextmanager
def without_the_recorded_version() -> Iterator[None]:
    guarded = interviews.finish

    def whatever_version(*, version: int, **more: Any) -> Interview:
        return guarded(version=AnyVersion(version), **more)

    interviews.finish = whatever_version
    try:
        yield
    finally:
        interviews.finish = guarded


@contextmanager
def without_the_constraint() -> Iterator[None]:
    definition = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'booking_person_in_one_place'"
    with connection.cursor() as cursor:
        cursor.execute(definition)
        (text,) = cursor.fetchone()
        cursor.execute("ALTER TABLE inspections_booking DROP CONSTRAINT booking_person_in_one_place")
    try:
        yield
    finally:
        Slot.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE inspections_booking ADD CONSTRAINT booking_person_in_one_place {text}")


@contextmanager
def without_the_version() -> Iterator[None]:
    guarded = actions.locked_slot

    def whatever_version(slot: Slot, version: int) -> Slot:
        return guarded(slot, Slot.objects.select_for_update(no_key=True).get(pk=slot.pk).version)

    actions.locked_slot = whatever_version
    try:
        yield
    finally:
        actions.locked_slot = guarded


RACES = (
    Race("two book one inspector", "the exclusion constraint", booked_twice, without_the_constraint),
    Race("two move one slot", "the version compared", moved_twice, without_the_version),
)
INTERVIEW_RACES = (
    Race("two move one interview", "the version compared", interview_moved_twice, without_the_version),
    Race("two record one interview", "the version compared", recorded_twice, without_the_recorded_version),
)
