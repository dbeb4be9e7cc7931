"""Each race of a save is won with its guard and lost without it. make drill-saves runs each 200 times."""

import pytest

from tests.cases.save_races import RACES, Scene, quick_deadlocks
from tests.factories import inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.name)
def test_a_race_is_won_with_its_guard_and_lost_without_it(people, race):
    scene = Scene(sampled_cases(inspection_with_team(people), reader=people.assistant)[0], people)
    with quick_deadlocks():
        guarded = race.failures(scene, ROUNDS)
        with race.unguarded():
            unguarded = race.failures(scene, ROUNDS)
    assert (guarded, unguarded) == (0, ROUNDS)
