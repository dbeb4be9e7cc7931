"""A second calculation of ratings, from the published texts and by other means than the product's: integers and grids.

It knows nothing of the product: shares are compared by multiplying crosswise, bands are counted, tables are grids.
Ratings are 0 to 3, None is "not known yet".
"""

from dataclasses import dataclass, field
from random import Random

LOWER_OF_PAIR = [(0, 0), (0, 1), (1, 2), (2, 2)]  # V1.1 from Inadequate up; V1.2 no, yes

DOMAIN_ONE_2024 = ("1.1", "1.2", "1.3")
CHILDREN_2024 = {"2.1": 2, "2.2": 2, "2.3": 2}
CASES_2021 = {"2.1": 3, "2.2": 3, "2.3": 3, "2.4": 3, "3.1": 3, "3.2": 3, "3.3": 3}
PANEL_2021 = ("1.1", "1.2", "1.3", "1.4", "3.4")
ALL_2018 = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4")


@dataclass
class Generated:
    """One inspection as it might come out."""

    framework: str
    kind: str
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    decided: dict[str, int] = field(default_factory=dict)  # by panel, or known
    answer: bool | None = None
    choice: int | None = None  # the lower or the higher of the pair
    unrated: tuple[str, ...] = ()


@dataclass
class Expected:
    standards: dict[str, int | None]
    total: int | None
    most: int
    overall: int | None


def band(sufficient: int, assessed: int) -> int | None:
    return None if assessed == 0 else sum(100 * sufficient >= edge * assessed for edge in (50, 65, 80))


def banded(total: int, standards: int) -> int:
    """0-2, 3-6, 7-10 and 11-12 of 12, and as many times that as there are standards for four."""
    return sum(total * 12 > edge * 3 * standards for edge in (2, 6, 10))


def lowest(counts: dict[str, tuple[int, int]], standard: str, questions: int) -> int | None:
    bands = [band(*counts[f"{standard}.{number}"]) for number in range(1, questions + 1)]
    return None if None in bands else min(bands)


def second_way(one: Generated) -> Expected:
    if one.framework == "yj-2024":
        return of_2024(one)
    cases = CASES_2021 if one.framework == "yj-2021" else {}
    standards = {code: lowest(one.counts, code, questions) for code, questions in cases.items()}
    others = PANEL_2021 if cases else ALL_2018
    standards |= {code: one.decided.get(code) for code in others}
    standards = {code: standards[code] for code in ALL_2018 if code not in one.unrated}
    apart = {"2.5": one.decided.get("2.5")} if cases and "2.5" not in one.unrated else {}
    total = None if None in standards.values() or not standards else sum(standards.values())
    overall = None if total is None else banded(total, len(standards))
    if overall == 3 and apart:
        overall = {None: None, 0: 2}.get(apart["2.5"], 3)
    return Expected(standards | apart, total, 3 * len(standards), overall)


def of_2024(one: Generated) -> Expected:
    standards = {code: lowest(one.counts, code, questions) for code, questions in CHILDREN_2024.items()}
    start = band(*one.counts["V1.1"])
    known = start is not None and one.answer is not None and one.choice is not None
    standards["V1"] = LOWER_OF_PAIR[start][one.answer] + one.choice if known else None
    total = None if None in standards.values() else sum(standards.values())
    apart = {code: one.decided.get(code) for code in DOMAIN_ONE_2024} if one.kind != "iyjwcv" else {}
    return Expected(standards | apart, total, 12, None if total is None else banded(total, 4))


def generated(chance: Random) -> Generated:
    return chance.choice([generated_2024, generated_2021, generated_2018])(chance)


def counts_of(chance: Random, codes: list[str]) -> dict[str, tuple[int, int]]:
    """Mostly of one sample size, near the edges as often as anywhere; sometimes nothing was assessed."""
    most = chance.choice([9, 14, 17, 20, 24, 31, 35, 48, 49, 91, 125])
    found = {}
    for code in codes:
        assessed = chance.choice(
            [most, most, chance.randint(1, most), chance.randint(1, most), 0 if chance.random() < 0.1 else most]
        )
        near = assessed * chance.choice([50, 65, 80]) // 100 + chance.randint(-1, 1)
        sufficient = chance.choice([near, chance.randint(0, assessed), assessed, assessed])
        found[code] = (max(0, min(assessed, sufficient)), assessed)
    return found


def generated_2024(chance: Random) -> Generated:
    codes = [f"{code}.{number}" for code in CHILDREN_2024 for number in (1, 2)]
    kind = chance.choice(["iyjwcv", "iyjs", "reactive"])
    panel = {code: chance.randint(0, 3) for code in DOMAIN_ONE_2024 if kind != "iyjwcv" and chance.random() < 0.8}
    answer, choice = chance.choice([None, True, False, True, False]), chance.choice([None, 0, 1, 0, 1])
    return Generated("yj-2024", kind, counts_of(chance, [*codes, "V1.1"]), panel, answer, choice)


def generated_2021(chance: Random) -> Generated:
    codes = [f"{code}.{number}" for code in CASES_2021 for number in (1, 2, 3)]
    unrated = {"2.5"} if chance.random() < 0.4 else set()
    if chance.random() < 0.3:
        unrated |= set(chance.sample(ALL_2018, chance.randint(1, 12)))
    high = chance.random() < 0.4
    panel = {
        code: 3 if high and code != "2.5" else chance.randint(0, 3)
        for code in (*PANEL_2021, "2.5")
        if code not in unrated and chance.random() < 0.95
    }
    counts = counts_of(chance, codes)
    if high:
        counts = {code: (assessed, assessed) for code, (_, assessed) in counts.items()}
    return Generated("yj-2021", "iyos", counts, panel, unrated=tuple(sorted(unrated)))


def generated_2018(chance: Random) -> Generated:
    unrated = set(chance.sample(ALL_2018, chance.choice([0, 0, 0, 1, 4, 12])))
    least, most = chance.choice([(0, 3), (0, 1), (2, 3)])
    known = {code: chance.randint(least, most) for code in ALL_2018 if code not in unrated}
    return Generated("yj-2018", "iyos", {}, known, unrated=tuple(sorted(unrated)))
