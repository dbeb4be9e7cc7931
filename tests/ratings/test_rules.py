"""Every row of every published table, every edge, and what is said about it."""

from fractions import Fraction

import pytest

from ratings.rules import Distance, RatingInput, Tally, rate
from ratings.rules.shares import key_question, percent_words
from standards.loader import load

YJ_2024 = load("yj-2024")
I, RI, G, O = "inadequate", "requires_improvement", "good", "outstanding"  # noqa: E741 - as in the published table
ORDER = (I, RI, G, O)
CASES = ("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1")
COUNT_FOR = {I: Tally(0, 20), RI: Tally(10, 20), G: Tally(13, 20), O: Tally(16, 20)}


def given(inspection_type="iyjwcv", counts=None, v1_2=None, v1=None, **more):
    tallies = dict.fromkeys(CASES, COUNT_FOR[G]) | (counts or {})
    answers = {} if v1_2 is None else {"V1.2": v1_2}
    return RatingInput(inspection_type, tallies, answers, {} if v1 is None else {"V1": v1}, **more)


@pytest.mark.parametrize(
    ("sufficient", "rating"),
    [(0, I), (49, I), (50, RI), (64, RI), (65, G), (79, G), (80, O), (100, O)],
)
def test_each_published_band_begins_and_ends_where_it_is_printed(sufficient, rating):
    assert key_question(YJ_2024, "2.1.1", Tally(sufficient, 100)).rating == rating


@pytest.mark.parametrize(
    ("sufficient", "assessed", "exact", "rounded"),
    [(11, 17, RI, G), (20, 31, RI, G), (31, 48, RI, G), (35, 44, G, O), (39, 49, G, O)],
)
def test_a_share_just_below_a_boundary_is_not_rounded_up_to_it(sufficient, assessed, exact, rounded):
    found = key_question(YJ_2024, "2.1.1", Tally(sufficient, assessed))

    assert (found.rating, found.rounds_to) == (exact, rounded)


def test_rounding_would_change_exactly_31_pairs_of_counts_from_9_to_91_and_none_at_half():
    pairs = [Tally(k, n) for n in range(9, 92) for k in range(n + 1)]
    changed = [found for pair in pairs if (found := key_question(YJ_2024, "2.1.1", pair)).rounds_to]

    assert len(changed) == 31
    assert {found.rounds_to for found in changed} == {G, O}
    assert {found.higher.cases for found in changed} == {1}


@pytest.mark.parametrize("assessed", [9, 14, 24])
def test_with_the_smallest_and_largest_victims_samples_rounding_never_decides(assessed):
    assert not any(key_question(YJ_2024, "V1.1", Tally(k, assessed)).rounds_to for k in range(assessed + 1))


@pytest.mark.parametrize(
    ("sufficient", "assessed", "lower", "higher"),
    [
        (19, 28, Distance(1, RI), Distance(4, O)),
        (0, 28, None, Distance(14, RI)),
        (28, 28, Distance(6, G), None),
        (14, 28, Distance(1, I), Distance(5, G)),
        (0, 1, None, Distance(1, O)),
        (1, 1, Distance(1, I), None),
        (1, 2, Distance(1, I), Distance(1, O)),
    ],
)
def test_the_next_rating_is_so_many_cases_away(sufficient, assessed, lower, higher):
    found = key_question(YJ_2024, "2.1.1", Tally(sufficient, assessed))

    assert (found.lower, found.higher) == (lower, higher)


def test_no_case_assessed_is_no_rating_and_not_nought_per_cent():
    found = key_question(YJ_2024, "2.1.1", Tally(0, 0))

    assert (found.share, found.percent, found.rating, found.lower, found.higher) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("sufficient", "assessed", "words"),
    [(19, 28, "67.9%"), (1, 2, "50%"), (76, 117, "64.96%"), (1, 3, "33.3%"), (0, 9, "0%"), (9, 9, "100%")],
)
def test_a_printed_percentage_never_seems_to_reach_a_boundary_that_it_misses(sufficient, assessed, words):
    assert percent_words(YJ_2024.bands, Fraction(sufficient, assessed)) == words


@pytest.mark.parametrize("first", ORDER)
@pytest.mark.parametrize("second", ORDER)
@pytest.mark.parametrize("standard", ["2.1", "2.2", "2.3"])
def test_the_lowest_key_question_gives_the_standard_and_a_tie_is_driven_by_both(standard, first, second):
    codes = (f"{standard}.1", f"{standard}.2")
    found = rate(YJ_2024, given(counts=dict(zip(codes, (COUNT_FOR[first], COUNT_FOR[second]), strict=True))))

    lowest = min(first, second, key=ORDER.index)
    drivers = tuple(code for code, rating in zip(codes, (first, second), strict=True) if rating == lowest)
    assert (found.standards[standard].rating, found.standards[standard].driven_by) == (lowest, drivers)


VICTIMS_TABLE = [
    (O, True, (G, O)),
    (O, False, (G, O)),
    (G, True, (G, O)),
    (G, False, (RI, G)),
    (RI, True, (RI, G)),
    (RI, False, (I, RI)),
    (I, True, (I, RI)),
    (I, False, (I, RI)),
]


