"""The bank holidays of England and Wales, from the list that GOV.UK publishes, as shipped with the package."""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def bank_holidays() -> frozenset[date]:
    published = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return frozenset(holiday["date"] for holiday in published)


def known() -> tuple[date, date]:
    """The first and the last bank holiday of the list: outside these days none are known."""
    return min(bank_holidays()), max(bank_holidays())
