"""Every address of the product with what its view declares about who may use it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.guards import Access, Grant


@dataclass(frozen=True)
class Route:
    pattern: str
    name: str
    access: Access | None


def routes() -> list[Route]:
    return list(routes_under(get_resolver(), "/", ""))


def routes_under(resolver: URLResolver, pattern: str, namespace: str) -> Iterator[Route]:
    for found in resolver.url_patterns:
        below = f"{pattern}{found.pattern}"
        if isinstance(found, URLPattern):
            yield Route(below, f"{namespace}{found.name}", getattr(found.callback, "access", None))
        else:
            yield from routes_under(found, below, f"{namespace}{found.namespace}:" if found.namespace else namespace)


def as_json(route: Route) -> dict[str, Any]:
    grants = route.access.grants() if route.access else {}
    return {
        "pattern": route.pattern,
        "name": route.name,
        "methods": list(grants),
        "access": {
            method: {"permission": grant.permission, "grants": [grant_as_json(part) for part in parts(grant)]}
            for method, grant in grants.items()
        },
    }


def parts(grant: Grant) -> Iterator[Grant]:
    yield grant
    if grant.also:
        yield from parts(grant.also)


def grant_as_json(grant: Grant) -> dict[str, list[str]]:
    return {"who": list(grant.who), "stages": list(grant.stages), "own_case": list(grant.own_case)}


def as_text(route: Route) -> str:
    lines = [f"{route.pattern}  {route.name}"]
    for method, grant in (route.access.grants() if route.access else {}).items():
        if method != "HEAD":
            lines += [f"    {method}  {grant.permission}: {words(part)}" for part in parts(grant)]
    return "\n".join(lines)


def words(grant: Grant) -> str:
    who = ", ".join(name + " (own cases)" * (name in grant.own_case) for name in grant.who)
    return f"{who}; at {', '.join(grant.stages)}" if grant.stages else who
