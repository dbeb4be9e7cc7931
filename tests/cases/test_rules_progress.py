"""How far a case, a reader, a day and an inspection have come."""

from datetime import date, timedelta

import pytest

from cases.rules.progress import DayProgress, Progress, by_day, by_reader, due_day, summary

MONDAY = date(2027, 6, 7)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=number) for number in range(1, 5))


def row(answered=0, sent_on=None, reader="Lead", asked=42, due=FRIDAY, **more) -> Progress:
    return Progress("C-01", "child", reader, answered, asked, sent_on, due, **more)


@pytest.mark.parametrize(
    ("progress", "state", "percent"),
    [
        (row(), "Not yet started", 0),
        (row(1), "In progress", 2),
        (row(41), "In progress", 97),
        (row(42), "In progress", 100),
        (row(0, interviewed=True), "Interviewed", 0),
        (row(9, interviewed=True), "Interviewed", 21),
        (row(42, sent_on=TUESDAY), "Sent", 100),
        (row(42, sent_on=TUESDAY, interviewed=True), "Sent", 100),
        (row(42, sent_on=TUESDAY, checked=True), "Checked", 100),
        (row(42, checked=True), "In progress", 100),  # opened again after it was checked
        (row(0, asked=0), "Not yet started", 0),
    ],
)
def test_state_and_share_of_one_case(progress, state, percent):
    assert (progress.state, progress.percent) == (state, percent)


def test_a_summary_adds_up():
    rows = [
        row(),
        row(7, interviewed=True, due=TUESDAY),
        row(42, sent_on=MONDAY, due=TUESDAY),
        row(42, sent_on=TUESDAY, checked=True, due=TUESDAY),
        row(42, due=WEDNESDAY),
    ]
    found = summary("All", rows, WEDNESDAY)
    assert (found.cases, found.not_started, found.in_progress, found.interviewed) == (5, 1, 1, 1)
    assert (found.sent, found.checked, found.planned, found.behind) == (2, 1, 3, 1)
    assert (found.answered, found.asked, found.percent) == (133, 210, 63)
    assert (found.sent_words, found.answered_words) == ("2 of 5 cases sent", "133 of 210 questions answered")


def test_a_summary_of_nothing_is_nothing():
    assert (summary("All", [], MONDAY).cases, summary("All", [], MONDAY).percent) == (0, 0)


def test_readers_come_by_name_and_cases_without_one_first():
    found = by_reader([row(reader="Zoe"), row(7, reader="Ann"), row(reader=""), row(reader="Ann")], MONDAY)
    assert [(each.name, each.cases, each.answered) for each in found] == [("", 1, 0), ("Ann", 2, 7), ("Zoe", 1, 0)]


@pytest.mark.parametrize(
    ("interview", "due"),
    [
        (None, FRIDAY),
        (MONDAY, TUESDAY),
        (THURSDAY, FRIDAY),
        (FRIDAY, FRIDAY),  # never after the day on which case data are complete
    ],
)
def test_a_read_is_due_the_working_day_after_its_interview(interview, due):
    assert due_day(interview, FRIDAY, lambda day: day + timedelta(days=1)) == due


@pytest.mark.parametrize(
    ("progress", "today", "behind"),
    [
        (row(due=TUESDAY), MONDAY, False),
        (row(due=TUESDAY), TUESDAY, False),
        (row(due=TUESDAY), WEDNESDAY, True),
        (row(due=TUESDAY, sent_on=THURSDAY), FRIDAY, False),
    ],
)
def test_a_case_is_behind_plan_from_the_day_after(progress, today, behind):
    assert progress.is_behind(today) is behind


def test_days_set_what_was_planned_against_what_was_done():
    rows = [
        row(due=TUESDAY, interview=MONDAY, interviewed=True, sent_on=TUESDAY),
        row(due=TUESDAY, interview=MONDAY),
        row(due=WEDNESDAY, interview=TUESDAY, interviewed=True, sent_on=MONDAY),
    ]
    assert by_day(rows, [MONDAY, TUESDAY, WEDNESDAY]) == [
        DayProgress(MONDAY, interviews=2, held=1, planned=0, sent=1, planned_so_far=0, sent_so_far=1),
        DayProgress(TUESDAY, interviews=1, held=1, planned=2, sent=1, planned_so_far=2, sent_so_far=2),
        DayProgress(WEDNESDAY, interviews=0, held=0, planned=1, sent=0, planned_so_far=3, sent_so_far=2),
    ]
    assert [day.missing for day in by_day(rows, [MONDAY, TUESDAY, WEDNESDAY])] == [0, 0, 1]
