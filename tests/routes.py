"""Every address of the product, as its resolver knows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

UNKNOWN_METHOD = "PURGE"


@dataclass(frozen=True)
class Route:
    """`name` reads cases:read-section; `parts` are the names of what the address is filled with."""

    name: str
    pattern: str
    parts: tuple[str, ...]

    def path(self, values: dict[str, object]) -> str:
        return reverse(self.name, kwargs={part: values[part] for part in self.parts})


def routes() -> list[Route]:
    return sorted(walk(get_resolver()), key=lambda route: route.name)


def walk(resolver: URLResolver, names: str = "", patterns: str = "", parts: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern, more = patterns + str(entry.pattern), parts + tuple(entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield Route(f"{names}{entry.name}", pattern, more)
        else:
            yield from walk(entry, f"{names}{entry.namespace}:" if entry.namespace else names, pattern, more)


def methods(client: Client, path: str) -> tuple[str, ...]:
    """What the view itself says that it takes, when it is asked for something that nobody takes."""
    answer = client.generic(UNKNOWN_METHOD, path)
    return tuple(sorted(answer["Allow"].split(", "))) if answer.status_code == 405 else (str(answer.status_code),)
