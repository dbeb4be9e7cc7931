"""Decision rules: advice from data about what a panel rates."""

from dataclasses import replace

import pytest

from ratings.rules import Tally, rate
from ratings.rules.decision_rules import departed, rule_states
from ratings.rules.evidence import counted_codes
from ratings.rules.inputs import RatingInput
from standards import loader
from standards.schema import DecisionRule

RULE = DecisionRule(
    "1.1-work", "1.1", "Poor work caps leadership.", "2.1", "inadequate", "requires_improvement", "Ours"
)
YJ = loader.load("yj-2024")


def states(rules, sufficient, **decided):
    """Of a two-week inspection with so many of 10 cases sufficient for 2.1.1, and all for everything else."""
    standards = replace(YJ, decision_rules=tuple(rules))
    tallies = {code: Tally(sufficient if code == "2.1.1" else 10, 10) for code in counted_codes(standards, "iyjs")}
    ratings = {name.lstrip("_").replace("_", "."): rating for name, rating in decided.items()}
    result = rate(standards, RatingInput("iyjs", tallies, {}, ratings))
    return rule_states(standards, result, ratings)


@pytest.mark.parametrize(
    ("sufficient", "decided", "state"),
    [
        (5, {"_1_1": "outstanding"}, "Does not apply"),
        (4, {}, "Not decided yet"),
        (4, {"_1_1": "requires_improvement"}, "Met"),
        (4, {"_1_1": "inadequate"}, "Met"),
        (4, {"_1_1": "good"}, "Departed from"),
    ],
)
@pytest.mark.parametrize("looks_at", ["2.1", "2.1.1"])
def test_a_rule_is_met_or_departed_from_once_it_applies(looks_at, sufficient, decided, state):
    assert [found.state for found in states([replace(RULE, looks_at=looks_at)], sufficient, **decided)] == [state]


def test_only_what_is_departed_from_needs_a_reason():
    found = states([RULE, replace(RULE, code="other", standard="1.3")], 4, _1_1="good", _1_3="inadequate")
    assert [rule.code for rule in departed(found)] == ["1.1-work"]


def test_no_framework_publishes_any():
    assert [loader.load(key).decision_rules for key in loader.available()] == [()] * len(loader.available())
