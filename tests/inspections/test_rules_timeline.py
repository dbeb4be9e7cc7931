"""Dates worked out by hand for awkward weeks, and an independent calculation for every Monday of sixteen years."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

import pytest

from inspections.holidays import bank_holidays, known
from inspections.rules import (
    date_words,
    fieldwork_start_problem,
    timeline,
    working_day_after,
    working_days_between,
)
from standards.loader import load

YJ_2024 = load("yj-2024")
STEPS = (
    "announcement",
    "planning_meeting",
    "macd_reviews_due",
    "fieldwork_start",
    "fieldwork_end",
    "rating_meeting",
    "service_told",
    "yjb_early_steer",
    "draft_report",
    "factual_accuracy_due",
    "sos_copy",
    "publication",
)


def steps_of(inspection_type, nation, fieldwork):
    return timeline(
        YJ_2024,
        inspection_type=inspection_type,
        nation=nation,
        fieldwork_start=date.fromisoformat(fieldwork) if isinstance(fieldwork, str) else fieldwork,
        holidays=bank_holidays(),
    )


# The dates of STEPS, written down with a calendar in hand; * marks a date that was moved.
BY_HAND = {
    "comments due after the early May bank holiday": (
        ("iyjwcv", "england", "2025-03-24"),
        "2025-02-26 2025-02-28 2025-03-24 2025-03-24 2025-03-28 2025-04-02 "
        "2025-04-04 2025-04-11 2025-04-28 2025-05-06 2025-05-30 2025-06-06",
    ),
    "Good Friday in the fieldwork week": (
        ("iyjwcv", "wales", "2025-04-14"),
        "2025-03-19 2025-03-21 2025-04-14 2025-04-14 2025-04-22* 2025-04-23 "
        "2025-04-25 2025-05-02 2025-05-19 2025-05-27 2025-07-04 2025-07-11",
    ),
    "panel on the early and draft on the late May bank holiday": (
        ("iyjs", "england", "2025-04-14"),
        "2025-03-19 2025-03-21 2025-04-14 2025-04-14 2025-04-25 2025-05-06* "
        "2025-05-09 2025-05-09 2025-05-27* 2025-06-03 2025-07-04 2025-07-11",
    ),
    "draft on the August bank holiday": (
        ("iyjwcv", "england", "2025-07-21"),
        "2025-06-25 2025-06-27 2025-07-21 2025-07-21 2025-07-25 2025-07-30 "
        "2025-08-01 2025-08-08 2025-08-26* 2025-09-02 2025-09-26 2025-10-03",
    ),
    "reactive in Wales without any holiday in the way": (
        ("reactive", "wales", "2025-09-08"),
        "2025-08-13 2025-08-15 2025-09-08 2025-09-08 2025-09-19 2025-09-29 "
        "2025-10-03 2025-10-03 2025-10-20 2025-10-27 2025-12-12 2025-12-19",
    ),
    "ratification meeting on Christmas Day": (
        ("iyjwcv", "england", "2024-12-16"),
        "2024-11-20 2024-11-22 2024-12-16 2024-12-16 2024-12-20 2024-12-27* "
        "2024-12-27 2025-01-03 2025-01-20 2025-01-27 2025-02-21 2025-02-28",
    ),
    "announcement on Christmas Day pushes the planning meeting to Monday": (
        ("iyjs", "england", "2025-01-20"),
        "2024-12-27* 2024-12-30* 2025-01-20 2025-01-20 2025-01-31 2025-02-10 "
        "2025-02-14 2025-02-14 2025-03-03 2025-03-10 2025-04-11 2025-04-22*",
    ),
    "announcement on New Year's Day leaves the planning meeting": (
        ("iyjs", "wales", "2025-01-27"),
        "2025-01-02* 2025-01-03 2025-01-27 2025-01-27 2025-02-07 2025-02-17 "
        "2025-02-21 2025-02-21 2025-03-10 2025-03-17 2025-05-01 2025-05-09",
    ),
    "planning on Boxing Day and publication on Good Friday": (
        ("iyjwcv", "england", "2026-01-19"),
        "2025-12-24 2025-12-29* 2026-01-19 2026-01-19 2026-01-23 2026-01-28 "
        "2026-01-30 2026-02-06 2026-02-23 2026-03-02 2026-03-27 2026-04-07*",
    ),
    "two weeks that end on Good Friday, and the copy over the August bank holiday": (
        ("iyjs", "wales", "2027-03-15"),
        "2027-02-17 2027-02-19 2027-03-15 2027-03-15 2027-03-30* 2027-04-05 "
        "2027-04-09 2027-04-09 2027-04-26 2027-05-04 2027-06-18 2027-06-25",
    ),
    "reactive in England, the draft on the May bank holiday": (
        ("reactive", "england", "2027-03-22"),
        "2027-02-24 2027-02-26 2027-03-22 2027-03-22 2027-04-02 2027-04-12 "
        "2027-04-16 2027-04-16 2027-05-04* 2027-05-11 2027-06-11 2027-06-18",
    ),
    "the copy counted back over the August bank holiday, in Wales": (
        ("iyjwcv", "wales", "2027-06-07"),
        "2027-05-12 2027-05-14 2027-06-07 2027-06-07 2027-06-11 2027-06-16 "
        "2027-06-18 2027-06-25 2027-07-12 2027-07-19 2027-08-26 2027-09-03",
    ),
    "two weeks over Christmas, the copy counted back over New Year": (
        ("iyjs", "wales", "2027-09-27"),
        "2027-09-01 2027-09-03 2027-09-27 2027-09-27 2027-10-08 2027-10-18 "
        "2027-10-22 2027-10-22 2027-11-08 2027-11-15 2027-12-30 2028-01-07",
    ),
}


@pytest.mark.parametrize(("inspection", "dates"), BY_HAND.values(), ids=BY_HAND.keys())
def test_every_step_falls_where_the_calendar_by_hand_says(inspection, dates):
    steps = steps_of(*inspection)

    assert tuple(step.step for step in steps) == STEPS
    assert " ".join(f"{step.date}{'*' if step.moved_because else ''}" for step in steps) == dates


def test_a_moved_step_says_from_where_and_why():
    steps = {step.step: step for step in steps_of("iyjs", "england", "2025-01-20")}

    assert steps["announcement"].moved_because == "Moved from Wednesday 25 December 2024, a bank holiday"
    assert steps["planning_meeting"].moved_because == (
        "Moved from Friday 27 December 2024, to come after announcement on Friday 27 December 2024"
    )
    assert steps["fieldwork_start"].moved_because is None


@pytest.mark.parametrize(
    ("inspection_type", "nation", "weeks"),
    [
        ("iyjwcv", "england", 10),
        ("iyjwcv", "wales", 12),
        ("iyjs", "england", 11),
        ("iyjs", "wales", 13),
        ("reactive", "england", 11),
        ("reactive", "wales", 13),
    ],
)
def test_publication_follows_the_end_of_fieldwork_by_the_published_weeks(inspection_type, nation, weeks):
    steps = {step.step: step for step in steps_of(inspection_type, nation, "2026-09-07")}

    assert steps["publication"].date - steps["fieldwork_end"].date == timedelta(weeks=weeks)


def mondays():
    first, last = known()
    monday = date(first.year + 1, 1, 7)
    monday -= timedelta(days=monday.weekday())
    while monday < last - timedelta(days=130):
        if monday not in bank_holidays():
            yield monday
        monday += timedelta(weeks=1)


first, last = known()
WORKING = [
    day
    for day in (first + timedelta(days=number) for number in range((last - first).days))
    if day.isoweekday() <= 5 and day not in bank_holidays()
]


def on_or_after(day):
    return WORKING[bisect_left(WORKING, day)]


def independent(inspection_type, nation, start):
    """Written from the published text with the list of working days alone."""
    two_weeks = inspection_type != "iyjwcv"
    friday = start + timedelta(days=11 if two_weeks else 4)
    announced = on_or_after(start - timedelta(days=26))
    planned = on_or_after(start - timedelta(days=24))
    year, week, weekday = (friday + timedelta(days=28)).isocalendar()
    monday = date.fromisocalendar(year, week, 1) + timedelta(weeks=0 if weekday == 1 else 1)
    draft = on_or_after(monday)
    weeks = {"england": (10, 11), "wales": (12, 13)}[nation][two_weeks]
    published = on_or_after(friday + timedelta(weeks=weeks))
    return [
        announced,
        planned if planned > announced else WORKING[WORKING.index(announced) + 1],
        start,
        start,
        on_or_after(friday),
        on_or_after(friday + timedelta(days=10 if two_weeks else 5)),
        on_or_after(friday + timedelta(days=14 if two_weeks else 7)),
        on_or_after(friday + timedelta(days=14)),
        draft,
        WORKING[bisect_right(WORKING, draft) + 4],
        WORKING[WORKING.index(published) - 5],
        published,
    ]


@pytest.mark.parametrize("nation", ["england", "wales"])
@pytest.mark.parametrize("inspection_type", ["iyjwcv", "iyjs", "reactive"])
def test_an_independent_calculation_agrees_for_every_monday_that_can_start_fieldwork(inspection_type, nation):
    different = [
        monday
        for monday in mondays()
        if [step.date for step in steps_of(inspection_type, nation, monday)]
        != independent(inspection_type, nation, monday)
    ]

    assert different == []


@pytest.mark.parametrize("inspection_type", ["iyjwcv", "iyjs", "reactive"])
def test_the_steps_keep_their_order_whatever_the_holidays(inspection_type):
    for monday in mondays():
        dates = {step.step: step.date for step in steps_of(inspection_type, "england", monday)}
        in_order = [dates[step] for step in STEPS]

        assert in_order[:7] == sorted(in_order[:7])
        assert in_order[8:] == sorted(in_order[8:])
        assert dates["announcement"] < dates["planning_meeting"] < dates["fieldwork_start"]
        assert all(day in WORKING for day in in_order)


def test_every_step_falls_for_every_type_and_nation_of_the_standards():
    for inspection_type in YJ_2024.inspection_types:
        for nation in YJ_2024.nations:
            assert len(steps_of(inspection_type, nation, "2026-09-07")) == len(STEPS)


HOLIDAYS = frozenset({date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5)})


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 4, 28), 5, date(2025, 5, 6)),
        (date(2025, 4, 17), 1, date(2025, 4, 22)),
        (date(2025, 4, 22), -1, date(2025, 4, 17)),
        (date(2025, 4, 19), 1, date(2025, 4, 22)),
        (date(2025, 4, 28), 0, date(2025, 4, 28)),
    ],
)
def test_working_days_are_counted_without_the_first_day_weekends_and_holidays(day, count, expected):
    assert working_day_after(day, count, HOLIDAYS) == expected


@pytest.mark.parametrize(
    ("day", "other", "expected"),
    [
        (date(2025, 4, 28), date(2025, 5, 6), 5),
        (date(2025, 5, 6), date(2025, 4, 28), -5),
        (date(2025, 4, 17), date(2025, 4, 22), 1),
        (date(2025, 4, 17), date(2025, 4, 17), 0),
        (date(2025, 4, 17), date(2025, 4, 21), 0),
    ],
)
def test_the_distance_of_two_days_is_told_in_working_days(day, other, expected):
    assert working_days_between(day, other, HOLIDAYS) == expected


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2025, 4, 28), None),
        (date(2025, 4, 14), None),
        (date(2025, 4, 29), "Fieldwork starts on a Monday. Tuesday 29 April 2025 is not a Monday"),
        (date(2025, 4, 7), "Monday 7 April 2025 is in the past. Choose a Monday from today on"),
        (date(2025, 5, 5), "Monday 5 May is a bank holiday. Choose a working day"),
    ],
)
def test_fieldwork_starts_on_a_working_monday_that_is_not_past(day, problem):
    assert fieldwork_start_problem(day, date(2025, 4, 14), HOLIDAYS) == problem


def test_dates_are_written_out():
    assert date_words(date(2025, 5, 6)) == "Tuesday 6 May 2025"
