"""Every race of deciding, signing and opening again, 200 times with the guard that decides it and 200 times without."""

import os
import sys

import pytest

from tests.ratings.given import at_rating
from tests.ratings.rating_races import RACES, Scene

ROUNDS = int(os.environ.get("ROUNDS") or 200)
SHOWN = max(1, ROUNDS // 20)  # losses that show that a guard decides


@pytest.mark.django_db(transaction=True)
def test_every_race_is_won_with_its_guard_and_lost_without_it(people):
    scene, lost = Scene(at_rating(people), people), {}
    sys.stdout.write(f"\n{'race':<32}{'guard':<26}{'lost with it':>14}{'lost without it':>18}   of {ROUNDS}\n")
    for race in RACES:
        guarded = race.failures(scene, ROUNDS)
        with race.unguarded():
            lost[race.name] = guarded, race.failures(scene, ROUNDS)
        sys.stdout.write(f"{race.name:<32}{race.guard:<26}{guarded:>14}{lost[race.name][1]:>18}\n")
        sys.stdout.flush()
    assert {name: without for name, without in lost.items() if without[0] > 0 or without[1] < SHOWN} == {}
