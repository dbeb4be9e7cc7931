"""Versions of a list in words, and who is perhaps there twice."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from cases.rules.caseload import ParsedRow
from cases.rules.comparing import What, differences, doubles, on_both, without_child
from cases.rules.twins import NEARLY, SAME, SWAPPED, Person, twins

BORN = date(2010, 3, 4)
ROW = ParsedRow(number=2, local_reference="A1", name="Rhys Jones", date_of_birth=BORN, team="North")
OTHER = ParsedRow(number=3, local_reference="A2", name="Ann Lee", date_of_birth=date(2011, 1, 1))


def found(before, after, kind="child"):
    return [(item.what, item.references, item.words) for item in differences(before, after, kind)]


def pairs(*people: tuple[str, date | None]) -> list[str]:
    return [pair.why for pair in twins(Person("", n, f"A{n}", *person) for n, person in enumerate(people))]


def test_a_list_is_the_same_as_itself_in_any_order():
    assert found([ROW, OTHER], [replace(OTHER, number=9), ROW]) == []


def test_who_left_and_who_came_is_said():
    third = replace(OTHER, local_reference="A3", name="Ben Fox")
    assert found([ROW, OTHER], [ROW, third]) == [
        (What.GONE, ("A2",), "On the list before, and not on this one"),
        (What.NEW, ("A3",), "Not on the list before"),
    ]


def test_the_columns_that_changed_are_named_and_their_values_apart():
    after = replace(ROW, local_reference="a1", team="South", date_of_birth=date(2010, 4, 3), care_experienced=True)
    (change,) = differences([ROW], [after], "child")
    assert change.words == "Changed: local reference, date of birth, team, care experienced"
    assert change.personal == (
        "local reference: A1 is now a1; date of birth: 4 March 2010 is now 3 April 2010; team: North is now South; "
        "care experienced: blank is now Yes"
    )
    assert change.without_names() == replace(change, names=(), personal="")


def test_a_child_under_another_reference_is_perhaps_the_same():
    after = replace(ROW, local_reference="B7", name="JONES, Rhys", number=8)
    assert found([ROW], [after]) == [
        (What.GONE, ("A1",), f"Perhaps the same person as B7: {SAME}"),
        (What.NEW, ("B7",), f"Perhaps the same person as A1: {SAME}"),
    ]


def test_rows_without_a_reference_are_compared_with_nothing():
    assert found([replace(ROW, local_reference="")], [ROW]) == [(What.NEW, ("A1",), "Not on the list before")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rhys Jones", "Rees Jones"),
        ("Dafydd Huws", "David Hughes"),
        ("Siân Evans", "Sian Ifans"),
        ("Llewellyn Pryce", "Llywelyn Price"),
        ("Gwyn Bowen", "Gwynne Bowen"),
        ("Owen Parry", "Owain Parry"),
        ("Jhon Smith", "John Smith"),
        ("Kathryn Philips", "Catrin Phillips"),
        ("Rhys Aled Jones", "Rhys Jones"),
        ("Zoe O'Neill", "Zoë ONeil"),
    ],
)
def test_names_that_are_nearly_the_same_are_noticed_in_either_order(one, other):
    assert pairs((one, BORN), (other, BORN)) == pairs((other, BORN), (one, BORN)) == [NEARLY]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rhys Jones", "JONES, Rhys"),
        ("Siân Rees", "sian  rees"),
        ("Mr Tom Reed", "Tom Reed"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neill Ann", "Ann O'Neill"),
    ],
)
def test_names_that_are_the_same_are_known_however_they_are_written(one, other):
    assert pairs((one, BORN), (other, BORN)) == [SAME]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ann Lee", BORN), ("Ben Fox", BORN)),
        (("Ann Lee", BORN), ("Ann Lee", date(2010, 3, 5))),
        (("Ann Lee", BORN), ("Ann Lee", date(2011, 4, 3))),
        (("Rhys Jones", BORN), ("Rhys Davies", BORN)),
        (("Al Li", BORN), ("Al Lo", BORN)),
        (("", BORN), ("", BORN)),
        (("Ann Lee", None), ("Ann Lee", None)),
    ],
)
def test_other_people_are_left_alone(one, other):
    assert pairs(one, other) == []


def test_a_date_of_birth_the_other_way_round_is_noticed():
    assert pairs(("Ann Lee", BORN), ("Lee Ann", date(2010, 4, 3))) == [SWAPPED]


def test_who_is_perhaps_twice_on_a_list_is_said_once():
    rows = [ROW, replace(ROW, number=5, local_reference="A9", name="Rees Jones"), OTHER]
    assert [(item.rows, item.references, item.words) for item in doubles(rows)] == [
        ((2, 5), ("A1", "A9"), f"Perhaps the same person twice: {NEARLY}")
    ]


def test_what_the_check_of_rows_has_said_is_not_said_again():
    assert list(doubles([ROW, replace(ROW, number=5, local_reference="A9")])) == []


def test_a_child_who_is_on_the_victims_list_too_is_noticed():
    victim = replace(ROW, number=7, local_reference="V1", child_reference="A2")
    assert [(item.rows, item.references) for item in on_both([ROW, OTHER], [victim])] == [((2, 7), ("A1", "V1"))]


def test_a_victim_of_a_child_who_is_not_listed_is_noticed():
    victims = [replace(OTHER, child_reference=child) for child in ("a1", "A7", "")]
    assert [item.words for item in without_child([ROW], victims)] == ["The child A7 is not on the children's list"]


def test_10000_rows_of_one_day_are_compared_in_little_time():
    rows = [
        replace(ROW, number=n, local_reference=f"A{n}", name=f"{chr(65 + n % 26)}x{n} Jones") for n in range(10_000)
    ]
    began = process_time()
    found(rows, [replace(row, local_reference=f"B{row.number}", name=row.name + "s") for row in rows])
    assert len(list(doubles(rows))) <= 1_000
    assert process_time() - began < 10
