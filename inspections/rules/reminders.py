"""Of what people are told beforehand and afterwards, and when the daily e-mail goes out."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, time

from inspections.rules.timeline import date_words, is_working_day, soon, working_day_after, working_days_between

DIGEST_AT = time(7, 30)
EARLIER = {"sos_copy": 5, "publication": 5}
"""Steps of which people are told this many working days before, besides the two of every step."""
LONG = 5  # working days without a record, after which it is said once more


@dataclass(frozen=True)
class Occasion:
    """What there is to say of a step today. `name` is part of a key: nobody is told of one twice."""

    name: str
    words: str


def occasion(step: str, anticipated: date, today: date, holidays: Set[date]) -> Occasion | None:
    """Of a step that has not happened. Where days went by without a look, what is true now."""
    day = date_words(anticipated)
    if anticipated == today:
        return Occasion("due_today", "due today")
    if anticipated < today:
        if working_days_between(anticipated, today, holidays) > LONG:
            return Occasion("long_overdue", f"was due on {day} and is still not recorded")
        return Occasion("overdue", f"was due on {day}")
    if anticipated <= soon(today, holidays):
        return Occasion("due_soon", f"due on {day}")
    if anticipated <= working_day_after(today, EARLIER.get(step, 0), holidays):
        return Occasion("coming", f"due on {day}")
    return None


def look_ahead(today: date, holidays: Set[date]) -> date:
    """The last day of which there can be something to say."""
    return working_day_after(today, max(EARLIER.values()), holidays)


def digest_moment(now: datetime, holidays: Set[date]) -> datetime | None:
    """The moment of today's e-mail once it has come; None before it, and on a day on which nobody works.

    `now` is the time in London. What is new by that moment goes into the e-mail, however late the e-mail is.
    """
    moment = datetime.combine(now.date(), DIGEST_AT, now.tzinfo)
    return moment if is_working_day(now.date(), holidays) and moment <= now else None
