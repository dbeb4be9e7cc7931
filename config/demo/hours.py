"""The product's clock, set by hand while a story is told, and the hours in which people work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings

from accounts.clock import LONDON

MORNING, NOON, EVENING = time(9), time(13), time(17, 15)


@contextmanager
def clock_set_by_hand() -> Iterator[None]:
    """Until the end of the block `it_is` decides what time it is."""
    before = settings.CLOCK
    try:
        yield
    finally:
        settings.CLOCK = before


def it_is(moment: datetime) -> None:
    settings.CLOCK = moment.isoformat()


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


@dataclass(frozen=True)
class Shift:
    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def fieldwork_shifts(monday: date, until: datetime) -> list[Shift]:
    """Monday from noon, whole days, Friday until noon; what of it lies before `until`."""
    days = [monday + timedelta(days=number) for number in range(5)]
    shifts = [Shift(_at(days[0], NOON), _at(days[0], EVENING))]
    shifts += [Shift(_at(day, MORNING), _at(day, EVENING)) for day in days[1:4]]
    shifts += [Shift(_at(days[4], MORNING), _at(days[4], NOON))]
    return [shift for shift in shifts if shift.end <= until]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON)


def spread(shifts: list[Shift], count: int) -> list[datetime]:
    """So many moments, evenly over the working hours, to the second."""
    total = sum((shift.length for shift in shifts), timedelta())
    return [_moment(shifts, total * (2 * number + 1) / (2 * count)) for number in range(count)]


def _moment(shifts: list[Shift], worked: timedelta) -> datetime:
    for shift in shifts:
        if worked < shift.length:
            return (shift.start + worked).replace(microsecond=0)
        worked -= shift.length
    return shifts[-1].end
