"""The hours in which the demo people work."""

from datetime import date, datetime, timedelta

from accounts import clock
from accounts.clock import LONDON
from config.demo.hours import clock_set_by_hand, fieldwork_shifts, it_is, on, spread

MONDAY = date(2027, 6, 7)


def test_fieldwork_is_from_monday_noon_to_friday_noon():
    shifts = fieldwork_shifts(MONDAY, on(MONDAY + timedelta(days=30), 9))
    assert [(shift.start.isoformat()[:16], shift.end.isoformat()[11:16]) for shift in shifts] == [
        ("2027-06-07T13:00", "17:15"),
        ("2027-06-08T09:00", "17:15"),
        ("2027-06-09T09:00", "17:15"),
        ("2027-06-10T09:00", "17:15"),
        ("2027-06-11T09:00", "13:00"),
    ]


def test_no_hour_lies_ahead_of_now():
    shifts = fieldwork_shifts(MONDAY, on(MONDAY + timedelta(days=2), 10))
    assert [shift.start.date() for shift in shifts] == [MONDAY, MONDAY + timedelta(days=1)]


def test_moments_go_forward_and_stay_within_the_hours():
    shifts = fieldwork_shifts(MONDAY, on(MONDAY + timedelta(days=30), 9))
    moments = spread(shifts, 500)
    assert moments == sorted(set(moments))
    assert [moment for moment in moments if not any(shift.start <= moment < shift.end for shift in shifts)] == []


def test_the_clock_is_given_back(settings):
    settings.CLOCK = "2027-06-10T09:00"
    with clock_set_by_hand():
        it_is(datetime(2020, 1, 1, tzinfo=LONDON))
        inside = clock.today()
    assert (inside, clock.today()) == (date(2020, 1, 1), date(2027, 6, 10))
