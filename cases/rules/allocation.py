"""Who reads which case: hours near each other, nobody near a service that they have an interest in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

READING_MINUTES = {"child": 180, "victim": 90}  # this product's default: the programme publishes interview lengths only
FAIR_MINUTES = 90


@dataclass(frozen=True)
class Member:
    """Someone on the team who could read. `comes_last`: is asked only when nobody else may."""

    person: int
    name: str
    comes_last: bool = False
    has_interest: bool = False
    works_there: bool = False

    @property
    def kept_out(self) -> str:
        """Why this person reads no case of this inspection."""
        if self.has_interest:
            return "has declared an interest in the service"
        return "works for the service" if self.works_there else ""


@dataclass(frozen=True)
class Work:
    """One case to be read. `kept_by` is who has begun it; cases of one `interview` are better read by one person."""

    ref: str
    minutes: int
    kept_by: int | None = None
    interview: str = ""


def case_minutes(kind: str, interview_minutes: int, cases_an_interview: int) -> int:
    """Reading the case and its share of the interview."""
    return READING_MINUTES[kind] + interview_minutes // cases_an_interview


def may_read(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if not member.kept_out]


def suggest(work: Sequence[Work], members: Iterable[Member]) -> dict[str, int]:
    """A reader for every case, by its reference; nothing where nobody may read.

    Cases that one interview covers stay together, unless only parting them brings the hours within 1.5 of each other.
    """
    readers = may_read(members)
    asked = [member.person for member in readers if not member.comes_last] or [member.person for member in readers]
    if not asked:
        return {}
    together = _share_out(work, asked, keep_interviews=True)
    if together.spread(asked) <= FAIR_MINUTES:
        return together.result()
    apart = _share_out(work, asked, keep_interviews=False)
    return (apart if apart.spread(asked) <= FAIR_MINUTES else together).result()


Piece = tuple[Work, ...]


def _minutes(piece: Piece) -> int:
    return sum(work.minutes for work in piece)


@dataclass
class _Hands:
    """What each person holds: cases that they have begun, and pieces that may still move."""

    begun: dict[int, list[Work]]
    pieces: dict[int, list[Piece]]

    def load(self, person: int) -> int:
        return _minutes(tuple(self.begun[person])) + sum(map(_minutes, self.pieces[person]))

    def spread(self, people: Sequence[int]) -> int:
        loads = [self.load(person) for person in people]
        return max(loads) - min(loads)

    def result(self) -> dict[str, int]:
        held = {work.ref: person for person, begun in self.begun.items() for work in begun}
        free = {work.ref: person for person, pieces in self.pieces.items() for piece in pieces for work in piece}
        return held | free

    def level(self, one: int, other: int) -> bool:
        """Shares the pieces of two people out again for the nearest hours; says whether that changed anything.

        Pieces of the same size and number of cases are alike; of equal hours the nearer numbers of cases are better.
        """
        alike = self._alike(one, other)
        gap, cases = self.load(one) - self.load(other), self._cases(one) - self._cases(other)
        held = self.pieces[one]

        def distance(counts: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
            """How far apart hours and cases would be if the one had so many of each size, and the other the rest."""
            got = [(count * size, count * each) for count, (size, each) in zip(counts, alike, strict=True)]
            hours = gap + 2 * (sum(size for size, _ in got) - sum(map(_minutes, held)))
            return abs(hours), abs(cases + 2 * (sum(each for _, each in got) - sum(map(len, held)))), counts

        best = min(product(*(range(len(pieces) + 1) for pieces in alike.values())), key=distance)
        if distance(best)[0] >= abs(gap):
            return False
        shared = list(zip(alike.values(), best, strict=True))
        self.pieces[one] = [piece for pieces, count in shared for piece in pieces[:count]]
        self.pieces[other] = [piece for pieces, count in shared for piece in pieces[count:]]
        return True

    def _cases(self, person: int) -> int:
        return len(self.begun[person]) + sum(map(len, self.pieces[person]))

    def _alike(self, one: int, other: int) -> dict[tuple[int, int], list[Piece]]:
        """Longest first."""
        found: dict[tuple[int, int], list[Piece]] = {}
        for piece in sorted(self.pieces[one] + self.pieces[other], key=lambda piece: (-_minutes(piece), -len(piece))):
            found.setdefault((_minutes(piece), len(piece)), []).append(piece)
        return found


def _share_out(work: Sequence[Work], people: Sequence[int], *, keep_interviews: bool) -> _Hands:
    """Longest first to whoever has least, then two people at a time are made level until no two can be."""
    hands = _Hands(defaultdict(list), defaultdict(list))
    for item in work:
        if item.kept_by is not None:
            hands.begun[item.kept_by].append(item)
    for piece in sorted(_pieces(work, keep_interviews), key=lambda piece: (-_minutes(piece), piece[0].ref)):
        hands.pieces[min(people, key=lambda person: (hands.load(person), people.index(person)))].append(piece)
    while any([hands.level(one, other) for one, other in combinations(people, 2)]):
        pass
    return hands


def _pieces(work: Sequence[Work], keep_interviews: bool) -> Iterator[Piece]:
    interviews: dict[str, list[Work]] = defaultdict(list)
    for item in work:
        if item.kept_by is None:
            interviews[item.interview if item.interview and keep_interviews else f"case {item.ref}"].append(item)
    return map(tuple, interviews.values())


@dataclass(frozen=True)
class Load:
    """What one reader has to do."""

    name: str
    cases: int
    minutes: int
    note: str = ""

    @property
    def hours(self) -> str:
        return f"{self.minutes / 60:.1f}"


def explain(loads: Sequence[Load]) -> str:
    """One sentence on how near the hours are; `loads` are those of the people who are asked first."""
    if len(loads) < 2:
        return ""
    most, least = max(loads, key=lambda load: load.minutes), min(loads, key=lambda load: load.minutes)
    if most.minutes - least.minutes <= FAIR_MINUTES:
        return "Everyone's hours are within 1.5 hours of each other."
    return f"{most.name} has {most.hours} hours and {least.name} has {least.hours}: more than 1.5 hours apart."


def interview_groups(cases: Iterable[tuple[str, str]], size: int) -> dict[str, int]:
    """(case, victim worker) in order -> the number of its interview: up to `size` cases of one worker."""
    by_worker: dict[str, list[str]] = defaultdict(list)
    for ref, worker in cases:
        by_worker[worker].append(ref)
    interviews = [refs[start : start + size] for refs in by_worker.values() for start in range(0, len(refs), size)]
    return {ref: number for number, refs in enumerate(interviews, start=1) for ref in refs}
