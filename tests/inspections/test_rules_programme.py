"""Places on the picture of a year, weeks on site, and what falls together."""

from datetime import date

import pytest

from inspections.rules.programme import (
    Run,
    Stay,
    board,
    due_on,
    falls_together,
    quarter_words,
    quarters_up_to,
    weeks_on_site,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_publication_after_the_first_quarter_of_the_next_year_is_not_marked():
    run = Run("Reading", *map(day, ("2027-12-08", "2028-01-03", "2028-01-07", "2028-03-31", "2028-04-01")))
    (bar,) = board([run], 2027, day("2026-12-31")).bars
    assert (bar.planned, bar.expected) == (99.78, None)
    assert board([], 2027, day("2026-12-31")).today is None


def stay(first: str, last: str, what: str, away: bool = False) -> Stay:
    return Stay(day(first), day(last), what, away)


def test_the_picture_has_a_year_and_a_quarter_and_what_lies_outside_ends_at_its_edge():
    run = Run("Reading", *map(day, ("2026-12-09", "2027-01-04", "2027-01-08", "2027-03-19", "2028-01-04")))
    drawn = board([run], 2027, day("2027-07-02"))
    (bar,) = drawn.bars
    assert (bar.start, bar.width) == (0, 80.7)  # 368 of 456 days
    assert (bar.fieldwork, bar.fieldwork_width) == (0.66, 1.09)  # 3 and 5 days, to the second place
    assert (bar.planned, bar.expected, drawn.today) == (16.89, 80.7, 39.91)  # 77, 368 and 182 days
    assert [(month.name, month.at, month.is_quarter) for month in drawn.months[:4]] == [
        ("Jan", 0, True),
        ("Feb", 6.8, False),
        ("Mar", 12.94, False),
        ("Apr", 19.74, True),
    ]


ONE, TWO = stay("2027-06-07", "2027-06-11", "YI-27-001"), stay("2027-06-14", "2027-06-25", "YI-27-002")


def test_a_week_counts_once_however_many_inspections_are_in_it():
    assert weeks_on_site([ONE, TWO]) == 3
    assert weeks_on_site([ONE, stay("2027-06-10", "2027-06-10", "YI-27-003"), TWO]) == 3
    assert weeks_on_site([stay("2027-06-07", "2027-06-18", "leave", away=True)]) == 0


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (TWO, []),
        (stay("2027-06-11", "2027-06-18", "YI-27-009"), ["YI-27-001 and YI-27-009: Friday 11 June 2027"]),
        (stay("2027-06-12", "2027-06-13", "leave", away=True), []),
        (
            stay("2027-06-01", "2027-06-08", "leave", away=True),
            ["leave and YI-27-001: Monday 7 June to Tuesday 8 June 2027"],
        ),
    ],
)
def test_somebody_is_in_two_places_where_days_are_shared(other, words):
    assert falls_together([ONE, other]) == words


def test_leave_beside_leave_is_no_clash():
    away = stay("2027-06-07", "2027-06-08", "leave", away=True)
    assert falls_together([away, away]) == []


@pytest.mark.parametrize(("last", "due"), [(None, None), ("2023-06-05", "2027-06-05"), ("2024-02-29", "2028-02-29")])
def test_a_service_is_due_four_years_after_its_last_inspection(last, due):
    assert due_on(last and day(last)) == (due and day(due))


def test_quarters_go_back_over_the_year():
    assert [str(first) for first in quarters_up_to(day("2027-05-31"), 3)] == ["2027-04-01", "2027-01-01", "2026-10-01"]
    assert quarter_words(day("2026-10-01")) == "October to December 2026"
