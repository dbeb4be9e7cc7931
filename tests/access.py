"""Reads tests/access.toml: who should get what at which stage. Knows nothing of the product's own table."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = tomllib.loads(Path(__file__).with_name("access.toml").read_text())
STAGES: list[str] = FILE["stages"]
GROUPS: dict[str, str] = FILE["groups"]
ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Grant:
    """`who` at the stages `when`; those in `own` only on what is theirs."""

    who: frozenset[str]
    own: frozenset[str]
    when: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """`told_why` names an address: whoever may fetch that one is told why this is closed to them."""

    grants: tuple[Grant, ...]
    told_why: str = ""

    def may(self, stage: str) -> frozenset[str]:
        """On what is their own, if need be."""
        return frozenset().union(*(grant.who | grant.own for grant in self.grants if stage in grant.when))

    def only_own(self, stage: str) -> frozenset[str]:
        return frozenset().union(*(grant.own for grant in self.grants if stage in grant.when))

    def allows(self, person: str, stage: str, owner: str) -> bool:
        return person in self.may(stage) and (person == owner or person not in self.only_own(stage))

    @property
    def stages(self) -> frozenset[str]:
        return frozenset().union(*(grant.when for grant in self.grants))


def names(text: str) -> frozenset[str]:
    """The people that a line names, groups written out."""
    found: set[str] = set()
    for word in text.split():
        found |= names(GROUPS[word]) if word in GROUPS else {word}
    return frozenset(found)


def stages(text: str) -> frozenset[str]:
    """always, from STAGE, until STAGE, or stages by name."""
    match text.split():
        case ["always"]:
            return frozenset(STAGES)
        case ["from", stage]:
            return frozenset(STAGES[STAGES.index(stage) :])
        case ["until", stage]:
            return frozenset(STAGES[: STAGES.index(stage) + 1])
        case named:
            return frozenset(STAGES[STAGES.index(stage)] for stage in named)


def rule(written: dict[str, Any] | list[dict[str, Any]]) -> Rule:
    lines = written if isinstance(written, list) else [written]
    return Rule(tuple(map(grant, lines)), lines[0].get("told_why", ""))


def grant(line: dict[str, Any]) -> Grant:
    if unknown := set(line) - {"who", "own", "when", "told_why"}:
        raise ValueError(f"access.toml: {line} has {unknown}")
    return Grant(names(line.get("who", "")), names(line.get("own", "")), stages(line.get("when", "always")))


def rules(methods: dict[str, Any]) -> dict[str, Rule]:
    """By method; HEAD goes with GET."""
    found = {method: rule(written) for method, written in methods.items()}
    return found | ({"HEAD": found["GET"]} if "GET" in found else {})


ROUTES = {name: rules(methods) for name, methods in FILE["routes"].items()}
SECRETS = {name: rule(written) for name, written in FILE["secrets"].items()}
RATINGS = rule(FILE["ratings"])


def asked(route: str, only: str = "") -> list[str]:
    """The methods that everybody tries; HEAD has a test of its own."""
    return sorted(method for method in ROUTES[route] if method != "HEAD" and only in {"", method})


def expected(route: str, method: str, person: str, stage: str, owner: str) -> str:
    wanted = ROUTES[route][method]
    if wanted.allows(person, stage, owner):
        return "yes"
    if person == ANONYMOUS:
        return "sign in"
    if wanted.told_why and ROUTES[wanted.told_why]["GET"].allows(person, stage, owner):
        return "refused"
    return "not found"
