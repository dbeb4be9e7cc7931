"""What became of a list from one version to the next, and who is perhaps on it twice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from cases.rules.caseload import ParsedRow
from cases.rules.columns import COLUMNS, FAMILY_NAME
from cases.rules.twins import SAME, Person, Twins, twins

MOST_PAIRS = 1_000
PERSONAL = {"name", "date_of_birth"}


class What(StrEnum):
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    TWICE = "twice"
    BOTH = "both"
    NO_CHILD = "no-child"


@dataclass(frozen=True)
class Difference:
    """`rows` are numbers in the file. `personal` says more than `words`: with what identifies a child."""

    what: What
    rows: tuple[int, ...]
    references: tuple[str, ...]
    names: tuple[str, ...]
    words: str
    personal: str = ""

    def without_names(self) -> "Difference":
        return replace(self, names=(), personal="")


def differences(before: Sequence[ParsedRow], after: Sequence[ParsedRow], kind: str) -> Iterator[Difference]:
    """By reference. Rows without one, and later rows that repeat one, are compared with nothing."""
    old, new = _by_reference(before), _by_reference(after)
    gone = {key: row for key, row in old.items() if key not in new}
    came = {key: row for key, row in new.items() if key not in old}
    renamed = _renamed(gone.values(), came.values())
    for row in gone.values():
        words = renamed.get((What.GONE, row.number), "On the list before, and not on this one")
        yield _about(What.GONE, row, words)
    for row in came.values():
        words = renamed.get((What.NEW, row.number), "Not on the list before")
        yield _about(What.NEW, row, words)
    for key, row in new.items():
        if key in old and (changes := list(_changes(old[key], row, kind))):
            words = ", ".join(words for words, _ in changes)
            yield replace(
                _about(What.CHANGED, row, f"Changed: {words}"), personal="; ".join(values for _, values in changes)
            )


def _by_reference(rows: Iterable[ParsedRow]) -> dict[str, ParsedRow]:
    found: dict[str, ParsedRow] = {}
    for row in rows:
        if row.local_reference:
            found.setdefault(row.local_reference.casefold(), row)
    return found


def _renamed(gone: Iterable[ParsedRow], came: Iterable[ParsedRow]) -> dict[tuple[What, int], str]:
    """Who left under one reference and is perhaps back under another."""
    people = [*_people(gone, What.GONE), *_people(came, What.NEW)]
    found: dict[tuple[What, int], str] = {}
    for first, second, why in twins(people):
        if first.side != second.side:
            for one, other in ((first, second), (second, first)):
                found[What(one.side), one.row] = f"Perhaps the same person as {other.reference}: {why}"
    return found


def _people(rows: Iterable[ParsedRow], side: str) -> Iterator[Person]:
    return (Person(side, row.number, row.local_reference, row.name, row.date_of_birth) for row in rows)


def _about(what: What, row: ParsedRow, words: str) -> Difference:
    return Difference(what, (row.number,), (row.local_reference,), (row.name,), words)


def _changes(before: ParsedRow, after: ParsedRow, kind: str) -> Iterator[tuple[str, str]]:
    """The words for each changed column, without and with what stood in it."""
    for column in COLUMNS[kind]:
        if column != FAMILY_NAME:
            old, new = getattr(before, column.field), getattr(after, column.field)
            if old != new:
                yield column.words, f"{column.words}: {shown(old)} is now {shown(new)}"


def shown(value: object) -> str:
    match value:
        case None | "":
            return "blank"
        case bool():
            return "Yes" if value else "No"
        case date():
            return f"{value.day} {value:%B %Y}"
    return str(value).replace("_", " ")


def doubles(rows: Sequence[ParsedRow]) -> Iterator[Difference]:
    """Who is perhaps on this list twice. Rows that the check has already told apart or together are not said again."""
    pairs = (pair for pair in twins(_people(rows, "")) if pair.why != SAME)
    return (_pair(What.TWICE, pair, "Perhaps the same person twice") for pair in islice(pairs, MOST_PAIRS))


def on_both(children: Sequence[ParsedRow], victims: Sequence[ParsedRow]) -> Iterator[Difference]:
    """Who is perhaps on the children's and the victims' list."""
    people = [*_people(children, "child"), *_people(victims, "victim")]
    pairs = (pair for pair in twins(people) if pair.first.side != pair.second.side)
    words = "Perhaps the same person on the children's and on the victims' list"
    return (_pair(What.BOTH, pair, words) for pair in islice(pairs, MOST_PAIRS))


def _pair(what: What, pair: Twins, words: str) -> Difference:
    return Difference(
        what,
        (pair.first.row, pair.second.row),
        (pair.first.reference, pair.second.reference),
        (pair.first.name, pair.second.name),
        f"{words}: {pair.why}",
    )


def without_child(children: Sequence[ParsedRow], victims: Sequence[ParsedRow]) -> Iterator[Difference]:
    """Victims of children who are not on the children's list."""
    known = {row.local_reference.casefold() for row in children}
    for row in victims:
        if row.child_reference and row.child_reference.casefold() not in known:
            words = f"The child {row.child_reference} is not on the children's list"
            yield _about(What.NO_CHILD, row, words)
