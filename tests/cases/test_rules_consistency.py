"""Cohen's kappa and its interval, against values worked out by hand."""

import pytest

from cases.rules.consistency import Agreement, agreement


def counts(yes_yes=0, yes_no=0, no_yes=0, no_no=0, **more):
    found = {("yes", "yes"): yes_yes, ("yes", "no"): yes_no, ("no", "yes"): no_yes, ("no", "no"): no_no}
    return {pair: count for pair, count in found.items() if count} | more


# 20, 5, 10 and 15 of 50: 0.7 agree, 0.5 by chance, kappa 0.2 / 0.5. Its variance, from shares 0.4, 0.1, 0.2 and 0.3:
# (0.4 x 0.17² + 0.3 x 0.23² + 0.3² (0.1 x 1.1² + 0.2 x 0.9²) - 0.05²) / 0.5⁴ / 50 = 0.0504 / 3.125 = 0.016128.
HAND_COMPUTED = [
    (counts(20, 5, 10, 15), (50, 35, 0.4, 0.15109, 0.64891)),
    # (2 x 0.45 x 0.4² + 0.1² x 2 x 0.05 x 1² - 0.35²) / 0.5⁴ / 20 = 0.0225 / 1.25 = 0.018, and no more than 1.
    (counts(9, 1, 1, 9), (20, 18, 0.8, 0.53705, 1.0)),
    # As often as chance would have it: (0 + 0.5² x 2 x 0.25 x 1² - 0.25²) / 0.5⁴ / 20 = 0.0625 / 1.25 = 0.05.
    (counts(5, 5, 5, 5), (20, 10, 0.0, -0.43826, 0.43826)),
    # Nobody agrees: kappa -1, and no spread about it.
    (counts(0, 5, 5, 0), (10, 0, -1.0, -1.0, -1.0)),
]


@pytest.mark.parametrize(("given", "wanted"), HAND_COMPUTED)
def test_kappa_and_its_interval(given, wanted):
    found = agreement(given)
    assert (found.pairs, found.same) == wanted[:2]
    assert (found.kappa, found.low, found.high) == pytest.approx(wanted[2:], abs=1e-4)


def test_three_values_are_compared_as_they_are():
    """8, 1 and 3 alike of 16 with 4 apart: 0.75 agree; by chance (10 x 10 + 2 x 3 + 4 x 3) / 256 = 118 / 256."""
    given = {("yes", "yes"): 8, ("yes", "no"): 2, ("no", "no"): 1, ("no", "yes"): 1, ("na", "yes"): 1, ("na", "na"): 3}
    assert agreement(given).kappa == pytest.approx((192 - 118) / (256 - 118))


@pytest.mark.parametrize(("pairs", "shown"), [(9, False), (10, True)])
def test_below_ten_pairs_nothing_is_shown(pairs, shown):
    assert (agreement(counts(pairs - 1, 1)) is not None) is shown


def test_where_everybody_gives_the_same_answer_there_is_no_kappa():
    assert agreement(counts(12)) == Agreement(12, 12, None)


def test_where_nobody_differs_there_is_no_interval():
    found = agreement(counts(7, 0, 0, 5))
    assert (found, found.interval_words) == (Agreement(12, 12, 1.0), "None: no pair differs")
