"""manage.py rate, as it is called by hand and by scripts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {
    "2.1.1": {"sufficient": 25, "assessed": 31},
    "2.1.2": {"sufficient": 21, "assessed": 31},
    "2.2.1": {"sufficient": 20, "assessed": 31},
    "2.2.2": {"sufficient": 26, "assessed": 31},
    "2.3.1": {"sufficient": 31, "assessed": 31},
    "2.3.2": {"sufficient": 25, "assessed": 31},
    "V1.1": {"sufficient": 9, "assessed": 12},
}
WHOLE = {
    "standards": "yj-2024",
    "inspection_type": "iyjwcv",
    "key_questions": COUNTS,
    "answers": {"V1.2": "yes"},
    "chosen": {"V1": "outstanding"},
}


@pytest.fixture
def run(capsys, tmp_path):
    """Exit status, standard output, standard error."""

    def run(content, *arguments):
        file = tmp_path / "input.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return called(capsys, str(file), *arguments)

    return run


def called(capsys, *arguments):
    try:
        call_command("rate", *arguments)
        status = 0
    except SystemExit as stopped:
        status = stopped.code
    return (status, *capsys.readouterr())


def test_the_json_is_the_whole_result(run):
    status, out, err = run(WHOLE, "--json")

    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "key_questions": {
            "2.1.1": {"sufficient": 25, "assessed": 31, "percent": 2500 / 31, "rating": "outstanding"},
            "2.1.2": {"sufficient": 21, "assessed": 31, "percent": 2100 / 31, "rating": "good"},
            "2.2.1": {"sufficient": 20, "assessed": 31, "percent": 2000 / 31, "rating": "requires_improvement"},
            "2.2.2": {"sufficient": 26, "assessed": 31, "percent": 2600 / 31, "rating": "outstanding"},
            "2.3.1": {"sufficient": 31, "assessed": 31, "percent": 100.0, "rating": "outstanding"},
            "2.3.2": {"sufficient": 25, "assessed": 31, "percent": 2500 / 31, "rating": "outstanding"},
            "V1.1": {"sufficient": 9, "assessed": 12, "percent": 75.0, "rating": "good"},
        },
        "standards": {
            "2.1": {"rating": "good", "driven_by": ["2.1.2"], "permitted": None},
            "2.2": {"rating": "requires_improvement", "driven_by": ["2.2.1"], "permitted": None},
            "2.3": {"rating": "outstanding", "driven_by": ["2.3.1", "2.3.2"], "permitted": None},
            "V1": {"rating": "outstanding", "driven_by": ["V1.1", "V1.2"], "permitted": ["good", "outstanding"]},
        },
        "total": 9,
        "max": 12,
        "overall": "good",
        "notes": [
            "2.2.1: 20 of 31 is 64.5%, below 65%. Rounded to a whole per cent it would be Good "
            "instead of Requires improvement; nothing is rounded."
        ],
    }


def test_the_text_is_the_tree_with_the_standards_it_was_made_with(run):
    status, out, _ = run(WHOLE)
    lines = out.splitlines()

    assert status == 0
    assert lines[0].startswith("Youth Inspection Programme 2024 (yj-2024, version 1, sha256 ")
    assert lines[2] == "Overall rating: Good"
    assert "├─ Total score: 9 of 12" not in lines
    assert "└─ Total score: 9 of 12" in lines
    assert "   ├─ 2.1 Assessing: Good, score 2" in lines
    assert "      └─ Chosen by the meeting: Outstanding, from Good or Outstanding" in lines
    assert lines[-2:] == [
        "Notes",
        "- 2.2.1: 20 of 31 is 64.5%, below 65%. Rounded to a whole per cent it would be Good "
        "instead of Requires improvement; nothing is rounded.",
    ]


def test_ratings_alone_are_enough(run):
    known = dict.fromkeys(("2.1", "2.2", "2.3", "V1"), "outstanding")
    status, out, _ = run({"standards": "yj-2024", "inspection_type": "iyjs", "standard_ratings": known}, "--json")
    found = json.loads(out)

    assert status == 0
    assert (found["key_questions"], found["total"], found["overall"]) == ({}, 12, "outstanding")
    assert found["standards"]["2.1"] == {"rating": "outstanding", "driven_by": None, "permitted": None}
    assert found["standards"]["1.1"] == {"rating": None, "driven_by": None, "permitted": None}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            WHOLE | {"standards": "yj-1999"},
            "standards: yj-1999.toml: there are no standards called 'yj-1999'; there are: yj-2018, yj-2021, yj-2024.\n",
        ),
        (WHOLE | {"inspection_type": "iyo"}, "inspection_type: 'iyo' is not one of iyjwcv, iyjs, reactive.\n"),
        (
            WHOLE | {"key_questions": COUNTS | {"2.1.1": {"sufficient": 32, "assessed": 31}}},
            "key_questions.2.1.1: 32 sufficient is more than 31 assessed.\n",
        ),
        (
            WHOLE | {"chosen": {"V1": "inadequate"}},
            "chosen.V1: inadequate is not permitted; V1.1 good and V1.2 yes allows good or outstanding.\n",
        ),
        (
            WHOLE | {"key_questions": COUNTS | {"9.9": {"sufficient": 1, "assessed": 1}}},
            "key_questions.9.9: yj-2024 has no key question 9.9.\n",
        ),
        (
            WHOLE | {"key_questions": {code: count for code, count in COUNTS.items() if code != "2.3.2"}},
            "key_questions.2.3.2 is missing: "
            "give sufficient and assessed, or the rating of 2.3 under standard_ratings.\n",
        ),
        ({}, "inspection_type: is missing.\nstandards: is missing.\n"),
        ([], "The input must be one JSON object.\n"),
        (
            WHOLE | {"key_questions": COUNTS | {"2.1.1": {"sufficient": 2, "assessed": 1}, "2.1.2": []}},
            "key_questions.2.1.2: must be an object with sufficient and assessed.\n",
        ),
        (
            {name: value for name, value in WHOLE.items() if name != "inspection_type"},
            "inspection_type: is missing.\n",
        ),
        (
            WHOLE | {"answers": {"V1.2": True}},
            "answers.V1.2: must be yes or no; leave it out while it is undecided.\n",
        ),
        (WHOLE | {"key_questions": None}, "key_questions: must be a JSON object.\n"),
        (WHOLE | {"key_questions": []}, "key_questions: must be a JSON object.\n"),
        (
            {
                "standards": "yj-2024",
                "inspection_type": "iyjwcv",
                "standard_ratings": dict.fromkeys(("2.1", "2.2", "2.3"), "good") | {"V1": None},
            },
            "standard_ratings.V1: must be a rating; leave it out while it is undecided.\n",
        ),
        (
            WHOLE | {"standards": "a" * 300},
            f"standards: '{'a' * 36}...: there are no standards called '{'a' * 36}...; "
            "there are: yj-2018, yj-2021, yj-2024.\n",
        ),
    ],
)
def test_nonsense_is_refused_with_one_sentence_each(run, content, problem):
    assert run(content, "--json") == (2, "", problem)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"standards": ', "is not JSON, at line 1, column 15: Expecting value."),
        (b"", "is not JSON, at line 1, column 1: Expecting value."),
        (b"\xff\xfe", "is not UTF-8 text."),
        (b'{"a": 1, "a": 2}', "is not JSON that can be used: a is given twice."),
        (b'{"a": NaN}', "is not JSON that can be used: NaN is not a number."),
        (b'{"a\\n": 1, "a\\n": 2}', r"is not JSON that can be used: 'a\n' is given twice."),
        (b'{"a": 1e999}', "is not JSON that can be used: 1e999 is too large a number."),
        (b'{"a": %s}' % (b"9" * 5000), "is not JSON that can be used: a number has more than 20 digits."),
        (b'{"a": %s}' % (b"9" * 21), "is not JSON that can be used: a number has more than 20 digits."),
        (b"[" * 100_000, "is nested too deeply."),
    ],
)
def test_what_is_no_json_is_refused(run, content, problem, tmp_path):
    assert run(content) == (2, "", f"{tmp_path / 'input.json'}: {problem}\n")


def test_a_file_that_is_not_there_is_refused(capsys, tmp_path):
    missing = tmp_path / "none.json"

    assert called(capsys, str(missing)) == (2, "", f"{missing}: cannot be read (No such file or directory).\n")


def test_a_byte_order_mark_does_no_harm(run):
    status, out, _ = run(b"\xef\xbb\xbf" + json.dumps(WHOLE).encode(), "--json")

    assert (status, json.loads(out)["overall"]) == (0, "good")


def managed(command, **changed):
    options = {"cwd": ROOT, "capture_output": True, "text": True, "check": False} | changed
    return subprocess.run([sys.executable, "manage.py", *command.split()], **options)


@pytest.mark.slow
def test_a_terminal_without_the_lines_of_the_tree_gets_stand_ins():
    ended = managed("rate -", input=json.dumps(WHOLE), env=os.environ | {"PYTHONIOENCODING": "ascii"})

    assert (ended.returncode, ended.stderr) == (0, "")
    assert r"   \u251c\u2500 2.1 Assessing: Good, score 2" in ended.stdout.splitlines()


@pytest.mark.slow
def test_a_closed_standard_input_is_refused():
    script = 'exec "$0" manage.py rate - <&-'
    ended = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "-: cannot be read (standard input is closed).\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "standard_input"),
    [
        ("rate - --json", json.dumps(WHOLE)),
        ("standards --json", ""),
        ("timeline --standards yj-2024 --type iyjs --nation wales --fieldwork 2026-09-07 --json", ""),
    ],
)
def test_the_commands_run_where_there_is_no_database(command, standard_input):
    """DATABASE_URL names a server that cannot be there: whoever connects fails."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    ended = managed(command, env=environment, input=standard_input)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)
