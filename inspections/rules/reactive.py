"""When a reactive inspection may start: some weeks after the fieldwork that it follows (docs/rules/reactive.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from standards.schema import InspectionType

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """Both days belong to it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def mondays(self) -> Iterator[date]:
        day = self.first + timedelta(days=-self.first.weekday() % 7)
        while day <= self.last:
            yield day
            day += WEEK


def window(fieldwork_start: date, kind: InspectionType, reactive: InspectionType) -> Window:
    """Counted from the last day of fieldwork of the inspection that it follows."""
    ends = fieldwork_start + timedelta(days=kind.on_site.last_day)
    least, most = reactive.follows_after_weeks
    return Window(ends + least * WEEK, ends + most * WEEK)


def following(kinds: dict[str, InspectionType], code: str) -> InspectionType | None:
    """The type of inspection that follows one of this type, if there is any."""
    return next((kind for kind in kinds.values() if kind.follows == code), None)
