"""Reads one table of a standards file, and remembers every fault instead of stopping at the first."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    file: str
    table: str
    key: str
    reason: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.table, self.key) if part)
        return f"{self.file}: {place}: {self.reason}" if place else f"{self.file}: {self.reason}"


class StandardsError(Exception):
    """A standards file that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Reader:
    """`place` is written like the table's heading in the file: `[[standards]] 2.1`."""

    file: str
    place: str
    values: dict[str, Any]
    problems: list[Problem]
    used: set[str] = field(default_factory=set)

    def problem(self, key: str, reason: str) -> None:
        self.problems.append(Problem(self.file, self.place, key, reason))

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, str, "text", "" if default is None else default, default is not None)
        if default is None and isinstance(self.values.get(key), str) and not value.strip():
            self.problem(key, "is empty")
        return value

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value and value not in choices:
            self.problem(key, f"{value!r} is not one of {', '.join(choices)}")
        return value

    def whole(self, key: str, least: int = 0, most: int | None = None) -> int:
        value = self._take(key, int, "a whole number", least, False)
        if value < least or (most is not None and value > most):
            self.problem(key, f"{value} is less than {least}" if value < least else f"{value} is more than {most}")
        return value

    def offset(self, key: str) -> int | None:
        return self._take(key, int, "a whole number", 0, False) if key in self.values else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._take(key, bool, "true or false", bool(default), default is not None)

    def day(self, key: str) -> date:
        return self._take(key, date, "a date", date.min, False)

    def clock(self, key: str) -> time:
        return self._take(key, time, "a time", time.min, False)

    def texts(
        self, key: str, choices: Collection[str] | None = None, default: Collection[str] | None = None
    ) -> tuple[str, ...]:
        values = self._list(key, str, "texts", default)
        for value in values:
            if choices is not None and value not in choices:
                self.problem(key, f"{value!r} is not one of {', '.join(choices)}")
        if len(set(values)) < len(values):
            self.problem(key, "names something twice")
        return values

    def wholes(self, key: str, default: Collection[int] | None = None) -> tuple[int, ...]:
        return self._list(key, int, "whole numbers", default)

    def table(self, key: str) -> "Reader":
        values = self._take(key, dict, "a table", {}, False)
        return Reader(self.file, f"[{key}]" if not self.place else f"{self.place} [{key}]", values, self.problems)

    def tables(self, key: str, name: str = "code", least: int = 1) -> list["Reader"]:
        """The tables of an array, each known by its `name` key, or by its number where that is missing."""
        found = self._take(key, list, "a list of tables", [], least == 0)
        if len(found) < least and key in self.values:
            self.problem(key, "is empty")
        return [self._entry(key, number, values, name) for number, values in enumerate(found, start=1)]

    def finish(self) -> None:
        """Call when everything is read: a key that nobody asked for is a spelling mistake."""
        for key in self.values.keys() - self.used:
            self.problem(key, "is not a key of this table")

    def _entry(self, key: str, number: int, values: Any, name: str) -> "Reader":
        named = values.get(name) if isinstance(values, dict) else None
        place = f"{self.place} [[{key}]] {named or f'number {number}'}".strip()
        if not isinstance(values, dict):
            self.problem(key, f"number {number} is not a table")
        return Reader(self.file, place, values if isinstance(values, dict) else {}, self.problems)

    def _take(self, key: str, kind: type[T], words: str, fallback: T, optional: bool) -> T:
        self.used.add(key)
        if key not in self.values:
            if not optional:
                self.problem(key, "is missing")
            return fallback
        value = self.values[key]
        if type(value) is not kind:
            self.problem(key, f"is {value!r}, not {words}")
            return fallback
        return value

    def _list(self, key: str, kind: type[T], words: str, default: Collection[T] | None) -> tuple[T, ...]:
        values = self._take(key, list, f"a list of {words}", list(default or ()), default is not None)
        wrong = [value for value in values if type(value) is not kind]
        if wrong:
            self.problem(key, f"holds {wrong[0]!r}; it is a list of {words}")
        return tuple(value for value in values if type(value) is kind)
