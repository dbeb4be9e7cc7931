"""Whether ratings are such that the Youth Justice Board hears of them before the report."""

from collections.abc import Mapping
from typing import Any

from standards.schema import Standards


def gives_concern(standards: Standards, result: Mapping[str, Any]) -> bool:
    """The lowest rating, overall or of a standard. Ours: the memorandum says “cause for concern” and no more.

    `result` is that of a signed record (ratings.rules.record).
    """
    lowest = standards.ratings[0].code
    return lowest in {result["overall"], *(found["rating"] for found in result["standards"].values())}
