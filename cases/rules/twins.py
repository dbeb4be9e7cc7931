"""Finds rows that are perhaps about the same person: under two references, with names written in two ways."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from cases.rules.names import PARTICLES, TITLES, plain

SAME = "the same name and date of birth"
NEARLY = "nearly the same name and the same date of birth"
SWAPPED = "the same name, and day and month of birth the other way round"
MOST_COMPARED = 60  # names with one date of birth; where there are more, only those that sound alike are found
SHORTEST_NEAR = 6
PART = re.compile(r"[^\W_]+")

# Spellings of one sound, English and Welsh, in the order in which they are tried.
SOUNDS = (
    *(
        ("ph", "f"),
        ("ff", "f"),
        ("v", "f"),
        ("dd", "d"),
        ("th", "d"),
        ("rh", "r"),
        ("ck", "c"),
        ("k", "c"),
        ("ee", "i"),
    ),
    *(("ie", "i"), ("y", "i"), ("w", "u"), ("oo", "u"), ("j", "i"), ("z", "s")),
)
# Spellings of one name that rules of sound do not reach.
SPELLINGS = {
    "hugh": "huw",
    "hughes": "huws",
    "owen": "owain",
    "evan": "ifan",
    "steven": "stephen",
    "shaun": "sean",
    "shawn": "sean",
}


class Person(NamedTuple):
    """A row of a list; `side` is whatever the caller tells lists apart by."""

    side: str
    row: int
    reference: str
    name: str
    born: date | None


class Twins(NamedTuple):
    first: Person
    second: Person
    why: str


def twins(people: Iterable[Person]) -> Iterator[Twins]:
    """Each pair once. Whoever has no name or no date of birth is left alone."""
    known = [person for person in people if person.born and written(person.name)]
    for alike in grouped(known, lambda person: person.born):
        yield from _born_together(alike)
    for alike in grouped(known, lambda person: (written(person.name), *_day_and_month(person.born))):
        for first, second in combinations(alike[:MOST_COMPARED], 2):
            if first.born != second.born:
                yield Twins(first, second, SWAPPED)


def grouped(people: Iterable[Person], key: Callable[[Person], object]) -> Iterator[list[Person]]:
    """Of more than one."""
    found: dict[object, list[Person]] = defaultdict(list)
    for person in people:
        found[key(person)].append(person)
    yield from (alike for alike in found.values() if len(alike) > 1)


def _born_together(people: Sequence[Person]) -> Iterator[Twins]:
    by_sound: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for person in people:
        by_sound[sounding(person.name)].append(person)
    for alike in by_sound.values():
        for other in alike[1:]:
            yield Twins(alike[0], other, SAME if written(other.name) == written(alike[0].name) else NEARLY)
    if len(by_sound) <= MOST_COMPARED:
        for (sound, alike), (other_sound, others) in combinations(by_sound.items(), 2):
            if near(sound, other_sound):
                yield Twins(alike[0], others[0], NEARLY)


def _day_and_month(born: date | None) -> tuple[int, ...]:
    return (born.year, *sorted((born.month, born.day))) if born else ()


def written(name: str) -> tuple[str, ...]:
    """The parts of a name in one order, without case, accents, titles: JONES, Siân is Sian Jones."""
    parts = (plain(part) for part in PART.findall(name))
    return tuple(sorted(part for part in parts if part not in TITLES | PARTICLES))


def sounding(name: str) -> tuple[str, ...]:
    return tuple(sorted(_sound(SPELLINGS.get(part, part)) for part in written(name)))


def _sound(part: str) -> str:
    for spelling, sound in SOUNDS:
        part = part.replace(spelling, sound)
    return "".join(letter for letter, before in zip(part, " " + part, strict=False) if letter != before)


def near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One letter more, less, other or moved; or a middle name that only one of them has."""
    if min(len(one), len(other)) > 1 and (set(one) < set(other) or set(other) < set(one)):
        return True
    first, second = " ".join(one), " ".join(other)
    return min(len(first), len(second)) >= SHORTEST_NEAR and _one_step(first, second)


def _one_step(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    left, right = one[start:], other[start:]
    moved = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return moved or left[1:] == right[1:] or left[1:] == right or left == right[1:]
