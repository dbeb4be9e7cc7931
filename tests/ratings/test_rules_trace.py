"""The tree behind a rating: complete, restorable, and every number with its rule and source."""

import json

import pytest

from ratings.rules import RatingInput, Tally, node_from_json, node_to_json, rate, trace_lines
from standards.loader import load

YJ_2024 = load("yj-2024")
COUNTS = {
    "2.1.1": Tally(25, 31),
    "2.1.2": Tally(19, 28),
    "2.2.1": Tally(11, 17),
    "2.2.2": Tally(28, 31),
    "2.3.1": Tally(0, 0),
    "2.3.2": Tally(30, 31),
    "V1.1": Tally(9, 12),
}


@pytest.fixture
def trace():
    given = RatingInput("iyjs", COUNTS, {"V1.2": False}, {"V1": "good", "1.1": "outstanding"})
    return rate(YJ_2024, given).trace


def test_the_tree_goes_from_the_overall_rating_down_to_the_counts(trace):
    path = [node.code for node in trace.path("2.1.2.count")]

    assert path == ["overall", "total", "2.1", "2.1.2", "2.1.2.count"]


def test_every_code_is_used_once(trace):
    codes = [node.code for node in trace.walk()]

    assert len(codes) == len(set(codes))


def test_every_node_names_a_rule_and_a_source_of_the_standards(trace):
    sources = set(YJ_2024.sources.values())

    for node in trace.walk():
        assert node.rule
        assert set(node.source.split("; ")) <= sources


def test_the_tree_survives_being_stored_as_json(trace):
    assert node_from_json(json.loads(json.dumps(node_to_json(trace)))) == trace


def test_a_code_that_is_not_in_the_tree_is_an_error(trace):
    with pytest.raises(KeyError):
        trace.find("9.9")
    with pytest.raises(KeyError):
        trace.path("9.9")


def test_a_key_question_carries_what_a_screen_draws(trace):
    assert trace.find("2.1.2").facts == {
        "drives": True,
        "sufficient": 19,
        "assessed": 28,
        "percent": "67.9%",
        "lower_cases": 1,
        "lower_rating": "requires_improvement",
        "higher_cases": 4,
        "higher_rating": "outstanding",
        "rounds_to": None,
    }


def test_both_questions_that_drive_the_victims_rating_say_so(trace):
    drivers = [node.code for node in trace.walk() if "Drives the rating." in node.notes]

    assert drivers == ["2.1.2", "2.2.1", "V1.1", "V1.2"]
    assert [node.code for node in trace.walk() if node.facts.get("drives")] == drivers


def test_what_is_not_rated_is_a_value_of_its_own_and_what_is_undecided_is_none(trace):
    values = {code: trace.find(code).value for code in ("2.3.1", "2.3", "total", "overall", "1.2", "V1", "1.1")}

    assert values == {
        "2.3.1": "not_rated",
        "2.3": "not_rated",
        "total": None,
        "overall": None,
        "1.2": None,
        "V1": "good",
        "1.1": "outstanding",
    }


def test_domain_one_hangs_apart_from_the_total(trace):
    assert [node.code for node in trace.find("total").children] == ["2.1", "2.2", "2.3", "V1"]
    assert [node.code for node in trace.find("not_counted").children] == ["1.1", "1.2", "1.3"]


def test_the_text_shows_the_whole_tree(trace):
    lines = trace_lines(trace)

    assert lines[0] == "Overall rating: Still to be decided"
    assert "├─ Total score: Still to be decided, from 5 to 8" in lines
    assert "│  │  │  ├─ 2.1.2" not in "\n".join(lines)
    assert "│  │  └─ 2.1.2 Keep the child and the community safe: Good" in lines
    assert "│  │     │  Note: 1 fewer sufficient case would make it Requires improvement." in lines
    assert "│  │     │  Note: 4 more sufficient cases would make it Outstanding." in lines
    assert "│  │     └─ Sufficient cases: 19 of 28 (67.9%)" in lines
    assert "└─ Rated, but not counted: 1 of 3 decided" in lines
    for node in trace.walk():
        assert sum(node.label in line and node.words in line for line in lines) >= 1
