"""Two who plan at once, 200 times with the guard that decides it and 200 times without."""

import os
import sys

import pytest

from tests.cases.save_races import quick_deadlocks
from tests.cases.timetable_races import INTERVIEW_RACES, RACES, Scene
from tests.factories import inspection_with_team, sampled_cases

ROUNDS = int(os.environ.get("ROUNDS") or 200)


@pytest.mark.django_db(transaction=True)
def test_every_race_is_won_with_its_guard_and_lost_without_it(people):
    scene = Scene(inspection_with_team(people), people)
    sampled_cases(scene.inspection, count=1)
    sys.stdout.write(f"\n{'race':<32}{'guard':<26}{'lost with it':>14}{'lost without it':>18}   of {ROUNDS}\n")
    lost = {}
    with quick_deadlocks():
        for race in RACES + INTERVIEW_RACES:
            guarded = race.failures(scene, ROUNDS)
            with race.unguarded():
                lost[race.name] = guarded, race.failures(scene, ROUNDS)
            sys.stdout.write(f"{race.name:<32}{race.guard:<26}{guarded:>14}{lost[race.name][1]:>18}\n")
    assert {name: found for name, found in lost.items() if found[0] > 0 or found[1] < ROUNDS // 10} == {}
