"""The bank holidays of England and Wales, from the list that GOV.UK publishes, as shipped with the package.

What the Inspectorate counts with is this and what an administrator changed (inspections/queries/holidays.py).
"""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def published() -> dict[date, str]:
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"]: holiday["title"] for holiday in listed}


@cache
def bank_holidays() -> frozenset[date]:
    return frozenset(published())


def name_of(day: date) -> str:
    return published()[day]


def known() -> tuple[date, date]:
    """The first and the last bank holiday of the list: outside these days none are known."""
    return min(bank_holidays()), max(bank_holidays())
