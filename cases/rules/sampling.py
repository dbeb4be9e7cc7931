"""Draws a sample that is shaped like the caseload, and draws it again the same, on any machine.

The order of cases comes from SHA-256 over the seed and the service's reference, and all shares are whole numbers over
the size of the caseload: nothing depends on a random number generator, on floating point or on the list's own order.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.caseload import age

NOT_RECORDED = "Not recorded"
AGE_BANDS = ((14, "13 and under"), (16, "14 to 15"), (18, "16 to 17"))
OLDEST_BAND = "18 and over"
NOTABLE_POINTS = 10
SETTLED_DAYS = 7  # this product's default
MOST_TRIALS = 1_000_000

Group = tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A row that may be sampled. `group` is its value in each column that the sample is stratified by."""

    reference: str
    group: Group


class SizeRefused(Exception):
    """The size is outside the limits of the standards. Its text is for the person who asked about this `field`."""

    field = "size"


@dataclass(frozen=True)
class Size:
    """How many cases are drawn; `note` says so where that is not what was asked for."""

    cases: int
    note: str = ""


def settle_size(asked: int, eligible: int, minimum: int, maximum: int, plural: str) -> Size:
    """All are taken where there are no more than asked for, or no more than the minimum. Raises SizeRefused."""
    if eligible <= minimum or minimum <= eligible <= min(asked, maximum):
        return Size(eligible, f"There are {eligible} eligible cases. All of them will be inspected")
    if not minimum <= asked <= maximum:
        raise SizeRefused(f"A sample has between {minimum} and {maximum} {plural}. Enter a number between them")
    return Size(asked)


def place(seed: str, reference: str) -> str:
    """Where a reference stands in the order that the seed gives."""
    return hashlib.sha256(f"{seed}|{reference}".encode()).hexdigest()


def draw(
    candidates: Iterable[Candidate], size: int, seed: str, wanted: Mapping[Group, int] | None = None
) -> list[Candidate]:
    """In every group the number of cases is its exact share, rounded up or down; `size` at most what there is.

    `wanted` is how many of each group there are to be instead, at most what it has; `size` is then their sum.
    """
    groups: dict[Group, list[Candidate]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda item: place(seed, item.reference)):
        groups[candidate.group].append(candidate)
    counts = wanted or targets({group: len(members) for group, members in groups.items()}, size, seed)
    drawn = [candidate for group, members in groups.items() for candidate in members[: counts.get(group, 0)]]
    return sorted(drawn, key=lambda item: place(seed, item.reference))


def targets(caseload: dict[Group, int], size: int, seed: str) -> dict[Group, int]:
    """Cases per group by the largest remainder; then the rounding moves to where each single column comes nearest."""
    total = sum(caseload.values()) or 1
    floors = {group: size * count // total for group, count in caseload.items()}
    remainders = {group: size * count % total for group, count in caseload.items()}
    by_remainder = sorted(
        filter(remainders.get, caseload), key=lambda group: (-remainders[group], place(seed, "|".join(group)))
    )
    spare = size - sum(floors.values())
    rounding = _Rounding(caseload, floors, size, by_remainder[:spare], by_remainder[spare:])
    rounding.improve()
    return {group: floors[group] + (group in rounding.up) for group in caseload}


class _Rounding:
    """Which groups are rounded up. `off` is how far each value of each column is from its share, times `total`."""

    def __init__(
        self, caseload: dict[Group, int], floors: dict[Group, int], size: int, up: list[Group], down: list[Group]
    ) -> None:
        self.total = sum(caseload.values()) or 1
        self.up, self.down = up, down
        self.off: Counter[tuple[int, str]] = Counter()
        for group, count in caseload.items():
            for value in enumerate(group):
                self.off[value] += self.total * floors[group] - size * count
        for group in up:
            self._move(group, self.total)

    def improve(self) -> None:
        """Swaps a group that is rounded up for one that is not while that brings the columns nearer to their shares."""
        trials = MOST_TRIALS // (len(self.down) + 1)
        waiting = list(self.up)
        while waiting and self.down and trials:
            trials -= 1
            if self._swap(waiting.pop(0)):
                waiting = list(self.up)

    def _swap(self, group: Group) -> bool:
        kept = self._cost(group, -self.total)
        self._move(group, -self.total)
        best = min(self.down, key=lambda other: (self._cost(other, self.total), other))
        if self._cost(best, self.total) + kept >= 0:
            self._move(group, self.total)
            return False
        self._move(best, self.total)
        self.up[self.up.index(group)] = best
        self.down[self.down.index(best)] = group
        return True

    def _cost(self, group: Group, step: int) -> int:
        """What changing one case adds to the sum of the squared distances."""
        return sum(step * (step + 2 * self.off[value]) for value in enumerate(group))

    def _move(self, group: Group, step: int) -> None:
        for value in enumerate(group):
            self.off[value] += step


def next_candidate(candidates: Iterable[Candidate], leaving: Candidate, seed: str) -> Candidate | None:
    """The next of the same group in the order of the seed; else of the group that shares most with it."""

    def rank(candidate: Candidate) -> tuple[int, str]:
        shared = sum(one == other for one, other in zip(candidate.group, leaving.group, strict=True))
        return -shared, place(seed, candidate.reference)

    return min(candidates, key=rank, default=None)


def columns(demanded: Sequence[str], chosen: Iterable[str]) -> list[str]:
    """What the sample is drawn in groups by: what the standards demand, then what was chosen besides."""
    return list(dict.fromkeys([*demanded, *chosen]))


def settles_on(fieldwork_start: date) -> date:
    """From this day on a change of the sample needs a reason."""
    return fieldwork_start - timedelta(days=SETTLED_DAYS)


def references(taken: Iterable[str], letter: str) -> Iterator[str]:
    """C-01, C-02, …: each the next after all that were ever given."""
    last = max((int(ref.partition("-")[2]) for ref in taken if ref.startswith(f"{letter}-")), default=0)
    while True:
        last += 1
        yield f"{letter}-{last:02d}"


def age_band(born: date | None, on: date) -> str:
    if born is None:
        return NOT_RECORDED
    years = age(born, on)
    return next((band for limit, band in AGE_BANDS if years < limit), OLDEST_BAND)


@dataclass(frozen=True)
class Share:
    """One value of one column, in the caseload and in the sample."""

    value: str
    caseload: int
    caseload_total: int
    sample: int
    sample_total: int

    @property
    def caseload_percent(self) -> int:
        return _percent(self.caseload, self.caseload_total)

    @property
    def sample_percent(self) -> int:
        return _percent(self.sample, self.sample_total)

    @property
    def exact(self) -> str:
        """The share of the sample that the caseload gives, in cases, to one decimal place."""
        return f"{self.caseload * self.sample_total / (self.caseload_total or 1):.1f}"

    @property
    def difference(self) -> str:
        """In words, where the sample is more than 10 percentage points from the caseload, as both are shown."""
        points = self.sample_percent - self.caseload_percent
        if abs(points) <= NOTABLE_POINTS:
            return ""
        return f"{abs(points)} percentage points {'more' if points > 0 else 'fewer'} in the sample than in the caseload"


def _percent(part: int, whole: int) -> int:
    """Rounded half up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def shares(caseload: Sequence[str], sample: Sequence[str]) -> list[Share]:
    in_caseload, in_sample = Counter(caseload), Counter(sample)
    return [
        Share(value, in_caseload[value], len(caseload), in_sample[value], len(sample))
        for value in sorted(in_caseload | in_sample)
    ]
