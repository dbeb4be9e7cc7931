"""One digest for the same values however they are written, another for any other."""

import json
from copy import deepcopy

import pytest

from ratings.rules import RatingInput, Tally, rate
from ratings.rules.record import digest, record_of, result_to_json
from standards import loader

CODES = ("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1")
RESULT = rate(
    loader.load("yj-2024"),
    RatingInput("iyjwcv", dict.fromkeys(CODES, Tally(19, 28)), answers={"V1.2": True}, chosen={"V1": "good"}),
)
RECORD = record_of("YI-27-001", 1, "e" * 64, [{"item": "V1", "value": "good"}], RESULT)


def test_the_order_of_keys_and_a_way_through_json_change_nothing():
    shuffled = dict(reversed(RECORD.items()))
    assert digest(shuffled) == digest(RECORD) == digest(json.loads(json.dumps(RECORD)))


CHANGES = [
    lambda record: record.update(inspection="YI-27-002"),
    lambda record: record.update(meeting=2),
    lambda record: record["decisions"].clear(),
    lambda record: record["decisions"][0].update(value="outstanding"),
    lambda record: record["result"].update(overall="outstanding"),
    lambda record: record["result"]["key_questions"]["2.1.1"].update(sufficient=20),
    lambda record: record["result"]["trace"]["children"][0].update(rule="Another rule."),
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_changes_the_digest(change):
    other = deepcopy(RECORD)
    change(other)
    assert digest(other) != digest(RECORD)


def test_the_result_is_kept_with_its_trace():
    kept = result_to_json(RESULT)
    assert (kept["overall"], kept["total"], kept["trace"]["words"]) == ("good", 8, "Good")
