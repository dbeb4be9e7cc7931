"""The timetable of a fieldwork as it is checked and sent, in words, and what changed since it was sent."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from inspections.rules import is_working_day
from standards.schema import OnSite

CASE_MANAGER, VICTIM_WORKER, DISCUSSION = "case_manager", "victim_worker", "multi_agency_discussion"
DAY_BEGINS, DAY_ENDS = time(9), time(17)
"""The hours of a day of fieldwork between its first and its last: ours, for none are published."""

REVIEWS_DUE_AT = time(12)
LINK_DAYS = 2
"""So many days before fieldwork whatever is held on Teams has its link."""

MEETING_MINUTES = 60
DISCUSSION_MINUTES = 90
"""How long a meeting and a discussion are suggested for: ours, for no length is published."""

OWN_KINDS = {"catch_up": "Team catch-up", "other": "Something else"}
"""Kinds of slots that the standards do not know."""


@dataclass(frozen=True)
class Booked:
    """A slot as the checks see it. Times are in the zone of fieldwork; `met` are names, `cases` references."""

    pk: int
    kind: str
    title: str
    begins: datetime
    ends: datetime
    people: tuple[int, ...] = ()
    met: tuple[str, ...] = ()
    place: str = ""
    building: str = ""
    remote: bool = False
    has_link: bool = False
    cases: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return (self.ends - self.begins) // timedelta(minutes=1)

    @property
    def is_interview(self) -> bool:
        return self.kind in (CASE_MANAGER, VICTIM_WORKER)

    @property
    def name(self) -> str:
        """interview C-04, or the title as it stands in a sentence."""
        if self.is_interview:
            return f"interview {' and '.join(self.cases)}".strip()
        return self.title[:1].lower() + self.title[1:]

    def overlaps(self, other: "Booked") -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True)
class Kind:
    """A kind of slot: how long it may last, how many cases it may cover, how many there are to be; None: any."""

    code: str
    title: str
    minutes: int | None = None
    cases: int | None = None
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Planned:
    """A case of the sample: who reads it, how long that takes, and whether it is to have an interview."""

    ref: str
    reader: int | None
    reading: int
    wants_interview: bool = True
    in_welsh: bool = False


@dataclass(frozen=True)
class Hours:
    begins: datetime
    ends: datetime


def hours_on_site(on_site: OnSite, monday: date, holidays: Set[date], zone: tzinfo) -> tuple[Hours, ...]:
    """The hours of each working day between the first and the last of fieldwork."""
    found = []
    for number in range(on_site.first_day, on_site.last_day + 1):
        day = monday + timedelta(days=number)
        if is_working_day(day, holidays):
            begins = on_site.starts if number == on_site.first_day else DAY_BEGINS
            ends = on_site.ends if number == on_site.last_day else DAY_ENDS
            found.append(Hours(datetime.combine(day, begins, zone), datetime.combine(day, ends, zone)))
    return tuple(found)


@dataclass(frozen=True)
class Habits:
    """What people should not have more or less of. Ours, unless the standards say otherwise."""

    interviews_a_day: int = 3
    interviews_met_a_day: int = 2
    break_minutes: int = 30
    break_between: tuple[int, int] = (12, 14)
    gap_minutes: int = 15


@dataclass(frozen=True)
class Fieldwork:
    """What a timetable is checked against. `names` of people by their id; `days` are the hours of each working day.

    `holidays` are bank holidays among its weeks; `away` has the days on which somebody of ours is not expected.
    """

    days: tuple[Hours, ...]
    holidays: tuple[date, ...]
    kinds: Mapping[str, Kind]
    cases: Mapping[str, Planned]
    names: Mapping[int, str]
    links_due: date
    today: date
    reviews_due: datetime | None = None
    welsh_wanted: frozenset[str] = frozenset()
    welsh_spoken: frozenset[int] = frozenset()
    away: Mapping[int, frozenset[date]] = field(default_factory=dict)
    habits: Habits = Habits()


@dataclass(frozen=True)
class Found:
    """`slot` is None where something is missing; `case` or `kind` then say what would mend it."""

    check: str
    sentence: str
    slot: int | None = None
    case: str = ""
    kind: str = ""


def clock_words(moment: datetime) -> str:
    """10am, 10:45am, 12 noon."""
    if (moment.hour, moment.minute) == (12, 0):
        return "12 noon"
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment.minute:02d}{half}" if moment.minute else f"{hour}{half}"


def when_words(moment: datetime) -> str:
    """Tuesday 10am."""
    return f"{moment:%A} {clock_words(moment)}"


def day_words(day: date) -> str:
    """Monday 5 May."""
    return f"{day:%A} {day.day} {day:%B}"


def length_words(minutes: int) -> str:
    """1 hour 45 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} {'hour' if hours == 1 else 'hours'}"] if hours else []
    return " ".join(parts + ([f"{rest} {'minute' if rest == 1 else 'minutes'}"] if rest or not hours else []))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Change:
    """What became of a slot since the timetable was sent. `slot` is as it is, or as it was where it was cancelled."""

    what: str
    slot: Booked
    before: Booked | None

    def concerns(self, person: int) -> bool:
        return person in self.slot.people or (self.before is not None and person in self.before.people)


ADDED, CANCELLED, MOVED, CHANGED = "Added", "Cancelled", "Moved", "Changed"


def changes(before: Sequence[Booked], now: Sequence[Booked]) -> list[Change]:
    """By the time at which the slot is, or was."""
    then, current = {slot.pk: slot for slot in before}, {slot.pk: slot for slot in now}
    found = [Change(ADDED, slot, None) for pk, slot in current.items() if pk not in then]
    found += [Change(CANCELLED, slot, slot) for pk, slot in then.items() if pk not in current]
    found += [
        Change(MOVED if (was.begins, was.ends) != (current[pk].begins, current[pk].ends) else CHANGED, current[pk], was)
        for pk, was in then.items()
        if pk in current and was != current[pk]
    ]
    return sorted(found, key=lambda change: (change.slot.begins, change.slot.pk))