@pytest.mark.parametrize(("start", "answer", "permitted"), VICTIMS_TABLE)
def test_each_row_of_the_victims_table_permits_its_two_ratings_and_waits_for_the_choice(start, answer, permitted):
    found = rate(YJ_2024, given(counts={"V1.1": COUNT_FOR[start]}, v1_2=answer)).standards["V1"]

    assert (found.permitted, found.rating, found.possible) == (permitted, None, permitted)


@pytest.mark.parametrize(("start", "answer", "permitted"), VICTIMS_TABLE)
@pytest.mark.parametrize("which", [0, 1])
def test_either_permitted_rating_can_be_chosen(start, answer, permitted, which):
    found = rate(YJ_2024, given(counts={"V1.1": COUNT_FOR[start]}, v1_2=answer, v1=permitted[which]))

    assert (found.standards["V1"].rating, found.standards["V1"].driven_by) == (permitted[which], ("V1.1", "V1.2"))


OVERALL = {
    **dict.fromkeys(range(3), I),
    **dict.fromkeys(range(3, 7), RI),
    **dict.fromkeys(range(7, 11), G),
    **dict.fromkeys(range(11, 13), O),
}


@pytest.mark.parametrize(("total", "overall"), OVERALL.items())
def test_each_total_has_its_published_overall_rating(total, overall):
    scores = [min(3, max(0, total - 3 * place)) for place in range(4)]
    known = dict(zip(("2.1", "2.2", "2.3", "V1"), (ORDER[score] for score in scores), strict=True))

    found = rate(YJ_2024, RatingInput("iyjwcv", standard_ratings=known))

    assert (found.total, found.maximum, found.overall) == (total, 12, overall)


@pytest.mark.parametrize("inspection_type", ["iyjs", "reactive"])
@pytest.mark.parametrize("domain_one", ORDER)
def test_domain_one_is_rated_and_never_counted(inspection_type, domain_one):
    panel = dict.fromkeys(("1.1", "1.2", "1.3"), domain_one)
    known = dict.fromkeys(("2.1", "2.2", "2.3", "V1"), G)

    found = rate(YJ_2024, RatingInput(inspection_type, chosen=panel, standard_ratings=known))

    assert (found.total, found.maximum, found.overall) == (8, 12, G)
    assert {code: found.standards[code].rating for code in panel} == panel


def test_an_undecided_domain_one_leaves_the_overall_rating_standing():
    known = dict.fromkeys(("2.1", "2.2", "2.3", "V1"), O)

    found = rate(YJ_2024, RatingInput("iyjs", standard_ratings=known))

    assert (found.total, found.overall, found.standards["1.1"].rating) == (12, O, None)
    assert found.notes == tuple(f"{code}: the panel has still to decide its rating." for code in ("1.1", "1.2", "1.3"))


def test_while_the_victims_standard_is_open_the_result_says_what_can_still_come_out():
    found = rate(YJ_2024, given(v1_2=False))

    assert (found.total, found.overall, found.possible_totals, found.possible_overall) == (None, None, (7, 8), (G,))
    assert found.notes == (
        "V1: still to be chosen, Requires improvement or Good.",
        "The total will be from 7 to 8 of 12, and the overall rating Good.",
    )


def test_before_the_meeting_answers_v1_2_both_of_its_rows_are_possible():
    found = rate(YJ_2024, given(counts={"V1.1": COUNT_FOR[RI]}))

    assert found.standards["V1"].permitted is None
    assert found.standards["V1"].possible == (I, RI, G)
    assert found.notes[0] == "V1: nothing can be chosen before V1.2 is answered."


def test_a_key_question_without_cases_leaves_its_standard_unrated_and_bounded_by_the_other():
    found = rate(YJ_2024, given(counts={"2.1.1": Tally(0, 0), "2.1.2": COUNT_FOR[RI]}, v1_2=True, v1=G))

    assert (found.standards["2.1"].rating, found.standards["2.1"].possible) == (None, (I, RI))
    assert (found.total, found.overall, found.possible_totals) == (None, None, (6, 7))
    assert found.notes == (
        "2.1.1: no case was assessed, so it is not rated.",
        "2.1: not rated, because a key question below it is not rated.",
        "The total will be from 6 to 7 of 12, and the overall rating Requires improvement or Good.",
    )


def test_the_json_has_the_published_shape():
    found = rate(YJ_2024, given(counts={"2.1.1": Tally(11, 17)}, v1_2=True)).as_json()

    assert list(found) == ["key_questions", "standards", "total", "max", "overall", "notes"]
    assert found["key_questions"]["2.1.1"] == {
        "sufficient": 11,
        "assessed": 17,
        "percent": 1100 / 17,
        "rating": "requires_improvement",
    }
    assert found["standards"]["2.1"] == {"rating": RI, "driven_by": ["2.1.1"], "permitted": None}
    assert found["standards"]["V1"] == {"rating": None, "driven_by": None, "permitted": [G, O]}
    assert (found["total"], found["max"], found["overall"]) == (None, 12, None)
    assert found["notes"][0] == (
        "2.1.1: 11 of 17 is 64.7%, below 65%. Rounded to a whole per cent it would be Good "
        "instead of Requires improvement; nothing is rounded."
    )
