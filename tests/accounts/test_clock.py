"""The clock can be set outside production, and only there."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts import clock

REAL = datetime(2027, 6, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2027-06-10T09:00", "2027-06-10T09:00:00+01:00"),
        ("2027-01-10T09:00+00:00", "2027-01-10T09:00:00+00:00"),
        ("+14d", "2027-06-21T08:00:00+00:00"),
        ("-3h", "2027-06-07T05:00:00+00:00"),
        ("+30m", "2027-06-07T08:30:00+00:00"),
    ],
)
def test_it_stands_still_or_runs_shifted(value, expected):
    assert clock.set_clock(value, REAL).isoformat() == expected


def test_nonsense_says_what_to_write():
    with pytest.raises(ImproperlyConfigured, match=r"CLOCK is 'tomorrow'\. Set it to a time such as"):
        clock.set_clock("tomorrow", REAL)


def test_production_refuses_it(settings):
    settings.CLOCK, settings.PRODUCTION = "+14d", True
    with pytest.raises(ImproperlyConfigured, match="Production runs on the server's own clock"):
        clock.now()


def test_today_is_the_day_in_london(settings):
    settings.CLOCK = "2027-06-07T23:30+00:00"
    assert clock.today().isoformat() == "2027-06-08"
