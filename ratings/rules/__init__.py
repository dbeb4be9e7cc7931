"""From counted answers to a rating that explains itself: pure functions, exact fractions, no rounding."""

from ratings.rules.checks import problems_of
from ratings.rules.inputs import RatingInput, RatingInputError, Tally, read_input
from ratings.rules.rating import rate
from ratings.rules.results import Distance, KeyQuestionResult, Result, StandardResult
from ratings.rules.trace import Node, node_from_json, node_to_json, trace_lines

__all__ = [
    "Distance",
    "KeyQuestionResult",
    "Node",
    "RatingInput",
    "RatingInputError",
    "Result",
    "StandardResult",
    "Tally",
    "node_from_json",
    "node_to_json",
    "problems_of",
    "rate",
    "read_input",
    "trace_lines",
]
