"""All inspections against time, and who is where: places on the picture, and what falls together."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from inspections.rules.timeline import date_words

ROW, BAR, HEAD = 52, 16, 30  # heights in pixels: of an inspection, of its bar, of the months above
MONTHS = 15
YEARS_BETWEEN = 4


@dataclass(frozen=True)
class Run:
    """An inspection as the picture needs it."""

    label: str
    announced: date
    fieldwork_start: date
    fieldwork_end: date
    planned: date  # the publication, by the plan
    expected: date  # the publication, as it is now


@dataclass(frozen=True)
class Bar:
    """Places from the left as percentages of the picture; `planned` and `expected` are None outside it."""

    label: str
    y: int
    start: float
    width: float
    fieldwork: float
    fieldwork_width: float
    planned: float | None
    expected: float | None

    @property
    def bar_y(self) -> int:
        return self.y + 8

    @property
    def middle(self) -> int:
        return self.bar_y + BAR // 2


@dataclass(frozen=True)
class Month:
    """`is_quarter`: it begins one; the others are not named where there is little room."""

    at: float
    name: str
    is_quarter: bool


@dataclass(frozen=True)
class Board:
    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    today: float | None
    height: int


def board(runs: Sequence[Run], year: int, today: date) -> Board:
    return Board(
        bars=tuple(_bar(run, HEAD + 18 + number * ROW, year) for number, run in enumerate(runs)),
        months=tuple(_month(number, year) for number in range(MONTHS)),
        today=_within(today, year),
        height=HEAD + 18 + len(runs) * ROW,
    )


def _month(number: int, year: int) -> Month:
    month = number % 12 + 1
    return Month(_place(date(year + number // 12, month, 1), year), calendar.month_abbr[month], month % 3 == 1)


def _bar(run: Run, y: int, year: int) -> Bar:
    start, fieldwork = _place(run.announced, year), _place(run.fieldwork_start, year)
    return Bar(
        label=run.label,
        y=y,
        start=start,
        width=round(_place(max(run.planned, run.expected), year) - start, 2),
        fieldwork=fieldwork,
        fieldwork_width=round(_place(run.fieldwork_end + timedelta(days=1), year) - fieldwork, 2),
        planned=_within(run.planned, year),
        expected=_within(run.expected, year),
    )


def _days(year: int) -> int:
    """A year and a quarter: reports come out some three months after the fieldwork."""
    return (date(year + 1, 4, 1) - date(year, 1, 1)).days


def _place(day: date, year: int) -> float:
    """What lies outside ends at the edge."""
    days = (day - date(year, 1, 1)).days
    return round(100 * min(max(days, 0), _days(year)) / _days(year), 2)


def _within(day: date, year: int) -> float | None:
    return _place(day, year) if 0 <= (day - date(year, 1, 1)).days < _days(year) else None


@dataclass(frozen=True)
class Stay:
    """Days on which somebody is on site, or away; `what` names it."""

    first: date
    last: date
    what: str
    away: bool = False

    @property
    def days(self) -> str:
        return date_words(self.first) if self.first == self.last else f"{_short(self.first)} to {date_words(self.last)}"


def _short(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def weeks_on_site(stays: Iterable[Stay]) -> int:
    """Weeks of which somebody is on site for at least a day; two inspections in one week are one week."""
    mondays = {
        day - timedelta(days=day.weekday())
        for stay in stays
        if not stay.away
        for day in (stay.first + timedelta(days=number) for number in range((stay.last - stay.first).days + 1))
    }
    return len(mondays)


def falls_together(stays: Iterable[Stay]) -> list[str]:
    """Where somebody is on two sites at once, or on site while away."""
    return [
        f"{one.what} and {other.what}: {Stay(max(one.first, other.first), min(one.last, other.last), '').days}"
        for one, other in combinations(sorted(stays, key=lambda stay: (stay.first, stay.what)), 2)
        if one.first <= other.last and other.first <= one.last and not (one.away and other.away)
    ]


def due_on(last: date | None) -> date | None:
    """Four years after the last one; None where there was none, so that it is due now."""
    if last is None:
        return None
    day = min(last.day, calendar.monthrange(last.year + YEARS_BETWEEN, last.month)[1])
    return last.replace(year=last.year + YEARS_BETWEEN, day=day)


def quarter_of(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarters_up_to(day: date, count: int) -> list[date]:
    """The newest first."""
    found = [quarter_of(day)]
    while len(found) < count:
        found.append(quarter_of(found[-1] - timedelta(days=1)))
    return found


def quarter_words(first: date) -> str:
    """January to March 2027."""
    return f"{calendar.month_name[first.month]} to {calendar.month_name[first.month + 2]} {first.year}"
