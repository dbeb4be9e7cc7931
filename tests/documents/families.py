"""Hostile files by family, each made when it is asked for."""

from collections.abc import Callable, Iterator

Files = Iterator[tuple[str, bytes]]
FAMILIES: dict[str, Callable[[], Files]] = {}


def family(make: Callable[[], Files]) -> Callable[[], Files]:
    FAMILIES[make.__name__] = make
    return make
