"""What a meeting may decide on each item, and what stands of what it decided."""

import pytest

from ratings.rules import RatingInput, Tally
from ratings.rules.meeting import Item, items, pair_words, rating_input
from standards import loader

STANDARDS = loader.load("yj-2024")
CHILDREN = dict.fromkeys(("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2"), Tally(10, 14))
STARTS = {
    "outstanding": Tally(8, 9),
    "good": Tally(6, 9),
    "requires_improvement": Tally(5, 9),
    "inadequate": Tally(4, 9),
}


def found(victims: Tally, inspection_type: str = "iyjwcv", **decided: str) -> dict[str, Item]:
    latest = {code.lstrip("_").replace("_", "."): value for code, value in decided.items()}
    return {item.code: item for item in items(STANDARDS, inspection_type, CHILDREN | {"V1.1": victims}, latest)}


def test_the_type_of_inspection_says_what_is_decided():
    assert list(found(Tally(6, 9))) == ["V1.2", "V1"]
    assert list(found(Tally(6, 9), "iyjs")) == ["1.1", "1.2", "1.3", "V1.2", "V1"]
    assert list(found(Tally(6, 9), "reactive")) == ["1.1", "1.2", "1.3", "V1.2", "V1"]


@pytest.mark.parametrize("row", STANDARDS.table("V1").rows, ids=lambda row: f"{row.start} {row.answer}")
@pytest.mark.parametrize("choice", [rating.code for rating in STANDARDS.ratings])
def test_only_a_rating_of_the_row_in_play_can_stand(row, choice):
    item = found(STARTS[row.start], V1_2=row.answer, V1=choice)["V1"]
    assert tuple(code for code, _ in item.options) == row.permitted
    assert item.standing == (choice if choice in row.permitted else None)


def test_nothing_can_be_chosen_before_the_answer():
    item = found(STARTS["good"])["V1"]
    assert (item.options, item.standing) == ((), None)
    assert pair_words(item) == "V1.1 is Good. V1.2 is not answered yet. Nothing can be chosen yet"


def test_nothing_can_be_chosen_where_no_case_was_assessed():
    item = found(Tally(0, 0), V1_2="yes")["V1"]
    assert pair_words(item) == "V1.1 is not rated, because no case was assessed. Nothing can be chosen yet"


def test_the_pair_is_named_with_what_it_follows_from():
    item = found(STARTS["good"], V1_2="no")["V1"]
    assert pair_words(item) == "V1.1 is Good and V1.2 is No, so the panel chooses Requires improvement or Good"


def test_a_choice_that_the_table_no_longer_permits_is_open_again():
    assert found(STARTS["good"], V1_2="yes", V1="outstanding")["V1"].standing == "outstanding"
    assert found(STARTS["good"], V1_2="no", V1="outstanding")["V1"].standing is None
    assert found(STARTS["good"], V1_2="no", V1="good")["V1"].standing == "good"


def test_domain_one_may_be_any_rating():
    item = found(STARTS["good"], "iyjs", _1_1="inadequate")["1.1"]
    assert [label for _, label in item.options] == ["Inadequate", "Requires improvement", "Good", "Outstanding"]
    assert item.standing_label == "Inadequate"


def test_only_what_stands_goes_into_the_rating():
    tallies = CHILDREN | {"V1.1": STARTS["good"]}
    decided = {"V1.2": "no", "V1": "outstanding", "1.1": "good"}
    assert rating_input(STANDARDS, "iyjs", tallies, decided) == RatingInput(
        "iyjs", tallies=tallies, answers={"V1.2": False}, chosen={"1.1": "good"}
    )
