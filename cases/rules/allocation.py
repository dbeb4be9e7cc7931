"""Who reads which case: hours near each other, nobody near a service, a worker or a case that they know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cases.rules import bounds
from cases.rules.sharing import Piece, share_out

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
    speaks_welsh: bool = False

    @property
    def kept_out(self) -> str:
        """Why this person reads no case of this inspection."""
        if self.has_interest:
            return "has declared an interest in the service"
        return "works for the service" if self.works_there else ""


@dataclass(frozen=True)
class Work:
    """One case to be read. `kept_by` is who has begun it; cases of one `interview` are better read by one person.

    `barred` may never read it: they know it or its worker, or read it a second time. `now` is who has it at present.
    """

    ref: str
    minutes: int
    kept_by: int | None = None
    interview: str = ""
    in_welsh: bool = False
    barred: frozenset[int] = frozenset()
    now: int | None = None


def case_minutes(kind: str, interview_minutes: int, cases_an_interview: int) -> int:
    """Reading the case and its share of the interview; no minutes for the interview where there is none."""
    return READING_MINUTES[kind] + interview_minutes // cases_an_interview


def may_read(members: Iterable[Member]) -> list[Member]:
    return [member for member in members if not member.kept_out]


def asked_first(members: Iterable[Member]) -> list[Member]:
    """Those among whom hours are shared out."""
    able = may_read(members)
    return [member for member in able if not member.comes_last] or able


def readers_for(work: Work, members: Iterable[Member]) -> tuple[int, ...]:
    """Who may be given the case: Welsh speakers where it is in Welsh, whoever comes last where nobody else may."""
    able = [member for member in may_read(members) if member.person not in work.barred]
    if work.in_welsh:
        able = [member for member in able if member.speaks_welsh] or able
    return tuple(member.person for member in asked_first(able))


@dataclass(frozen=True)
class Suggestion:
    """`readers` by reference; no reader where nobody may. `nearest` is how near hours can be at all, in minutes,

    `nearest_together` how near while the cases of one interview stay with one reader.
    """

    readers: dict[str, int]
    spread: int
    nearest: int
    nearest_together: int


def suggest(work: Sequence[Work], members: Sequence[Member]) -> dict[str, int]:
    """A reader for every case, by its reference; nothing where nobody may read."""
    return suggestion(work, members).readers


def suggestion(work: Sequence[Work], members: Sequence[Member]) -> Suggestion:
    """Cases of one interview stay together, unless only parting them brings the hours within 1.5 of each other."""
    problem = _Problem(work, members)
    together = problem.solved(keep_interviews=True)
    if together.spread <= FAIR_MINUTES:
        return together
    apart = problem.solved(keep_interviews=False)
    return apart if apart.spread <= FAIR_MINUTES else together


class _Problem:
    """What is to be shared out among whom, and what stays where it is."""

    def __init__(self, work: Sequence[Work], members: Sequence[Member]) -> None:
        self.people = [member.person for member in asked_first(members)]
        self.begun = {item.ref: item.kept_by for item in work if item.kept_by is not None}
        kept = [item for item in work if item.kept_by is not None]
        self.held = {
            person: (
                sum(item.minutes for item in kept if item.kept_by == person),
                sum(item.kept_by == person for item in kept),
            )
            for person in self.begun.values()
        }
        self.known: dict[bool, tuple[int, int]] = {}
        self.free = [(item, readers_for(item, members)) for item in work if item.kept_by is None]

    def solved(self, *, keep_interviews: bool) -> Suggestion:
        pieces = list(_pieces(self.free, keep_interviews))
        nearest = self.nearest(FAIR_MINUTES, keep_interviews)
        hands = share_out(pieces, self.held, self.people, FAIR_MINUTES, nearest)
        spread = hands.spread(self.people)
        return Suggestion(
            self.begun | hands.readers(), spread, self.nearest(spread, False), self.nearest(spread, keep_interviews)
        )

    def nearest(self, found: int, keep_interviews: bool) -> int:
        """Looked for once; further only where the first time it stopped short of what was `found` since."""
        limit, known = self.known.get(keep_interviews, (0, 0))
        if known >= limit < found:
            minutes = {person: minutes for person, (minutes, _) in self.held.items()}
            known = bounds.nearest(list(_pieces(self.free, keep_interviews)), minutes, self.people, found)
            self.known[keep_interviews] = found, known
        return min(known, found)


def _pieces(free: Iterable[tuple[Work, tuple[int, ...]]], keep_interviews: bool) -> Iterator[Piece]:
    """Cases of an interview are one piece where somebody may read all of them. What nobody may read is none."""
    interviews: dict[str, list[tuple[Work, tuple[int, ...]]]] = defaultdict(list)
    for item, allowed in free:
        if allowed:
            together = item.interview if keep_interviews else ""
            interviews[together or f"case {item.ref}"].append((item, allowed))
    for parts in interviews.values():
        everybody = tuple(person for person in parts[0][1] if all(person in allowed for _, allowed in parts))
        if everybody:
            yield _piece([item for item, _ in parts], everybody)
        else:
            yield from (_piece([item], allowed) for item, allowed in parts)


def _piece(items: Sequence[Work], allowed: tuple[int, ...]) -> Piece:
    held = [item.now for item in items if item.now is not None]
    now = max(held, key=held.count) if held else None
    return Piece(tuple(item.ref for item in items), sum(item.minutes for item in items), allowed, now)


def hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


@dataclass(frozen=True)
class Load:
    """What one reader has to do, and in `notes` why it is that."""

    name: str
    cases: int
    minutes: int
    notes: tuple[str, ...] = ()
    counts: bool = True

    @property
    def hours(self) -> str:
        return hours(self.minutes)


def explain(loads: Sequence[Load]) -> str:
    """One sentence on how near the hours are; `loads` are those of the people who are asked first."""
    if len(loads) < 2:
        return ""
    most, least = max(loads, key=lambda load: load.minutes), min(loads, key=lambda load: load.minutes)
    if most.minutes - least.minutes <= FAIR_MINUTES:
        return "Everyone's hours are within 1.5 hours of each other."
    return f"{most.name} has {most.hours} hours and {least.name} has {least.hours}: more than 1.5 hours apart."


def how_near(spread: int, nearest: int, nearest_together: int) -> str:
    """What could be better, in a sentence; `nearest` is proven."""
    if spread <= nearest:
        return f"The hours are {hours(spread)} apart. They cannot be nearer than {hours(nearest)}."
    if spread <= nearest_together:
        together = "while the cases of one interview stay with one reader"
        return f"The hours are {hours(spread)} apart. They cannot be nearer than {hours(nearest_together)} {together}."
    return f"The hours are {hours(spread)} apart. No allocation can bring them nearer than {hours(nearest)}."


def nearest_hours(
    work: Sequence[Work], members: Sequence[Member], readers: Mapping[str, int | None], loads: Sequence[Load]
) -> str:
    """The same about an allocation that somebody made; nothing where it keeps to other rules than a suggestion."""
    by_rule = all(item.kept_by is not None or readers[item.ref] in readers_for(item, members) for item in work)
    if len(loads) < 2 or not by_rule:
        return ""
    spread = max(load.minutes for load in loads) - min(load.minutes for load in loads)
    problem = _Problem(work, members)
    return how_near(spread, problem.nearest(spread, False), problem.nearest(spread, True))


def interview_groups(cases: Iterable[tuple[str, str]], size: int) -> dict[str, int]:
    """(case, victim worker) in order -> the number of its interview: up to `size` cases of one worker."""
    by_worker: dict[str, list[str]] = defaultdict(list)
    for ref, worker in cases:
        by_worker[worker].append(ref)
    interviews = [refs[start : start + size] for refs in by_worker.values() for start in range(0, len(refs), size)]
    return {ref: number for number, refs in enumerate(interviews, start=1) for ref in refs}
