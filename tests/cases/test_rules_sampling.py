"""A sample is shaped like the caseload, and comes out the same again."""

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import sampling
from cases.rules.sampling import Candidate, Size


def candidates(*groups: tuple[str, ...]) -> list[Candidate]:
    return [Candidate(f"L{number:03d}", group) for number, group in enumerate(groups)]


def caseloads(columns: int) -> st.SearchStrategy[list[Candidate]]:
    group = st.tuples(*(st.sampled_from("abcde"[: 5 - column]) for column in range(columns)))
    return st.lists(group, min_size=1, max_size=60).map(lambda groups: candidates(*groups))


def sizes(caseload: list[Candidate]) -> st.SearchStrategy[tuple[list[Candidate], int]]:
    return st.tuples(st.just(caseload), st.integers(0, len(caseload)))


one_column = caseloads(1).flatmap(sizes)
two_columns = caseloads(2).flatmap(sizes)
three_columns = caseloads(3).flatmap(sizes)
seeds = st.text(max_size=8)


def farthest(caseload: list[Candidate], sample: list[Candidate], key) -> Fraction:
    """The greatest distance of any group in the sample from its exact share of the caseload, in cases."""
    everyone, drawn = Counter(map(key, caseload)), Counter(map(key, sample))
    return max(abs(Fraction(len(sample) * count, len(caseload)) - drawn[group]) for group, count in everyone.items())


@given(three_columns, seeds)
def test_a_sample_has_the_size_that_was_asked_for_and_nobody_twice(asked, seed):
    caseload, size = asked
    sample = sampling.draw(caseload, size, seed)
    assert (len(sample), len({case.reference for case in sample})) == (size, size)
    assert set(sample) <= set(caseload)


@given(three_columns, seeds)
def test_every_group_is_less_than_one_case_from_its_share(asked, seed):
    caseload, size = asked
    assert farthest(caseload, sampling.draw(caseload, size, seed), lambda case: case.group) < 1


@given(two_columns, seeds)
def test_each_of_two_columns_is_within_one_case_of_its_shares(asked, seed):
    caseload, size = asked
    sample = sampling.draw(caseload, size, seed)
    assert max(farthest(caseload, sample, lambda case, column=column: case.group[column]) for column in (0, 1)) <= 1


@given(three_columns, seeds, st.randoms())
def test_the_order_of_the_list_does_not_matter(asked, seed, random):
    caseload, size = asked
    shuffled = random.sample(caseload, len(caseload))
    assert sampling.draw(shuffled, size, seed) == sampling.draw(caseload, size, seed)


def test_the_same_seed_gives_the_same_sample_on_any_machine():
    caseload = candidates(*(("court", "north") if n % 3 else ("out_of_court", "south") for n in range(20)))
    drawn = [case.reference for case in sampling.draw(caseload, 7, "5f1d")]
    assert drawn == ["L000", "L004", "L018", "L017", "L014", "L016", "L002"]


def test_another_seed_gives_another_sample():
    caseload = candidates(*([("one",)] * 50))
    assert sampling.draw(caseload, 10, "a") != sampling.draw(caseload, 10, "b")


def test_every_case_of_a_group_is_as_likely_as_any_other():
    caseload = candidates(*([("a",)] * 6 + [("b",)] * 6))
    times = Counter(case.reference for seed in range(3000) for case in sampling.draw(caseload, 4, str(seed)))
    assert all(900 < times[case.reference] < 1100 for case in caseload)


@pytest.mark.parametrize(
    ("caseload", "size", "expected"),
    [
        ({("a",): 50, ("b",): 30, ("c",): 20}, 10, {("a",): 5, ("b",): 3, ("c",): 2}),
        ({("a",): 47, ("b",): 16, ("c",): 13}, 20, {("a",): 12, ("b",): 4, ("c",): 4}),
        ({("a",): 6, ("b",): 3, ("c",): 1}, 4, {("a",): 2, ("b",): 1, ("c",): 1}),
        ({("a",): 2, ("b",): 1}, 3, {("a",): 2, ("b",): 1}),
        ({("a",): 2, ("b",): 1}, 0, {("a",): 0, ("b",): 0}),
        ({}, 0, {}),
    ],
)
def test_the_largest_remainders_are_rounded_up(caseload, size, expected):
    assert sampling.targets(caseload, size, "seed") == expected


