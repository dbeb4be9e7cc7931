"""Both calculations of ratings over a hundred thousand generated inspections. `make drill-ratings`."""

import os
from random import SystemRandom

from tests.ratings.agreeing import compared

COUNT = int(os.environ.get("DRILL_INSPECTIONS", "100000"))
SEED = int(os.environ.get("DRILL_SEED", "0")) or SystemRandom().randint(1, 10**6)


def test_both_calculations_agree():
    seen, wrong = compared(COUNT, SEED)
    print(f"\n{COUNT:,} generated inspections, seed {SEED}: {len(wrong)} differences")
    for outcome, number in sorted(seen.items()):
        print(f"  {outcome:<40} {number:>8,}")
    assert wrong == []
