"""Two who plan at once: a few rounds of each race with its guard, and a few without. `make drill-saves` runs 200."""

import pytest

from tests.cases.timetable_races import RACES, Scene
from tests.factories import inspection_with_team

ROUNDS = 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.name)
def test_the_race_is_won_with_its_guard_and_lost_without_it(people, race):
    scene = Scene(inspection_with_team(people), people)
    assert race.failures(scene, ROUNDS) == 0
    with race.unguarded():
        assert race.failures(scene, ROUNDS) > 0
