"""However messages arrive, the answers are those of the model. make drill-saves tries 5,000 histories."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cases.histories import histories_of
from tests.factories import inspection_with_team, sampled_cases

HISTORIES = settings(max_examples=300, stateful_step_count=12, deadline=None, database=None)


@pytest.mark.django_db
def test_no_history_loses_an_acknowledged_answer(people):
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    run_state_machine_as_test(histories_of(case, people), settings=HISTORIES)
