"""manage.py timeline, as it is called by hand and by scripts."""

import json

import pytest
from django.core.management import call_command


def run(capsys, *more, **changed):
    """Exit status, standard output, standard error."""
    options = {"standards": "yj-2024", "type": "iyjwcv", "nation": "england", "fieldwork": "2025-03-24"} | changed
    try:
        call_command("timeline", *[part for name, value in options.items() for part in (f"--{name}", value)], *more)
        status = 0
    except SystemExit as stopped:
        status = stopped.code
    return (status, *capsys.readouterr())


def test_the_json_lists_every_step_with_its_rule(capsys):
    status, out, err = run(capsys, "--json")
    steps = json.loads(out)

    assert (status, err, len(steps)) == (0, "", 12)
    assert steps[9] == {
        "step": "factual_accuracy_due",
        "date": "2025-05-06",
        "rule": "5 working days after the draft report is sent; the day of sending does not count",
        "moved_because": None,
    }


def test_a_moved_date_says_why(capsys):
    _, out, _ = run(capsys, "--json", fieldwork="2025-07-21")
    draft = json.loads(out)[8]

    assert (draft["step"], draft["date"], draft["moved_because"]) == (
        "draft_report",
        "2025-08-26",
        "Moved from Monday 25 August 2025, a bank holiday",
    )


def test_the_text_says_who_acts_by_which_rule(capsys):
    status, out, _ = run(capsys, fieldwork="2025-07-21")
    lines = out.splitlines()
    place = lines.index("Tuesday 26 August 2025  Draft report sent to the service (Lead inspector)")

    assert status == 0
    assert lines[place + 1 : place + 3] == [
        "    The first Monday at least 28 days after the last day of fieldwork.",
        "    Moved from Monday 25 August 2025, a bank holiday.",
    ]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"standards": "yj-1999"},
            "yj-1999.toml: there are no standards called 'yj-1999'; there are: yj-2018, yj-2021, yj-2024\n",
        ),
        ({"type": "iyo"}, "--type: 'iyo' is not one of iyjwcv, iyjs, reactive.\n"),
        ({"nation": "scotland"}, "--nation: 'scotland' is not one of england, wales.\n"),
        (
            {"fieldwork": "2025-03-25"},
            "--fieldwork: Fieldwork starts on a Monday. Tuesday 25 March 2025 is not a Monday.\n",
        ),
        ({"fieldwork": "2025-05-05"}, "--fieldwork: Monday 5 May is a bank holiday. Choose a working day.\n"),
        ({"fieldwork": "24/03/2025"}, "--fieldwork: '24/03/2025' is not a date written YYYY-MM-DD.\n"),
        ({"fieldwork": "2025-02-30"}, "--fieldwork: '2025-02-30' is not a date written YYYY-MM-DD.\n"),
        ({"fieldwork": "20250324"}, "--fieldwork: '20250324' is not a date written YYYY-MM-DD.\n"),
        ({"fieldwork": "2027-W23-1"}, "--fieldwork: '2027-W23-1' is not a date written YYYY-MM-DD.\n"),
        ({"fieldwork": "9999-12-27"}, "--fieldwork: 9999 is too far away.\n"),
        ({"fieldwork": "0001-01-01"}, "--fieldwork: 1 is too far away.\n"),
        (
            {"type": "iyo", "nation": "scotland", "fieldwork": "soon"},
            "--type: 'iyo' is not one of iyjwcv, iyjs, reactive.\n"
            "--nation: 'scotland' is not one of england, wales.\n"
            "--fieldwork: 'soon' is not a date written YYYY-MM-DD.\n",
        ),
    ],
)
def test_nonsense_is_refused_with_one_sentence_each(capsys, changed, problem):
    assert run(capsys, "--json", **changed) == (2, "", problem)


def test_a_date_beyond_the_known_bank_holidays_is_told_apart(capsys):
    status, out, err = run(capsys, "--json", fieldwork="2029-03-05")

    assert (status, len(json.loads(out))) == (0, 12)
    assert err == (
        "Bank holidays are known from Monday 2 January 2012 to Tuesday 26 December 2028; "
        "other dates are worked out without them.\n"
    )
