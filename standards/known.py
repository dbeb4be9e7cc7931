"""What was read of a standards file before, and how the tables of an array are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from standards import schema
from standards.reading import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Known:
    """What was read before and may be named by what follows."""

    sources: dict[str, str]
    ratings: tuple[str, ...]
    answers: dict[str, schema.AnswerOption]
    case_kinds: tuple[str, ...]
    roles: dict[str, schema.Role]

    def source(self, reader: Reader) -> str:
        return self.sources.get(reader.choice("source", tuple(self.sources)), "")


def each(reader: Reader, key: str, parse: Callable[[Reader], T], name: str = "code", least: int = 1) -> tuple[T, ...]:
    """Every table of an array, checked for keys that nobody reads and for doubled names."""
    found = []
    names: list[object] = []
    for entry in reader.tables(key, name, least):
        found.append(parse(entry))
        entry.finish()
        named = entry.values.get(name)
        if named in names and named is not None and name == "code":
            entry.problem(name, f"{named!r} is used twice in [[{key}]]")
        names.append(named)
    return tuple(found)
