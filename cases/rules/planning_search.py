"""The search behind a suggested timetable.

Time runs in quarters of an hour, and what somebody's days hold is one whole number with a bit for each quarter: when
three people and a room are all free is one operation on whole numbers. The wish with the fewest possible times goes
first. One that finds no time takes the place of those that are in its way, which then look for another; each time that
something is pushed out it grows dearer to push it out again, so that the search does not go round in circles.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from cases.rules.planning import Placed, Resource, Suggestion, Week, Window, Wish, counted, least_strained

QUARTER = timedelta(minutes=15)
PUSHES_A_WISH = 30
PASSES = 4
NO_TIME = "There is no time at which everybody it needs is free"
NEVER = "Everybody it needs is never free together, even if everything else suggested were left out"


class Spot(NamedTuple):
    start: int
    place: int | None


def suggest(wishes: Sequence[Wish], week: Week) -> Suggestion:
    """The same wishes and week give the same suggestion."""
    search = Search(wishes, week)
    search.place_all()
    search.ease()
    placed = [Placed(key, search.moment(spot.start), spot.place) for key, spot in search.spots.items()]
    return Suggestion(
        placed=tuple(sorted(placed, key=lambda one: (one.begins, one.key))),
        unplaced=dict(sorted(search.unplaced.items())),
        strained=search.strain(search.everybody),
        least=least_strained([wish for wish in wishes if wish.key in search.spots], week),
    )


def bits(first: int, end: int) -> int:
    return (1 << end) - (1 << max(0, first)) if end > max(0, first) else 0


def union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def runs(free: int, length: int) -> int:
    """The quarters from which on so many are free."""
    covered = 1
    while covered < length:
        step = min(covered, length - covered)
        free &= free >> step
        covered += step
    return free


def each(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Search:
    def __init__(self, wishes: Sequence[Wish], week: Week) -> None:
        self.week, self.zero = week, min(day.begins for day in week.days).astimezone(UTC)  # so that hours stay hours
        self.wishes = {wish.key: wish for wish in wishes}
        self.days = [self.within(day) for day in week.days]
        self.breaks = [self.within(window) for window in week.breaks]
        self.length = {wish.key: -(-wish.minutes // 15) for wish in wishes}
        self.possible = {wish.key: self.hours(wish) for wish in wishes}
        self.fixed: dict[Resource, int] = defaultdict(int)
        self.interviews: dict[tuple[Resource, int], int] = Counter()
        for taken in week.taken:
            self.fixed[taken.resource] |= self.touched(taken.begins, taken.ends)
            if taken.is_interview:
                self.interviews[taken.resource, self.day_of(self.quarter(taken.begins))] += 1
        self.held = defaultdict(int, self.fixed)
        self.spots: dict[str, Spot] = {}
        self.unplaced: dict[str, str] = {}
        self.pushed: Counter[str] = Counter()
        self.of: dict[Resource, list[str]] = defaultdict(list)
        for wish in wishes:
            for resource in wish.wanted:
                self.of[resource].append(wish.key)

    # --- quarters ---

    def quarter(self, moment: datetime) -> int:
        return (moment - self.zero) // QUARTER

    def moment(self, quarter: int) -> datetime:
        return self.zero + quarter * QUARTER

    def touched(self, begins: datetime, ends: datetime) -> int:
        return bits(self.quarter(begins), -((self.zero - ends) // QUARTER))

    def within(self, window: Window) -> int:
        """The quarters that lie in the window whole."""
        return bits(-((self.zero - window.begins) // QUARTER), self.quarter(window.ends))

    def hours(self, wish: Wish) -> int:
        """The quarters at which the wish could start if nothing were booked. A window never joins two days."""
        windows = [self.within(window) for window in wish.windows] or self.days
        return union(runs(day & window, self.length[wish.key]) for day in self.days for window in windows)

    def day_of(self, quarter: int) -> int:
        return next((number for number, day in enumerate(self.days) if day >> quarter & 1), -1)

    def taken_by(self, key: str, start: int) -> int:
        return bits(start, start + self.length[key])

    # --- what is possible ---

    def places(self, key: str) -> Sequence[int | None]:
        return [None] if self.wishes[key].remote or not self.week.places else self.week.places

    def starts(self, key: str, held: dict[Resource, int]) -> int:
        """The quarters at which it could start beside what is held."""
        people = union(held[resource] for resource in self.wishes[key].wanted)
        return union(self.starts_in(key, people, place, held) for place in self.places(key))

    def starts_in(self, key: str, people: int, place: int | None, held: dict[Resource, int]) -> int:
        room = held[Resource("place", place)] if place is not None else 0
        return runs(~(people | room) & self.everything, self.length[key]) & self.possible[key]

    @property
    def everything(self) -> int:
        return union(self.days)

    def resources(self, key: str, place: int | None) -> Iterator[Resource]:
        yield from self.wishes[key].wanted
        if place is not None:
            yield Resource("place", place)

    def fits(self, key: str, spot: Spot, held: dict[Resource, int]) -> bool:
        mask = self.taken_by(key, spot.start)
        return not any(held[resource] & mask for resource in self.resources(key, spot.place))

    # --- placing ---

    def put(self, key: str, spot: Spot) -> None:
        self.spots[key] = spot
        self.hold(key, spot, 1)

    def take(self, key: str) -> Spot:
        spot = self.spots.pop(key)
        self.hold(key, spot, -1)
        return spot

    def hold(self, key: str, spot: Spot, change: int) -> None:
        mask, wish = self.taken_by(key, spot.start), self.wishes[key]
        for resource in self.resources(key, spot.place):
            self.held[resource] ^= mask
        for resource in counted(wish) if wish.is_interview else ():
            self.interviews[resource, self.day_of(spot.start)] += change

    def place_all(self) -> None:
        """Until everything has its time, or what is left was tried too often."""
        waiting, pushes = set(self.wishes), 0
        while waiting:
            counts = {key: self.starts(key, self.held).bit_count() for key in waiting}
            key = min(waiting, key=lambda one: (counts[one], -self.length[one], one))
            waiting.discard(key)
            if counts[key]:
                self.put(key, self.best(key))
            elif not self.starts(key, self.fixed):
                self.unplaced[key] = NEVER
            elif pushes >= PUSHES_A_WISH * len(self.wishes):
                self.unplaced[key] = NO_TIME
            else:
                pushed = self.push_in(key)
                waiting |= pushed
                pushes += len(pushed)

    def best(self, key: str) -> Spot:
        """The time that strains those concerned least, then the emptier day, then the earlier."""
        return min(self.choices(key), key=lambda spot: self.price(key, spot))

    def choices(self, key: str) -> Iterator[Spot]:
        for start in each(self.starts(key, self.held)):
            yield next(spot for place in self.places(key) if self.fits(key, spot := Spot(start, place), self.held))

    def price(self, key: str, spot: Spot) -> tuple[int, int, int]:
        wish = self.wishes[key]
        self.put(key, spot)
        strain, day = self.strain(wish.wanted), self.day_of(spot.start)
        busy = sum((self.held[resource] & self.days[day]).bit_count() for resource in wish.wanted)
        self.take(key)
        return strain, busy, -spot.start if wish.reading else spot.start

    def push_in(self, key: str) -> set[str]:
        """Puts it where those in its way are fewest and were pushed out least often; gives back those."""
        spots = [
            Spot(start, place)
            for place in self.places(key)
            for start in each(self.starts_in(key, self.fixed_people(key), place, self.fixed))
        ]
        spot, out = min(
            ((spot, self.in_the_way(key, spot)) for spot in spots),
            key=lambda found: (sum(1 + 2 * self.pushed[other] for other in found[1]), found[0].start),
        )
        for other in out:
            self.pushed[other] += 1
            self.take(other)
        self.put(key, spot)
        return out

    def fixed_people(self, key: str) -> int:
        return union(self.fixed[resource] for resource in self.wishes[key].wanted)

    def in_the_way(self, key: str, spot: Spot) -> set[str]:
        mask, wanted = self.taken_by(key, spot.start), set(self.resources(key, spot.place))
        return {
            other
            for other, held in self.spots.items()
            if self.taken_by(other, held.start) & mask and wanted.intersection(self.resources(other, held.place))
        }

    # --- what should rather not be so ---

    @property
    def everybody(self) -> list[Resource]:
        return list(self.of)

    def strain(self, people: Iterable[Resource]) -> int:
        return sum(self.strain_of(resource) for resource in people)

    def strain_of(self, resource: Resource) -> int:
        limits = self.week.limits
        limit = limits.interviews if resource.kind == "person" else limits.interviews_met
        many = sum(max(0, self.interviews.get((resource, day), 0) - limit) for day in range(len(self.days)))
        if resource.kind == "met":
            return many
        held, rest = self.held[resource], -(-limits.break_minutes // 15)
        without = sum(bool(held & window) and not runs(window & ~held, rest) for window in self.breaks)
        return many + without + self.unread(resource, held)

    def unread(self, resource: Resource, held: int) -> int:
        """Interviews that come before there was time to read for them and for those before them."""
        wanted, short, free = 0, 0, self.everything & ~held
        own = [key for key in self.of[resource] if key in self.spots and self.wishes[key].people[0] == resource.who]
        for key in sorted(own, key=lambda key: self.spots[key].start):
            wanted += self.wishes[key].reading
            start = self.spots[key].start
            short += bool(self.wishes[key].reading) and (free & bits(0, start)).bit_count() * 15 < wanted
        return short

    def ease(self) -> None:
        """Moves one after the other to where it strains less, until none can be."""
        for _ in range(PASSES):
            if not any([self.eased(key) for key in sorted(self.spots)]):
                break

    def eased(self, key: str) -> bool:
        wanted = self.wishes[key].wanted
        if not (before := self.strain(wanted)):
            return False
        was = self.take(key)
        self.put(key, min((was, self.best(key)), key=lambda spot: self.price(key, spot)[0]))
        return self.strain(wanted) < before