ALL = "There are {} eligible cases. All of them will be inspected"


@pytest.mark.parametrize(
    ("asked", "eligible", "settled"),
    [
        (31, 120, Size(31)),
        (14, 120, Size(14)),
        (91, 120, Size(91)),
        (31, 31, Size(31, ALL.format(31))),
        (31, 30, Size(30, ALL.format(30))),
        (14, 11, Size(11, ALL.format(11))),
        (5, 11, Size(11, ALL.format(11))),
        (14, 14, Size(14, ALL.format(14))),
        (500, 80, Size(80, ALL.format(80))),
        (500, 91, Size(91, ALL.format(91))),
    ],
)
def test_too_few_cases_are_all_taken(asked, eligible, settled):
    assert sampling.settle_size(asked, eligible, 14, 91, "children's cases") == settled


@pytest.mark.parametrize(("asked", "eligible"), [(13, 120), (92, 120), (500, 92), (0, 15)])
def test_a_size_outside_the_limits_is_refused(asked, eligible):
    with pytest.raises(sampling.SizeRefused, match="A sample has between 14 and 91 children's cases"):
        sampling.settle_size(asked, eligible, 14, 91, "children's cases")


def test_the_next_case_is_the_next_of_the_same_group():
    caseload = candidates(*([("court", "north")] * 6 + [("court", "south")] * 2 + [("bail", "south")]))
    order = sorted(caseload[:6], key=lambda case: sampling.place("seed", case.reference))
    assert sampling.next_candidate(order[3:] + caseload[6:], order[0], "seed") == order[3]


def test_where_a_group_is_used_up_the_nearest_group_gives_the_next():
    leaving, near, far = candidates(("court", "north"), ("court", "south"), ("bail", "south"))
    assert sampling.next_candidate([far, near], leaving, "seed") == near
    assert sampling.next_candidate([far], leaving, "seed") == far
    assert sampling.next_candidate([], leaving, "seed") is None


@pytest.mark.parametrize(
    ("taken", "letter", "expected"),
    [
        ([], "C", ["C-01", "C-02"]),
        (["C-01", "C-09", "V-30"], "C", ["C-10", "C-11"]),
        (["C-99"], "C", ["C-100", "C-101"]),
        (["C-31"], "V", ["V-01", "V-02"]),
    ],
)
def test_no_reference_is_given_twice(taken, letter, expected):
    assert list(islice(sampling.references(taken, letter), 2)) == expected


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2013, 6, 8), "13 and under"),
        (date(2013, 6, 7), "14 to 15"),
        (date(2011, 6, 8), "14 to 15"),
        (date(2011, 6, 7), "16 to 17"),
        (date(2009, 6, 7), "18 and over"),
        (date(2008, 2, 29), "18 and over"),
        (None, "Not recorded"),
    ],
)
def test_the_age_band_is_of_the_day_on_which_fieldwork_starts(born, band):
    assert sampling.age_band(born, date(2027, 6, 7)) == band


def test_shares_set_the_sample_beside_the_caseload():
    share = sampling.shares(["court"] * 6 + ["bail"] * 3, ["court", "court", "bail"])[0]
    assert (share.value, share.caseload, share.caseload_percent, share.sample, share.sample_percent, share.exact) == (
        "bail",
        3,
        33,
        1,
        33,
        "1.0",
    )


@pytest.mark.parametrize(
    ("sampled", "words"),
    [
        (5, ""),
        (6, ""),
        (7, "20 percentage points more in the sample than in the caseload"),
        (4, ""),
        (3, "20 percentage points fewer in the sample than in the caseload"),
    ],
)
def test_more_than_ten_points_apart_is_said_in_words(sampled, words):
    shares = sampling.shares(["a"] * 50 + ["b"] * 50, ["a"] * sampled + ["b"] * (10 - sampled))
    assert shares[0].difference == words


def test_a_value_that_only_the_sample_has_is_shown_too():
    assert [(share.value, share.caseload) for share in sampling.shares(["a"], ["b"])] == [("a", 1), ("b", 0)]
