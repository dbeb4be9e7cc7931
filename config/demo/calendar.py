"""Which Mondays the four inspections' fieldwork starts on, seen from today."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Mondays:
    announced: date
    fieldwork: date
    meeting: date
    told: date


def mondays(today: date, holidays: Set[date]) -> Mondays:
    """Near enough for each to be at its stage: announced, mid-fieldwork, at the rating meeting, the service told."""
    return Mondays(
        announced=first(today + timedelta(days=6), holidays, onwards=True),
        fieldwork=first(today - timedelta(days=1), holidays, onwards=False),
        meeting=first(today - timedelta(days=17), holidays, onwards=False),
        told=first(today - timedelta(days=20), holidays, onwards=False),
    )


def first(day: date, holidays: Set[date], *, onwards: bool) -> date:
    """The first Monday from this day on, or back, that is no bank holiday."""
    step = timedelta(days=1 if onwards else -1)
    while day.weekday() or day in holidays:
        day += step
    return day
