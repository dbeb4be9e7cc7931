"""When each step of an inspection falls and how it stands, how an inspection moves on, and who may be on its team."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from standards.schema import Standards, Step, When

FIELDWORK = "fieldwork"
DAY = timedelta(days=1)
MONDAY = 0
SATURDAY = 5


@dataclass(frozen=True)
class PlannedStep:
    """`moved_because` is None where the step falls on the date that its rule gives."""

    step: str
    date: date
    rule: str
    moved_because: str | None
    who: str
    title: str


@dataclass(frozen=True)
class _Plan:
    standards: Standards
    inspection_type: str
    nation: str
    holidays: Set[date]


@dataclass(frozen=True)
class _Place:
    """`planned` is what the rule gives, `falls` is the working day that it comes to."""

    planned: date
    falls: date
    because: str | None = None


def timeline(
    standards: Standards, *, inspection_type: str, nation: str, fieldwork_start: date, holidays: frozenset[date]
) -> tuple[PlannedStep, ...]:
    """The steps in the order of the standards; `fieldwork_start` has passed fieldwork_start_problem()."""
    plan = _Plan(standards, inspection_type, nation, holidays)
    placed = {FIELDWORK: _Place(fieldwork_start, fieldwork_start)}
    return tuple(_planned(plan, step, _place(plan, step, placed)) for step in standards.timeline)


def _planned(plan: _Plan, step: Step, place: _Place) -> PlannedStep:
    rule = step.placed(plan.inspection_type, plan.nation).rule
    return PlannedStep(step.code, place.falls, rule, place.because, step.who, step.title)


def _place(plan: _Plan, step: Step, placed: dict[str, _Place]) -> _Place:
    """Places what this step needs first; each step is placed once."""
    if step.code not in placed:
        when = step.placed(plan.inspection_type, plan.nation)
        for needed in {when.anchor, step.after} - {"", FIELDWORK}:
            _place(plan, plan.standards.step(needed), placed)
        planned = _counted(when, placed[when.anchor], plan.holidays)
        placed[step.code] = _moved(plan, step, planned, placed)
    return placed[step.code]


def _counted(when: When, anchor: _Place, holidays: Set[date]) -> date:
    if when.working_days is not None:
        return working_day_after(anchor.falls, when.working_days, holidays)
    if when.monday_after_days is not None:
        earliest = anchor.planned + timedelta(days=when.monday_after_days)
        return earliest + timedelta(days=-earliest.weekday() % 7)
    return anchor.planned + timedelta(days=when.days or 0, weeks=when.weeks or 0)


def _moved(plan: _Plan, step: Step, planned: date, placed: dict[str, _Place]) -> _Place:
    falls, reasons = planned, []
    if not is_working_day(planned, plan.holidays):
        falls = on_a_working_day(planned, step.moves, plan.holidays)
        reasons.append("which is at a weekend" if planned.weekday() >= SATURDAY else "a bank holiday")
    earlier = placed[step.after].falls if step.after else None
    if earlier and falls <= earlier:
        falls = working_day_after(earlier, 1, plan.holidays)
        reasons.append(f"to come after {plan.standards.step(step.after).title.lower()} on {date_words(earlier)}")
    return _Place(planned, falls, ", ".join([f"Moved from {date_words(planned)}", *reasons]) if reasons else None)


def counted_from(when: When, day: date, holidays: Set[date]) -> date:
    """The date that the rule gives where the step that it counts from falls on `day`; it may be no working day."""
    return _counted(when, _Place(day, day), holidays)


def on_a_working_day(day: date, moves: str, holidays: Set[date]) -> date:
    if is_working_day(day, holidays):
        return day
    return working_day_after(day, 1 if moves == "next" else -1, holidays)


def is_working_day(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_day_after(day: date, count: int, holidays: Set[date]) -> date:
    """The working day so many after `day`, which does not count itself; a negative count goes back."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def working_days_between(first: date, last: date, holidays: Set[date]) -> int:
    """Working days after `first` up to and with `last`; negative where `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, holidays)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def fieldwork_start_problem(day: date, today: date, holidays: Set[date]) -> str | None:
    if day.weekday() != MONDAY:
        return f"Fieldwork starts on a Monday. {date_words(day)} is not a Monday"
    if day < today:
        return f"{date_words(day)} is in the past. Choose a Monday from today on"
    if day in holidays:
        return f"{day:%A} {day.day} {day:%B} is a bank holiday. Choose a working day"
    return None


def date_words(day: date) -> str:
    """Monday 28 April 2025."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


