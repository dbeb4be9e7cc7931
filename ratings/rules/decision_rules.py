"""Decision rules: advice about what a panel rates, from the ratings of the work in cases (docs/rules/discretion.md)."""

from collections.abc import Mapping
from dataclasses import dataclass

from ratings.rules.results import Result
from standards.schema import DecisionRule, Standards

OPEN, NO_ADVICE, MET, DEPARTED = "Not decided yet", "Does not apply", "Met", "Departed from"


@dataclass(frozen=True)
class RuleState:
    """`found` is the rating that it looks at, `given` the one that the panel decided; None where there is none."""

    rule: DecisionRule
    state: str
    found: str | None
    given: str | None


def rule_states(standards: Standards, result: Result, decided: Mapping[str, str]) -> tuple[RuleState, ...]:
    """`decided` is the rating of each standard that the panel has decided. In the order of the standards' data."""
    return tuple(
        _state(standards, rule, result, decided.get(rule.standard))
        for rule in standards.decision_rules
        if rule.standard in result.standards
    )


def departed(states: tuple[RuleState, ...]) -> list[DecisionRule]:
    return [state.rule for state in states if state.state == DEPARTED]


def _state(standards: Standards, rule: DecisionRule, result: Result, given: str | None) -> RuleState:
    found = _rating(result, rule.looks_at)
    order = [rating.code for rating in standards.ratings]
    if found is None or order.index(found) > order.index(rule.at_most):
        return RuleState(rule, NO_ADVICE, found, given)
    if given is None:
        return RuleState(rule, OPEN, found, given)
    within = order.index(given) <= order.index(rule.expects_at_most)
    return RuleState(rule, MET if within else DEPARTED, found, given)


def _rating(result: Result, code: str) -> str | None:
    if code in result.standards:
        return result.standards[code].rating
    return result.key_questions[code].rating if code in result.key_questions else None
