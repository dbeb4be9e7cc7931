"""How every case is judged: as many sufficient as the story asks for, in the cases that are done best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Wanted:
    """Of a key question: in so many cases sufficient, in so many not applicable, in the others not sufficient."""

    sufficient: int
    not_applicable: int = 0


def key_answers(seed: str, cases: Sequence[str], wanted: Mapping[str, Wanted]) -> dict[tuple[str, str], str]:
    """Case and key question to yes, no or na. A case that is done well in one thing tends to be in the others."""
    quality = {case: Random(f"{seed} {case}").random() for case in cases}  # noqa: S311
    found: dict[tuple[str, str], str] = {}
    for code, target in wanted.items():
        ranked = sorted(cases, key=lambda case: quality[case] + 0.4 * Random(f"{seed} {case} {code}").random())  # noqa: S311
        values = ["no"] * (len(cases) - target.sufficient - target.not_applicable)
        values += ["na"] * target.not_applicable + ["yes"] * target.sufficient
        found |= {(case, code): value for case, value in zip(ranked, values, strict=True)}
    return found


def prompt_answer(seed: str, key_answer: str) -> str:
    """What explores a sufficient piece of work is mostly answered with yes."""
    chance = Random(seed)  # noqa: S311
    if chance.random() < 0.05:
        return "na"
    often = {"yes": 0.88, "no": 0.3, "na": 0.6}[key_answer]
    return "yes" if chance.random() < often else "no"
