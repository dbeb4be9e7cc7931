"""Which of a service's columns is which of ours."""

import pytest

from cases.rules.columns import COLUMNS, SYNONYMS, guess, labels, letter, missing, names_of, words


@pytest.mark.parametrize(
    ("kind", "headings", "found"),
    [
        ("child", ["Ref", "YP name", "D.O.B."], {"local_reference": 0, "name": 1, "date_of_birth": 2}),
        ("child", ["SURNAME", "first-name"], {"family_name": 0, "name": 1}),
        ("child", ["Case worker", "Allocated to"], {"worker": 0}),
        ("child", ["Dyddiad geni", "Rhyw", "Tîm"], {"date_of_birth": 0, "sex": 1, "team": 2}),
        ("child", ["Start date", "Order start date"], {"started_on": 0}),
        ("child", ["Order start date", "Start date"], {"started_on": 1}),
        ("child", ["", "Postcode"], {}),
        ("victim", ["Case reference", "ID", "Young person"], {"child_reference": 0, "local_reference": 1}),
        ("victim", ["Child reference", "Victim ref", "VLO"], {"child_reference": 0, "local_reference": 1, "worker": 2}),
    ],
)
def test_headings_are_recognised(kind, headings, found):
    assert guess(headings, kind) == found


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_word_for_a_column_finds_that_column(kind):
    wrong = [
        (column.field, name)
        for column in COLUMNS[kind]
        for name in names_of(column, kind)
        if guess([name], kind) != {column.field: 0}
        and sum(name in names_of(other, kind) for other in COLUMNS[kind]) == 1
    ]
    assert wrong == []


def test_no_word_of_the_childrens_list_stands_for_two_columns():
    said = [name for column in COLUMNS["child"] for name in names_of(column, "child")]
    assert sorted(name for name in set(said) if said.count(name) > 1) == []


def test_every_list_of_words_belongs_to_a_column():
    assert set(SYNONYMS) <= {column.field for columns in COLUMNS.values() for column in columns}


def test_letters_and_digits_alone_count():
    assert {words(heading) for heading in ("Date_of_birth", " date of BIRTH:", "date-of-birth")} == {"date of birth"}


def test_what_is_required_and_was_not_chosen_is_missing():
    places = {column.field: n for n, column in enumerate(COLUMNS["victim"])}
    del places["worker"], places["team"]
    assert [column.words for column in missing(places, "victim")] == ["victim worker"]


def test_headings_that_do_not_tell_are_told_apart_by_their_letters():
    assert labels(["Name", "", "Date", "Date"]) == [
        "Name",
        "No heading (column B)",
        "Date (column C)",
        "Date (column D)",
    ]


def test_columns_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
