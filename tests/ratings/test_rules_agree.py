"""The product's ratings and those of the second calculation, over every framework."""

import pytest

from ratings.rules import RatingInput, Tally, rate
from standards.loader import load
from tests.ratings.agreeing import compared, difference
from tests.ratings.second_way import ALL_2018, Generated

YJ_2024 = load("yj-2024")


def test_both_agree_on_three_thousand_inspections_of_three_frameworks():
    seen, wrong = compared(3_000, seed=2024)
    assert wrong == []
    assert {outcome for outcome in seen if seen[outcome] >= 5} >= {
        *(f"{key} {overall}" for key in ("yj-2018", "yj-2021", "yj-2024") for overall in ("inadequate", "good", None)),
        "yj-2021 outstanding",
        "yj-2021 good held back",
    }


def test_a_difference_would_be_seen():
    one = Generated("yj-2018", "iyos", {}, dict.fromkeys(ALL_2018, 2))
    wrong = rate(load("yj-2018"), RatingInput("iyos", standard_ratings=dict.fromkeys(ALL_2018, "outstanding")))
    assert "overall: outstanding, not good" in difference(one, wrong)


# Every sample of 9 to 91 in which rounding half up to a whole per cent would give another rating, from the edges 64.5
# and 79.5: sufficient, assessed, the rating by the exact share.
ROUNDING_DECIDES = [
    (sufficient, assessed, rating)
    for assessed in range(9, 92)
    for sufficient in range(assessed + 1)
    for low, edge, rating in [(129, 65, "requires_improvement"), (159, 80, "good")]
    if low * assessed <= 200 * sufficient < 2 * edge * assessed
]


def test_there_are_thirty_one_such_pairs_and_none_at_fifty():
    assert len(ROUNDING_DECIDES) == 31
    assert {(11, 17), (20, 31), (31, 48), (35, 44), (39, 49)} <= {(k, n) for k, n, _ in ROUNDING_DECIDES}
    assert [(k, n) for n in range(9, 92) for k in range(n + 1) if 99 * n <= 200 * k < 100 * n] == []


@pytest.mark.parametrize(("sufficient", "assessed", "rating"), ROUNDING_DECIDES)
@pytest.mark.parametrize("key", ["yj-2024", "yj-2021"])
def test_where_rounding_would_decide_the_exact_share_does(key, sufficient, assessed, rating):
    standards = load(key)
    kind = "iyjwcv" if key == "yj-2024" else "iyos"
    codes = [question.code for _, question in standards.key_questions() if question.case_kind]
    found = rate(standards, RatingInput(kind, dict.fromkeys(codes, Tally(sufficient, assessed))))
    question = found.key_questions["2.1.1"]
    higher = {"requires_improvement": "good", "good": "outstanding"}[rating]
    assert (question.rating, question.rounds_to, found.standards["2.1"].rating) == (rating, higher, rating)
