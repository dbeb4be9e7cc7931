"""Sets the product's ratings against those of the second calculation, over generated inspections."""

from collections import Counter
from random import Random

from ratings.rules import RatingInput, Result, Tally, rate
from standards.loader import load
from tests.ratings.second_way import LOWER_OF_PAIR, Generated, band, generated, second_way

NAMES = ["inadequate", "requires_improvement", "good", "outstanding"]


def as_input(one: Generated) -> RatingInput:
    named = {code: NAMES[rating] for code, rating in one.decided.items()}
    start = band(*one.counts["V1.1"]) if "V1.1" in one.counts else None
    if one.framework == "yj-2024" and None not in (start, one.answer, one.choice):
        named["V1"] = NAMES[LOWER_OF_PAIR[start][one.answer] + one.choice]
    known = {"standard_ratings": named} if one.framework == "yj-2018" else {"chosen": named}
    return RatingInput(
        one.kind,
        {code: Tally(*count) for code, count in one.counts.items()},
        {} if one.answer is None else {"V1.2": one.answer},
        unrated=one.unrated,
        **known,
    )


def difference(one: Generated, found: Result) -> str:
    """ "" where both say the same."""
    expected = second_way(one)
    ratings = {code: None if rating is None else NAMES[rating] for code, rating in expected.standards.items()}
    here = {code: standard.rating for code, standard in found.standards.items()}
    overall = None if expected.overall is None else NAMES[expected.overall]
    pairs = [
        ("standards", here, ratings),
        ("total", found.total, expected.total),
        ("maximum", found.maximum, expected.most),
        ("overall", found.overall, overall),
    ]
    return "; ".join(f"{what}: {ours}, not {theirs}" for what, ours, theirs in pairs if ours != theirs)


def compared(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How many inspections of each outcome were compared, and every difference."""
    chance, seen, wrong = Random(seed), Counter(), []
    standards = {key: load(key) for key in ("yj-2018", "yj-2021", "yj-2024")}
    for number in range(count):
        one = generated(chance)
        found = rate(standards[one.framework], as_input(one))
        seen[f"{one.framework} {found.overall}{' held back' if found.held_back else ''}"] += 1
        if problem := difference(one, found):
            wrong.append(f"seed {seed}, inspection {number}: {problem}")
    return seen, wrong
