"""Thousands of generated histories of two computers on a bad network."""

import os
import sys

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cases.histories import histories_of
from tests.factories import inspection_with_team, sampled_cases

HISTORIES = int(os.environ.get("HISTORIES") or 5_000)


@pytest.mark.django_db
def test_no_history_loses_an_acknowledged_answer(people):
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    chosen = settings(max_examples=HISTORIES, stateful_step_count=20, deadline=None, database=None)
    run_state_machine_as_test(histories_of(case, people), settings=chosen)
    sys.stdout.write(f"\n{HISTORIES:,} histories of two computers: in all, the database is what the model says\n")
