"""How many cases the sample takes from each group: the caseload's share, or what the lead inspector sets instead."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.rules import sampling
from cases.rules.sampling import Candidate, Group, SizeRefused

MOST_GROUPS = 100
ALL = "Everybody"
Stored = list[list[object]]


class TooManyGroups(SizeRefused):
    """More groups than anybody sets targets for."""

    field = "groups"


@dataclass(frozen=True)
class Target:
    """One group. `usual` is its share in whole cases, `wanted` what was set or typed, None while that is no number."""

    group: Group
    eligible: int
    share: str
    usual: int
    wanted: int | None

    @property
    def words(self) -> str:
        return ", ".join(self.group) or ALL

    @property
    def was_set(self) -> bool:
        return self.wanted != self.usual


def groups_of(candidates: Sequence[Candidate]) -> dict[Group, int]:
    """How many eligible cases each group has, in the order in which pages show them."""
    return dict(sorted(Counter(candidate.group for candidate in candidates).items()))


def table(
    candidates: Sequence[Candidate], size: int, wanted: Mapping[Group, int | None] | None = None, seed: str = ""
) -> list[Target]:
    """Every group with its share of a sample of this size; `wanted` what was set for each."""
    caseload = groups_of(candidates)
    usual = sampling.targets(caseload, size, seed)
    total = sum(caseload.values()) or 1
    return [
        Target(
            group,
            eligible,
            f"{size * eligible / total:.1f}",
            usual[group],
            usual[group] if wanted is None else wanted.get(group, 0),
        )
        for group, eligible in caseload.items()
    ]


def problem(target: Target) -> str:
    """What is wrong with a number that was typed for a group."""
    if target.wanted is None:
        return f"Enter how many cases of {target.words} to draw, such as {target.usual}"
    if target.wanted > target.eligible:
        return f"{target.words} has {target.eligible} eligible cases. Enter {target.eligible} to take them all"
    return ""


def stored(targets: Sequence[Target]) -> Stored:
    return [[list(target.group), target.wanted or 0] for target in targets]


def read(kept: Sequence[Sequence[object]]) -> dict[Group, int] | None:
    """What `stored` kept; None where the shares of the caseload were taken."""
    found = {tuple(map(str, group)): int(str(cases)) for group, cases in kept if isinstance(group, list)}
    return found or None
