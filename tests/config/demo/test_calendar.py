"""Whatever day it is, each inspection is where its story says."""

from datetime import date, timedelta

import pytest

from config.demo.calendar import mondays
from inspections.holidays import bank_holidays

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]


@pytest.mark.parametrize("which", ["announced", "fieldwork", "meeting", "told"])
def test_fieldwork_starts_on_mondays_that_are_no_bank_holidays(which):
    starts = {getattr(mondays(today, bank_holidays()), which) for today in DAYS}
    assert [day for day in starts if day.weekday() or day in bank_holidays()] == []


@pytest.mark.parametrize(
    ("which", "first", "last"), [("announced", -26, -6), ("fieldwork", 1, 14), ("meeting", 17, 37), ("told", 20, 40)]
)
def test_today_is_within_its_stage(which, first, last):
    """In days after the fieldwork Monday: between announcement and fieldwork, in fieldwork or just after, and so on."""
    ages = {(today - getattr(mondays(today, bank_holidays()), which)).days for today in DAYS}
    assert first <= min(ages)
    assert max(ages) <= last
