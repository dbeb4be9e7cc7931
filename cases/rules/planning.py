"""Suggests when interviews and meetings are held, so that nobody and no room is wanted twice at once.

The search is in cases.rules.planning_search. Rules: docs/rules/suggested-timetable.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple


class Resource(NamedTuple):
    """What can be in one place only: a person of ours, somebody whom we meet, or a room."""

    kind: str  # person, met or place
    who: int | str


@dataclass(frozen=True)
class Window:
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Wish:
    """Something that is to be held once, within one of `windows` (all of fieldwork where it has none).

    Our `people`, and those who are `met`, all have to be free; where there are rooms, one of them too, unless it is
    held on Teams. `reading` are the minutes that the first of our people needs for the file beforehand.
    """

    key: str
    minutes: int
    people: tuple[int, ...] = ()
    met: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    is_interview: bool = True
    remote: bool = False
    reading: int = 0

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def wanted(self) -> tuple[Resource, ...]:
        """Without the room, of which any will do."""
        ours, theirs = dict.fromkeys(self.people), dict.fromkeys(self.met)
        return (*(Resource("person", who) for who in ours), *(Resource("met", who) for who in theirs))


@dataclass(frozen=True)
class Taken:
    """Time that is booked already; `is_interview` counts towards the day's limits."""

    resource: Resource
    begins: datetime
    ends: datetime
    is_interview: bool = False


@dataclass(frozen=True)
class Limits:
    """How many interviews a day, for one of ours and for one whom we meet, and how long a break, are wanted."""

    interviews: int
    interviews_met: int
    break_minutes: int


@dataclass(frozen=True)
class Week:
    """Fieldwork hours, a window a day; the windows in which everybody should have a break; rooms; what is booked."""

    days: tuple[Window, ...]
    breaks: tuple[Window, ...]
    places: tuple[int, ...]
    taken: tuple[Taken, ...]
    limits: Limits

    def has(self, moment: datetime) -> bool:
        return any(day.begins <= moment < day.ends for day in self.days)

    def booked_minutes(self, resource: Resource) -> int:
        """Within the days; what is booked twice at once counts once."""
        total, until = 0, self.days[0].begins
        for taken in sorted((one for one in self.taken if one.resource == resource), key=lambda one: one.begins):
            begins, until = max(taken.begins, until), max(taken.ends, until)
            total += sum(max(0, minutes(max(begins, day.begins), min(until, day.ends))) for day in self.days)
        return total


@dataclass(frozen=True)
class Placed:
    key: str
    begins: datetime
    place: int | None


@dataclass(frozen=True)
class Suggestion:
    """`unplaced` has the reason of each in words.

    `strained` counts what should rather not be so: an interview too many in somebody's day, a day without a break, an
    interview before there was time to read. No timetable of these wishes has fewer than `least` of them.
    """

    placed: tuple[Placed, ...]
    unplaced: Mapping[str, str]
    strained: int
    least: int

    @property
    def sentence(self) -> str:
        if self.strained <= self.least:
            return (
                "No other timetable of these has fewer points to look at."
                if self.strained
                else "There is nothing to look at in it."
            )
        return f"It has {self.strained} points to look at. At least {self.least} of them cannot be avoided."


def least_strained(wishes: Sequence[Wish], week: Week) -> int:
    """What no arrangement avoids: interviews beyond the limits of all days together, and reading beyond all hours."""
    return sum(_too_many(wishes, week)) + sum(_too_much_to_read(wishes, week))


def _too_many(wishes: Iterable[Wish], week: Week) -> Iterator[int]:
    booked = (taken for taken in week.taken if taken.is_interview and week.has(taken.begins))
    count: Counter[Resource] = Counter(taken.resource for taken in booked)
    for wish in wishes:
        if wish.is_interview:
            count.update(counted(wish))
    limit = {"person": week.limits.interviews, "met": week.limits.interviews_met}
    for resource, number in count.items():
        yield max(0, number - len(week.days) * limit[resource.kind])


def _too_much_to_read(wishes: Iterable[Wish], week: Week) -> Iterator[int]:
    """How many interviews of each reader cannot be read for, even if all time that is left came before them."""
    left: Counter[int] = Counter()
    reading: dict[int, list[int]] = defaultdict(list)
    for wish in wishes:
        left.subtract({who: wish.minutes for who in set(wish.people)})
        if wish.reading:
            reading[wish.people[0]].append(wish.reading)
    hours = sum(minutes(day.begins, day.ends) for day in week.days)
    for who, wanted in reading.items():
        free = hours + left[who] - week.booked_minutes(Resource("person", who))
        yield sum(needed > free for needed in accumulate(sorted(wanted)))


def minutes(begins: datetime, ends: datetime) -> int:
    return (ends - begins) // timedelta(minutes=1)


def counted(wish: Wish) -> Sequence[Resource]:
    """Whose day an interview counts for: its interviewer's and that of whoever is met."""
    return [each for each in wish.wanted if each.kind == "met" or each.who == wish.people[0]]
