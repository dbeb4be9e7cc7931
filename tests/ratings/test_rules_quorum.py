"""Whether enough people are in the room."""

import pytest

from ratings.rules.quorum import Member, missing_quorum, there_for
from standards.loader import load

MEETING = load("yj-2024").inspection_types["iyjwcv"].meeting


def members(*, here: int, left: int = 0, interest: int = 0) -> list[Member]:
    present = [Member(number, "A", "Panel member", True) for number in range(here)]
    present += [Member(number, "B", "Panel member", True, ("V1",)) for number in range(left)]
    return present + [Member(number, "C", "Panel member", True, (), True) for number in range(interest)]


def test_the_number_is_a_default_of_ours():
    assert (MEETING.quorum, MEETING.quorum_default) == (3, True)


@pytest.mark.parametrize(
    ("found", "item", "sentence"),
    [
        (members(here=3), "", None),
        (members(here=2, left=1), "", None),
        (members(here=2, left=1), "V1.2", None),
        (members(here=2, left=1), "V1", "There is no quorum for V1: {}, and 2 are here"),
        (members(here=1, interest=5), "", "There is no quorum: {}, and 1 is here"),
        ([], "", "There is no quorum: {}, and nobody is here"),
    ],
)
def test_fewer_than_the_quorum_are_told_so(found, item, sentence):
    needed = "the ratification meeting needs 3 people to decide"
    assert missing_quorum(MEETING, found, item) == (sentence and sentence.format(needed))


def test_whoever_leaves_for_one_item_is_there_for_the_others():
    assert [len(there_for(members(here=1, left=2), item)) for item in ("", "V1", "V1.2")] == [3, 1, 3]
