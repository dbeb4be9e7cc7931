"""How far two readers of the same cases agree on a question, beyond chance (docs/rules/consistency.md)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Shares = Mapping[tuple[str, str], Fraction]

FEWEST_PAIRS = 10
NORMAL_95 = 1.959964
"""Of the normal distribution, within so many standard errors lie 95 of 100."""

TOO_FEW = "Too few to show"
NO_SPREAD = "Cannot be computed: everybody gave the same answer"


@dataclass(frozen=True)
class Agreement:
    """Over `pairs` of answers, `same` of them alike. `kappa` is None where every answer is the same.

    `low` and `high` are the ends of its interval, None where there is no disagreement to estimate it from.
    """

    pairs: int
    same: int
    kappa: float | None
    low: float | None = None
    high: float | None = None

    @property
    def kappa_words(self) -> str:
        return NO_SPREAD if self.kappa is None else decimal_words(self.kappa)

    @property
    def interval_words(self) -> str:
        if self.low is None or self.high is None:
            return "None: no pair differs"
        return f"{decimal_words(self.low)} to {decimal_words(self.high)}"


def decimal_words(value: float) -> str:
    """Two places, and never a minus before nothing."""
    return f"{value:.2f}".replace("-0.00", "0.00")


def agreement(counts: Mapping[tuple[str, str], int]) -> Agreement | None:
    """`counts` says how often each pair of values, first and second read, was given. None below FEWEST_PAIRS."""
    pairs = sum(counts.values())
    if pairs < FEWEST_PAIRS:
        return None
    same = sum(count for (first, second), count in counts.items() if first == second)
    shares = {values: Fraction(count, pairs) for values, count in counts.items()}
    first, second = _totals(shares, 0), _totals(shares, 1)
    observed, expected = Fraction(same, pairs), sum((first[value] * second[value] for value in first), Fraction())
    if expected == 1:
        return Agreement(pairs, same, None)
    kappa = float((observed - expected) / (1 - expected))
    if same == pairs:
        return Agreement(pairs, same, kappa)
    reach = NORMAL_95 * sqrt(_variance(shares, observed, expected) / pairs)
    return Agreement(pairs, same, kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach))


def _totals(shares: Shares, side: int) -> defaultdict[str, Fraction]:
    """How large a share of the answers of one side each value has."""
    found: defaultdict[str, Fraction] = defaultdict(Fraction)
    for values, share in shares.items():
        found[values[side]] += share
    return found


def _variance(shares: Shares, observed: Fraction, expected: Fraction) -> Fraction:
    """Of kappa for one pair, in large samples: Fleiss, Cohen and Everitt 1969, equation 13."""
    first, second = _totals(shares, 0), _totals(shares, 1)
    alike = apart = Fraction()
    for (ours, theirs), share in shares.items():
        if ours == theirs:
            alike += share * ((1 - expected) - (first[ours] + second[ours]) * (1 - observed)) ** 2
        else:
            apart += share * (second[ours] + first[theirs]) ** 2
    middle = (observed * expected - 2 * expected + observed) ** 2
    return (alike + (1 - observed) ** 2 * apart - middle) / (1 - expected) ** 4
