"""How a step stands, how references are numbered, and who may be on a team."""

from datetime import date, timedelta

import pytest

from inspections import rules
from inspections.rules import Candidate, StepState

EASTER_2027 = frozenset({date(2027, 3, 26), date(2027, 3, 29)})  # Good Friday and Easter Monday
THURSDAY = date(2027, 3, 25)

STATES = [
    (date(2027, 3, 24), None, StepState.OVERDUE),
    (THURSDAY, None, StepState.DUE_TODAY),
    (date(2027, 3, 30), None, StepState.DUE_SOON),  # the first working day after Easter
    (date(2027, 3, 31), None, StepState.DUE_SOON),
    (date(2027, 4, 1), None, StepState.UPCOMING),
    (date(2027, 3, 1), date(2027, 3, 25), StepState.DONE),
    (date(2027, 4, 1), date(2027, 3, 1), StepState.DONE),
]


@pytest.mark.parametrize(("anticipated", "actual", "state"), STATES)
def test_the_state_of_a_step(anticipated, actual, state):
    assert rules.step_state(anticipated, actual, THURSDAY, EASTER_2027) == state


DIFFERENCES = [
    # planned, anticipated, actual, words
    (THURSDAY, THURSDAY, None, "As planned"),
    (THURSDAY, date(2027, 3, 30), None, "1 working day late"),
    (THURSDAY, THURSDAY, date(2027, 4, 1), "3 working days late"),
    (THURSDAY, THURSDAY, date(2027, 3, 24), "1 working day early"),
    (THURSDAY, THURSDAY, date(2027, 3, 28), "As planned"),  # a Sunday: no working day has passed
    (date(2027, 3, 22), date(2027, 3, 22), None, "3 working days late so far"),
    (date(2027, 3, 22), date(2027, 3, 24), None, "3 working days late so far"),
    (date(2027, 3, 22), date(2027, 3, 22), date(2027, 3, 22), "As planned"),
]


@pytest.mark.parametrize(("planned", "anticipated", "actual", "words"), DIFFERENCES)
def test_the_difference_is_said_in_working_days(planned, anticipated, actual, words):
    assert rules.difference_words(planned, anticipated, actual, THURSDAY, EASTER_2027) == words


RECORDED = [
    ("planning_meeting", None, True),
    ("planning_meeting", THURSDAY, True),
    ("announcement", None, False),
    ("announcement", THURSDAY, True),
    ("fieldwork_start", None, False),
    ("fieldwork_end", None, False),
    ("rating_meeting", None, False),
    ("service_told", None, False),
    ("publication", None, True),
]


@pytest.mark.parametrize(("step", "actual", "may"), RECORDED)
def test_a_step_that_moves_the_inspection_on_is_not_recorded_by_hand(step, actual, may):
    assert rules.may_be_recorded(step, actual) is may


def test_every_stage_follows_another_and_has_its_step():
    assert (
        list(rules.STAGE_BEFORE) == list(rules.STEP_OF_STAGE) == ["announced", "fieldwork", "rating", "signed", "told"]
    )


def test_a_step_cannot_have_happened_tomorrow():
    tomorrow = THURSDAY + timedelta(days=1)
    words = "Friday 26 March 2027 is in the future. Record a step when it has happened"
    assert rules.step_date_problem(tomorrow, THURSDAY) == words
    assert rules.step_date_problem(THURSDAY, THURSDAY) is None


REFS = [
    ([], "YI-27-001"),
    (["YI-26-014"], "YI-27-001"),
    (["YI-27-001", "YI-27-013", "YI-26-090"], "YI-27-014"),
    (["YI-27-999"], "YI-27-1000"),
    (["YI-27-1000", "YI-27-999"], "YI-27-1001"),
]


@pytest.mark.parametrize(("taken", "ref"), REFS)
def test_references_are_numbered_within_the_year_of_fieldwork(taken, ref):
    assert rules.next_ref(2027, taken) == ref


FINE = {
    "name": "Ann Lee",
    "account": "Inspector",
    "may_be": {"lead", "deputy"},
    "service": "Reading",
    "is_contact": False,
    "has_interest": False,
    "on_team": False,
}
TEAM_PROBLEMS = [
    ({}, {}, None),
    ({"ends_on": THURSDAY}, {}, None),
    ({}, {"panel_chair": "Bo Ray"}, None),
    ({"is_contact": True}, {}, "Ann Lee is a contact of Reading, so cannot be on the team that inspects it"),
    (
        {"has_interest": True},
        {},
        "Ann Lee has declared an interest in Reading, so cannot be on the team that inspects it",
    ),
    ({"on_team": True}, {}, "Ann Lee is already on the team"),
    (
        {"may_be": {"local_assessor"}, "account": "Local assessor"},
        {},
        "Ann Lee cannot be lead inspector: their role is local assessor",
    ),
    (
        {"ends_on": date(2027, 3, 24)},
        {},
        "The account of Ann Lee ends on Wednesday 24 March 2027, before fieldwork starts",
    ),
    ({}, {"lead": "Bo Ray"}, "Bo Ray is the lead inspector. End their place first"),
]


@pytest.mark.parametrize(("change", "taken", "problem"), TEAM_PROBLEMS)
def test_who_cannot_be_on_a_team_and_why(change, taken, problem):
    found = rules.team_problem(Candidate(**(FINE | change)), "lead", "Lead inspector", THURSDAY, taken)
    assert found == problem
