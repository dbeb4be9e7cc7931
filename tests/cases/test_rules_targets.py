"""The lead inspector sets how many cases each group gives; what was not set is the caseload's share."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cases.rules import sampling, targets
from cases.rules.sampling import Candidate
from cases.rules.targets import Target

CASELOAD = [Candidate(f"L{number:02d}", ("Court",) if number < 10 else ("Out of court",)) for number in range(30)]


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[Candidate], dict[sampling.Group, int]]:
    """A caseload, and a number for each of its groups that the group has."""
    sizes = draw(st.lists(st.integers(1, 12), min_size=1, max_size=5))
    caseload = [
        Candidate(f"L{group}-{number}", (str(group),)) for group, size in enumerate(sizes) for number in range(size)
    ]
    return caseload, {(str(group),): draw(st.integers(0, size)) for group, size in enumerate(sizes)}


@given(asked(), st.text(max_size=4))
def test_every_group_gives_exactly_what_was_set(question, seed):
    caseload, wanted = question
    if any(wanted.values()):
        drawn = sampling.draw(caseload, sum(wanted.values()), seed, wanted)
        assert Counter(case.group for case in drawn) == Counter(wanted)


@given(asked(), st.text(max_size=4), st.randoms())
def test_with_targets_too_the_order_of_the_list_does_not_matter(question, seed, random):
    caseload, wanted = question
    shuffled = random.sample(caseload, len(caseload))
    size = sum(wanted.values())
    assert sampling.draw(shuffled, size, seed, wanted) == sampling.draw(caseload, size, seed, wanted)


@given(asked())
def test_what_is_kept_is_read_as_it_was(question):
    caseload, wanted = question
    assert targets.read(targets.stored(targets.table(caseload, 5, wanted))) == wanted


def test_each_group_stands_with_its_share_and_its_usual_number():
    assert targets.table(CASELOAD, 14) == [
        Target(("Court",), 10, "4.7", 5, 5),
        Target(("Out of court",), 20, "9.3", 9, 9),
    ]


def test_a_target_that_was_set_is_told_from_one_that_was_not():
    table = targets.table(CASELOAD, 14, {("Court",): 7, ("Out of court",): 9})
    assert [target.was_set for target in table] == [True, False]


def test_without_groups_everybody_is_one_group():
    assert targets.table([Candidate("L1", ()), Candidate("L2", ())], 1)[0].words == "Everybody"


def test_what_is_wrong_with_a_number_is_said():
    assert targets.problem(Target(("Court",), 10, "4.7", 5, 10)) == ""
    assert targets.problem(Target(("Court",), 10, "4.7", 5, 11)) == (
        "Court has 10 eligible cases. Enter 10 to take them all"
    )
    assert targets.problem(Target(("Court", "Male"), 10, "4.7", 5, None)) == (
        "Enter how many cases of Court, Male to draw, such as 5"
    )


def test_what_the_standards_demand_comes_first_and_once():
    assert sampling.columns(["work_type"], ["sex", "work_type", "team"]) == ["work_type", "sex", "team"]
    assert sampling.columns([], []) == []
