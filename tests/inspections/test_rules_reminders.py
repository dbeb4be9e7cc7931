"""When the daily e-mail is due, and what there is to say of a step: both clock changes, weekends and bank holidays."""

from datetime import date, datetime

import pytest

from accounts.clock import LONDON
from inspections.rules import digest_moment, occasion

AUGUST = frozenset({date(2027, 8, 30)})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00").astimezone(LONDON)


@pytest.mark.parametrize(
    ("now", "moment"),  # both in UTC: 7:30 in London is 6:30 from 28 March to 31 October 2027
    [
        ("2027-03-26T07:29:59", None),
        ("2027-03-26T07:30", "2027-03-26T07:30"),
        ("2027-03-27T09:00", None),  # Saturday
        ("2027-03-28T09:00", None),  # the clocks go forward
        ("2027-03-30T06:29", None),
        ("2027-03-30T06:30", "2027-03-30T06:30"),
        ("2027-03-30T22:59", "2027-03-30T06:30"),
        ("2027-03-30T23:30", None),  # half past midnight in London
        ("2027-08-30T12:00", None),  # bank holiday
        ("2027-10-29T06:30", "2027-10-29T06:30"),
        ("2027-10-31T08:00", None),  # the clocks go back
        ("2027-11-01T07:29", None),
        ("2027-11-01T07:30", "2027-11-01T07:30"),
    ],
)
def test_the_daily_email_is_due_at_half_past_seven_in_london_on_working_days(now, moment):
    assert digest_moment(at(now), AUGUST) == (at(moment) if moment else None)


@pytest.mark.parametrize(
    ("step", "today", "name"),  # due on Tuesday 31 August 2027, after the bank holiday
    [
        ("publication", "2027-08-22", None),
        ("publication", "2027-08-23", "coming"),
        ("draft_report", "2027-08-23", None),
        ("draft_report", "2027-08-26", "due_soon"),
        ("publication", "2027-08-30", "due_soon"),
        ("draft_report", "2027-08-31", "due_today"),
        ("draft_report", "2027-09-01", "overdue"),
        ("draft_report", "2027-09-07", "overdue"),
        ("draft_report", "2027-09-08", "long_overdue"),
    ],
)
def test_what_there_is_to_say_of_a_step(step, today, name):
    found = occasion(step, date(2027, 8, 31), date.fromisoformat(today), AUGUST)
    assert (found and found.name) == name
