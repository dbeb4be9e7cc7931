"""What time it is, for the whole product: the server's clock, or the one that CLOCK sets outside production."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
OFFSET = re.compile(r"^([+-])(\d+)([dhm])$")
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def now() -> datetime:
    """An aware time. CLOCK=2027-06-10T09:00 stands still there; CLOCK=+14d runs on, fourteen days ahead."""
    if not settings.CLOCK:
        return timezone.now()
    if settings.PRODUCTION:
        raise ImproperlyConfigured("CLOCK is set. Production runs on the server's own clock: unset it.")
    return set_clock(settings.CLOCK, timezone.now())


def set_clock(value: str, real: datetime) -> datetime:
    if match := OFFSET.match(value):
        sign, amount, unit = match.groups()
        step = timedelta(**{UNITS[unit]: int(amount)})
        return real + step if sign == "+" else real - step
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"CLOCK is {value!r}. Set it to a time such as 2027-06-10T09:00 or a shift such as +14d, -3h or +30m."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def today() -> date:
    """The date in London."""
    return now().astimezone(LONDON).date()
