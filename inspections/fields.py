"""Dates and times that people write as they would on paper: 3 March 2027 or 3/3/2027, 10:40am or 14:20."""

import calendar
import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MONTHS = [name.lower() for name in calendar.month_name[1:]]
WEEKDAYS = [name.lower() for name in calendar.day_name]
YEARS = range(1900, 2101)

NAMED = re.compile(r"(?:([a-z]{3,}),? )?([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3,}),? ([0-9]{2,4})")
NUMBERED = re.compile(r"()([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{2,4})")
SORTED = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)?")
AFTERNOON = range(1, 8)  # hours that nobody works in the morning, so that somebody may mean the afternoon

UNREADABLE_TIME = "Enter a time, like 10:40am or 14:20"
UNREADABLE = "Enter a date, like 3 March 2027"
SHORT_YEAR = "Write the year in full, like 2027"


class DateTextField(forms.Field):
    default_error_messages = {"required": UNREADABLE}

    def __init__(self, *, help_text: str = "For example, 3 March 2027", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-20"}))
        super().__init__(help_text=help_text, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = str(value or "").strip()
        return read_date(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, date) else value


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def read_date(text: str) -> date:
    """Raises ValidationError with a sentence that says what to write instead."""
    text = " ".join(text.lower().split())
    if found := SORTED.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _in_calendar(text, year, month, day)
    found = NAMED.fullmatch(text) or NUMBERED.fullmatch(text)
    if not found:
        raise ValidationError(UNREADABLE)
    weekday, day_text, month_text, year_text = found.groups()
    if len(year_text) != 4:
        raise ValidationError(SHORT_YEAR)
    result = _in_calendar(text, int(year_text), _month(month_text), int(day_text))
    _check_weekday(weekday, result)
    return result


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    matching = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(text)]
    if len(matching) != 1:
        raise ValidationError(UNREADABLE)
    return matching[0]


def _in_calendar(text: str, year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValidationError(f"Enter a year from {YEARS[0]} to {YEARS[-1]}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(f"There is no such day as {text.title()}. Check the day and the month") from None


def _check_weekday(text: str | None, day: date) -> None:
    name = WEEKDAYS[day.weekday()]
    if text and not name.startswith(text):
        raise ValidationError(f"{written(day)} is a {name.title()}. Check the date")


class TimeTextField(forms.Field):
    default_error_messages = {"required": UNREADABLE_TIME}

    def __init__(self, *, help_text: str = "For example, 10:40am or 14:20", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        super().__init__(help_text=help_text, **kwargs)

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip()
        return read_time(text) if text else None


def read_time(text: str) -> time:
    """Raises ValidationError with a sentence that says what to write instead."""
    found = CLOCK.fullmatch(" ".join(text.lower().split()))
    if found is None or not (found[2] or found[3]):
        raise ValidationError(UNREADABLE_TIME)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if (half and hour not in range(1, 13)) or hour > 23 or minute > 59:
        raise ValidationError(f"There is no such time as {text}. Check the hour and the minute")
    if not half and hour in AFTERNOON and len(found[1]) == 1:
        raise ValidationError(f"Say whether {text} is in the morning or afternoon, like {text}am or {text}pm")
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)


class WordsField(forms.CharField):
    """Takes what a page and a database can hold: plain line ends, no NULs, no halves of characters."""

    def to_python(self, value: Any) -> str:
        whole = str(value or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return super().to_python(whole.replace("\0", "").replace("\r\n", "\n")) or ""


def words_field(label: str, missing: str = "", *, length: int, rows: int = 4, **more: Any) -> WordsField:
    """`rows` 0 for one line; `missing` is what to say where it is left empty."""
    errors = {"required": missing, "max_length": f"It must be {length:,} characters or fewer"}
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return WordsField(label=label, max_length=length, widget=widget, error_messages=errors, **more)