class StepState(StrEnum):
    DONE = "Done"
    OVERDUE = "Overdue"
    DUE_TODAY = "Due today"
    DUE_SOON = "Due soon"
    UPCOMING = "Not yet due"
    NOT_NEEDED = "Not needed"


SOON = 2  # working days


def step_state(anticipated: date, actual: date | None, today: date, holidays: Set[date]) -> StepState:
    if actual:
        return StepState.DONE
    if anticipated <= today:
        return StepState.DUE_TODAY if anticipated == today else StepState.OVERDUE
    return StepState.DUE_SOON if anticipated <= soon(today, holidays) else StepState.UPCOMING


def soon(today: date, holidays: Set[date]) -> date:
    """The last day of which people are told beforehand."""
    return working_day_after(today, SOON, holidays)


def difference_words(planned: date, anticipated: date, actual: date | None, today: date, holidays: Set[date]) -> str:
    """How far a step is from its plan; one that is overdue counts up to today."""
    overdue = actual is None and anticipated < today
    latest = actual or max(anticipated, today if overdue else anticipated)
    days = working_days_between(planned, latest, holidays)
    if not days:
        return "As planned"
    words = f"{abs(days)} working {'day' if abs(days) == 1 else 'days'} {'late' if days > 0 else 'early'}"
    return f"{words} so far" if overdue else words


STAGE_BEFORE = {
    "announced": "scheduled",
    "fieldwork": "announced",
    "rating": "fieldwork",
    "signed": "rating",
    "told": "signed",
}
STEP_OF_STAGE = {
    "announced": "announcement",
    "fieldwork": "fieldwork_start",
    "rating": "fieldwork_end",
    "signed": "rating_meeting",
    "told": "service_told",
}


def may_be_recorded(step: str, actual: date | None) -> bool:
    """A step that moves the inspection on happens by moving it on; by hand its date can only be corrected."""
    return actual is not None or step not in STEP_OF_STAGE.values()


def step_date_problem(day: date, today: date) -> str | None:
    return f"{date_words(day)} is in the future. Record a step when it has happened" if day > today else None


def next_ref(year: int, taken: Iterable[str]) -> str:
    """YI-27-014 after YI-27-013; the year is that of the fieldwork."""
    start = f"YI-{year % 100:02d}-"
    numbers = [int(ref.removeprefix(start)) for ref in taken if ref.startswith(start)]
    return f"{start}{max(numbers, default=0) + 1:03d}"


@dataclass(frozen=True)
class Candidate:
    """Somebody who is to join the team of an inspection of `service`."""

    name: str
    account: str  # their role at the Inspectorate, in words
    may_be: Collection[str]  # roles on a team that this role may take
    service: str
    is_contact: bool
    has_interest: bool
    on_team: bool
    ends_on: date | None = None


def team_problem(candidate: Candidate, role: str, role_name: str, starts: date, taken: Mapping[str, str]) -> str | None:
    """`taken` gives the name of whoever holds a role that only one person can hold."""
    name = candidate.name
    if candidate.is_contact:
        return f"{name} is a contact of {candidate.service}, so cannot be on the team that inspects it"
    if candidate.has_interest:
        return f"{name} has declared an interest in {candidate.service}, so cannot be on the team that inspects it"
    if candidate.on_team:
        return f"{name} is already on the team"
    if role not in candidate.may_be:
        return f"{name} cannot be {role_name.lower()}: their role is {candidate.account.lower()}"
    if candidate.ends_on and candidate.ends_on < starts:
        return f"The account of {name} ends on {date_words(candidate.ends_on)}, before fieldwork starts"
    if role in taken:
        return f"{taken[role]} is the {role_name.lower()}. End their place first"
    return None
