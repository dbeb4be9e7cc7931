"""Ratings by the standards of 2021 and 2018: totals, hurdle, fewer standards, no ratings, a total alone."""

import pytest

from ratings.rules import RatingInput, RatingInputError, Tally, rate, trace_lines
from standards.loader import load

YJ_2018, YJ_2021 = load("yj-2018"), load("yj-2021")
NAMES = ["inadequate", "requires_improvement", "good", "outstanding"]
CORE = YJ_2021.inspection_types["iyos"].counting
COUNTED = [question.code for standard in YJ_2021.standards for question in standard.counted_questions()]


def ratings(total: int) -> dict[str, str]:
    """Twelve ratings that add up to it, as even as can be."""
    return {code: NAMES[total // 12 + (place < total % 12)] for place, code in enumerate(CORE)}


@pytest.mark.parametrize(
    ("total", "overall"),
    [(0, 0), (6, 0), (7, 1), (18, 1), (19, 2), (30, 2), (31, 3), (36, 3)],
)
@pytest.mark.parametrize("standards", [YJ_2018, YJ_2021], ids=["2018", "2021"])
def test_the_total_of_twelve_is_banded(standards, total, overall):
    apart = {"2.5": "good"} if standards is YJ_2021 else {}
    found = rate(standards, RatingInput("iyos", standard_ratings=ratings(total) | apart))
    assert (found.total, found.maximum, found.overall) == (total, 36, NAMES[overall])


@pytest.mark.parametrize(
    ("resettlement", "total", "overall"),
    [
        ("inadequate", 36, "good"),
        ("inadequate", 31, "good"),
        ("inadequate", 30, "good"),
        ("inadequate", 18, "requires_improvement"),
        ("requires_improvement", 36, "outstanding"),
    ],
)
def test_inadequate_resettlement_keeps_a_service_from_outstanding_and_from_nothing_else(resettlement, total, overall):
    found = rate(YJ_2021, RatingInput("iyos", standard_ratings=ratings(total) | {"2.5": resettlement}))
    assert (found.total, found.overall) == (total, overall)
    assert found.held_back == (("2.5",) if resettlement == "inadequate" and total >= 31 else ())


def test_the_trace_says_that_the_hurdle_did_it():
    found = rate(YJ_2021, RatingInput("iyos", standard_ratings=ratings(33) | {"2.5": "inadequate"}))
    sentence = "2.5 Resettlement policy and provision is Inadequate, so the overall rating cannot be Outstanding."
    assert (found.trace.value, sentence in found.trace.notes, sentence in found.notes) == ("good", True, True)
    assert "cannot be Outstanding overall" in found.trace.rule


def test_while_resettlement_is_undecided_an_outstanding_total_may_still_be_good():
    found = rate(YJ_2021, RatingInput("iyos", standard_ratings=ratings(33)))
    assert (found.total, found.overall, found.possible_overall) == (33, None, ("good", "outstanding"))


def test_a_service_out_of_the_scope_of_resettlement_is_not_held_back():
    found = rate(YJ_2021, RatingInput("iyos", standard_ratings=ratings(33), unrated=("2.5",)))
    assert (found.overall, "2.5" in found.standards) == ("outstanding", False)
    assert (
        "2.5: not rated in this inspection. Applied where the service had at least one relevant case in the 12 months "
        "before the inspection; all such cases are read."
    ) in found.notes


def test_fewer_standards_are_banded_in_proportion():
    """Eight standards, 1 of 24: Ceredigion in November 2024, 4.17 per cent."""
    eight = {code: "inadequate" for code in CORE[:8]} | {CORE[0]: "requires_improvement"}
    found = rate(YJ_2021, RatingInput("iyos", standard_ratings=eight, unrated=("2.5", *CORE[8:])))
    assert (found.total, found.maximum, found.overall) == (1, 24, "inadequate")


@pytest.mark.parametrize(
    "given",
    [RatingInput("iyos_unrated"), RatingInput("iyos", unrated=(*CORE, "2.5"))],
    ids=["type", "every standard left out"],
)
def test_an_inspection_may_have_no_ratings_at_all(given):
    found = rate(YJ_2021, given)
    assert (found.total, found.maximum, found.overall, found.is_rated) == (None, 0, None, False)
    assert "No standard that counts is rated, so there is no overall rating." in found.notes
    assert trace_lines(found.trace)[0].startswith("Overall rating: Not rated")


@pytest.mark.parametrize(
    ("sufficient", "rating"), [(10, "requires_improvement"), (9, "inadequate"), (16, "outstanding")]
)
def test_domain_two_takes_the_lowest_of_three_key_questions(sufficient, rating):
    tallies = {code: Tally(20, 20) for code in COUNTED} | {"2.1.3": Tally(sufficient, 20)}
    found = rate(YJ_2021, RatingInput("iyos", tallies))
    assert (found.standards["2.1"].rating, found.standards["2.2"].rating) == (rating, "outstanding")


def test_each_key_question_has_its_own_number_of_cases():
    tallies = {code: Tally(3, 4) if code.startswith("3") else Tally(20, 24) for code in COUNTED}
    found = rate(YJ_2021, RatingInput("iyos", tallies))
    assert {found.standards[code].rating for code in ("3.1", "3.2", "3.3")} == {"good"}
    assert {found.standards[code].rating for code in ("2.1", "2.4")} == {"outstanding"}


@pytest.mark.parametrize(
    ("total", "overall"), [(6, "inadequate"), (16, "requires_improvement"), (30, "good"), (31, "outstanding")]
)
def test_a_total_that_was_published_alone_is_banded(total, overall):
    found = rate(YJ_2021, RatingInput("iyos", total=total, unrated=("2.5",)))
    assert (found.total, found.overall, found.total_is_given) == (total, overall, True)
    assert "Only the total score was published" in found.trace.children[0].rule
    assert found.standards["1.1"].rating is None
    assert "1.1: its rating is not known." in found.notes


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (RatingInput("iyos", total=37), "total: 37 cannot be; what is given adds up to 0 to 36."),
        (RatingInput("iyos", total=-1), "total: -1 cannot be; what is given adds up to 0 to 36."),
        (
            RatingInput("iyos", total=5, standard_ratings={"1.1": "outstanding", "1.2": "outstanding"}),
            "total: 5 cannot be; what is given adds up to 6 to 36.",
        ),
        (
            RatingInput("iyos", total=36, tallies={code: Tally(0, 9) for code in COUNTED}),
            "total: 36 cannot be; what is given adds up to 0 to 15.",
        ),
        (
            RatingInput("iyos", total=9, unrated=("9.9",)),
            "unrated: 9.9 is not a standard that is rated in this type of inspection.",
        ),
        (
            RatingInput("iyos", total=9, unrated=("1.1",), standard_ratings={"1.1": "good"}),
            "unrated: 1.1 has a rating, so it is not unrated.",
        ),
    ],
)
def test_what_cannot_be_is_refused(given, problem):
    with pytest.raises(RatingInputError) as refused:
        rate(YJ_2021, given)
    assert refused.value.problems == (problem,)


def test_2018_needs_every_rating():
    with pytest.raises(RatingInputError) as refused:
        rate(YJ_2018, RatingInput("iyos", standard_ratings={code: "good" for code in CORE[1:]}))
    assert refused.value.problems == ("standard_ratings.1.1 is missing: yj-2018 knows no counts below it.",)
