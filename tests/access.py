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
class Rule:
    """`who` at the stages `when`; those in `own` only on a case that is allocated to them."""

    who: frozenset[str]
    own: frozenset[str]
    when: frozenset[str]

    def allows(self, person: str, stage: str, reader: str) -> bool:
        return stage in self.when and (person in self.who or (person in self.own and person == reader))


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


def rule(line: dict[str, Any]) -> Rule:
    unknown = set(line) - {"who", "own", "when"}
    if unknown:
        raise ValueError(f"access.toml: {line} has {unknown}")
    return Rule(names(line.get("who", "")), names(line.get("own", "")), stages(line.get("when", "always")))


def rules(methods: dict[str, dict[str, Any]]) -> dict[str, Rule]:
    """By method; HEAD goes with GET."""
    found = {method: rule(line) for method, line in methods.items()}
    return found | ({"HEAD": found["GET"]} if "GET" in found else {})


ROUTES = {name: rules(methods) for name, methods in FILE["routes"].items()}
SECRETS = {name: rule(line) for name, line in FILE.get("secrets", {}).items()}


def asked(route: str) -> list[str]:
    """The methods that everybody tries; HEAD has a test of its own."""
    return sorted(set(ROUTES[route]) - {"HEAD"})


def expected(route: str, method: str, person: str, stage: str, reader: str) -> str:
    if ROUTES[route][method].allows(person, stage, reader):
        return "yes"
    return "sign in" if person == ANONYMOUS else "not found"
