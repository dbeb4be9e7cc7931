"""The bank holidays that the Inspectorate counts with, and what a change of them touches."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Prefetch

from accounts import clock
from inspections import holidays, rules
from inspections.models import OPEN, HolidayChange, Inspection, Slot, TimelineStep


def kept_holidays() -> frozenset[date]:
    """The published list with what was changed here."""
    kept = set(holidays.bank_holidays())
    for day, is_holiday in HolidayChange.objects.values_list("day", "is_holiday"):
        kept.add(day) if is_holiday else kept.discard(day)
    return frozenset(kept)


@dataclass(frozen=True)
class Holiday:
    day: date
    name: str
    change: HolidayChange | None = None  # the one that made it a holiday


def coming_holidays(today: date) -> list[Holiday]:
    changes = {change.day: change for change in HolidayChange.objects.select_related("made_by")}
    days = (day for day in kept_holidays() if day >= today)
    return [
        Holiday(day, change.name if change else holidays.name_of(day), change)
        for day in sorted(days)
        for change in [changes.get(day)]
    ]


def taken_away(today: date) -> list[HolidayChange]:
    """The published bank holidays to come that count as working days here."""
    kept = kept_holidays()
    changes = {change.day: change for change in HolidayChange.objects.filter(day__gte=today).select_related("made_by")}
    return [change for day, change in sorted(changes.items()) if day not in kept]


@dataclass(frozen=True)
class Touched:
    """A date of a timeline that has not come. `by_rule` is where its rule would put it now, if that is another day."""

    inspection: Inspection
    title: str
    stands: date
    by_rule: date | None


@dataclass(frozen=True)
class Touches:
    steps: list[Touched]
    bookings: dict[Inspection, int]

    @property
    def inspections(self) -> set[Inspection]:
        return {step.inspection for step in self.steps} | set(self.bookings)


def touched_by(day: date, *, is_holiday: bool) -> Touches:
    before = kept_holidays()
    after = before | {day} if is_holiday else before - {day}
    open_steps = TimelineStep.objects.filter(OPEN)
    inspections = (
        Inspection.objects.filter(timeline__actual__isnull=True, timeline__anticipated__gte=clock.today())
        .distinct()
        .select_related("service")
        .prefetch_related(Prefetch("timeline", open_steps, to_attr="open_steps"))
        .order_by("fieldwork_start", "ref")
    )
    steps = [
        touched for inspection in inspections for touched in touched_steps(inspection, day, is_holiday, before, after)
    ]
    return Touches(steps, bookings_on(day) if is_holiday else {})


def touched_steps(
    inspection: Inspection, day: date, is_holiday: bool, before: frozenset[date], after: frozenset[date]
) -> list[Touched]:
    was, now = planned_with(inspection, before), planned_with(inspection, after)
    return [
        Touched(inspection, step.title, step.anticipated, now[step.step] if was[step.step] != now[step.step] else None)
        for step in inspection.open_steps  # type: ignore[attr-defined]  # touched_by fetched them
        if was[step.step] != now[step.step] or (is_holiday and step.anticipated == day)
    ]


def planned_with(inspection: Inspection, days: frozenset[date]) -> dict[str, date]:
    steps = rules.timeline(
        inspection.standards,
        inspection_type=inspection.inspection_type,
        nation=inspection.nation,
        fieldwork_start=inspection.fieldwork_start,
        holidays=days,
    )
    return {step.step: step.date for step in steps}


def bookings_on(day: date) -> dict[Inspection, int]:
    begins = datetime.combine(day, time(0), clock.LONDON)
    ends = datetime.combine(day + timedelta(days=1), time(0), clock.LONDON)
    rows = Slot.objects.filter(standing=True, period__overlap=(begins, ends)).order_by("inspection")
    counts = dict(rows.values_list("inspection").annotate(number=Count("pk")))
    found = Inspection.objects.select_related("service").filter(pk__in=counts)
    return {inspection: counts[inspection.pk] for inspection in found}


def holiday_problem(day: date, *, is_holiday: bool, kept: Set[date]) -> str | None:
    words = rules.date_words(day)
    if day < clock.today():
        return f"{words} is in the past. Enter a day from today on"
    if is_holiday and day in kept:
        return f"{words} is a bank holiday already"
    if is_holiday and not rules.is_working_day(day, kept):
        return f"{words} is at a weekend, when nobody works anyway"
    if not is_holiday and day not in kept:
        return f"{words} is not a bank holiday"
    return None
