"""What a suggested timetable is made from: what is still to be booked, and what is booked already."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts import clock
from cases.models import Case, Kind
from cases.queries import timetable as queries
from cases.queries.sample import sample_of
from cases.rules import allocation
from cases.rules.planning import Limits, Resource, Suggestion, Taken, Week, Window, Wish
from cases.rules.planning_search import suggest
from cases.rules.timetable import (
    CASE_MANAGER,
    DISCUSSION,
    DISCUSSION_MINUTES,
    MEETING_MINUTES,
    VICTIM_WORKER,
    Booked,
    Habits,
    Hours,
)
from inspections.models import Booking, Inspection, TeamRole
from standards.schema import FixedMeeting


@dataclass(frozen=True)
class Open:
    """Something that is still to be booked: what it is, what it is about, and the wish that stands for it."""

    kind: str
    title: str
    cases: tuple[str, ...]
    wish: Wish


@dataclass(frozen=True)
class Plan:
    """What is suggested, with what each key stands for; `waiting` are cases that nobody reads yet."""

    open: dict[str, Open]
    suggestion: Suggestion
    waiting: tuple[str, ...]
    places: dict[int, tuple[str, str]]


def plan_of(inspection: Inspection, *, meetings_only: bool = False) -> Plan:
    now = [queries.booked(slot) for slot in queries.slots_of(inspection)]
    cases = list(sample_of(inspection))
    found = list(open_meetings(inspection, now, cases))
    if not meetings_only:
        found += list(open_interviews(inspection, now, cases))
    wanted = {one.wish.key: one for one in found}
    places = {place.pk: (place.name, place.building) for place in queries.places_of(inspection)}
    week = week_of(inspection, tuple(places))
    wishes = [one.wish for one in found]
    over = {wish.key: "Fieldwork is over" for wish in wishes}
    suggestion = suggest(wishes, week) if week.days else Suggestion((), over, 0, 0)
    waiting = () if meetings_only else tuple(case.ref for case in cases if case.reader_id is None)
    return Plan(wanted, suggestion, waiting, places)


def open_interviews(inspection: Inspection, now: Sequence[Booked], cases: Sequence[Case]) -> Iterator[Open]:
    """One for each child's case, one for each group of victims' cases by reader. Cases without a reader wait."""
    covered = {ref for slot in now if slot.is_interview for ref in slot.cases}
    groups: dict[tuple[str, int | None], list[Case]] = defaultdict(list)
    for case in cases:
        if case.reader_id is None or case.ref in covered:
            continue
        if case.kind == Kind.CHILD:
            groups[case.ref, None].append(case)
        elif case.interview_group:
            groups[f"group {case.interview_group}", case.reader_id].append(case)
    for together in groups.values():
        yield open_interview(inspection, together)


def open_interview(inspection: Inspection, cases: Sequence[Case]) -> Open:
    kind = CASE_MANAGER if cases[0].kind == Kind.CHILD else VICTIM_WORKER
    interview = inspection.standards.interview(cases[0].kind)
    refs = tuple(case.ref for case in cases)
    wish = Wish(
        key=", ".join(refs),
        minutes=interview.minutes,
        people=(cases[0].reader_id or 0,),
        met=tuple(dict.fromkeys(case.row.worker for case in cases if case.row.worker)),
        reading=sum(allocation.READING_MINUTES[case.kind] for case in cases),
    )
    return Open(kind, interview.title, refs, wish)


def open_meetings(inspection: Inspection, now: Sequence[Booked], cases: Sequence[Case]) -> Iterator[Open]:
    held = Counter(slot.kind for slot in now)
    discussed = [case for case in cases if case.is_macd and case.ref not in discussed_in(now)]
    leads = leading(inspection)
    for meeting in inspection.kind.meetings:
        for number in range(held[meeting.code], meeting.count):
            about = discussed.pop(0) if meeting.code == DISCUSSION and discussed else None
            readers = [about.reader_id] if about and about.reader_id else []
            wish = Wish(
                key=f"{meeting.title} {number + 1}" if meeting.count > 1 else meeting.title,
                minutes=DISCUSSION_MINUTES if meeting.code == DISCUSSION else MEETING_MINUTES,
                people=tuple(dict.fromkeys([*leads[:1], *readers])),
                windows=tuple(windows(inspection, meeting)),
                is_interview=False,
            )
            yield Open(meeting.code, meeting.title, (about.ref,) if about else (), wish)


def discussed_in(now: Iterable[Booked]) -> set[str]:
    return {ref for slot in now if slot.kind == DISCUSSION for ref in slot.cases}


def leading(inspection: Inspection) -> list[int]:
    """The lead inspector, then the deputies."""
    roles = (TeamRole.LEAD, TeamRole.DEPUTY)
    return [place.person_id for place in queries.team_of(inspection) if place.role in roles]


def windows(inspection: Inspection, meeting: FixedMeeting) -> Iterator[Window]:
    """On the days between which the standards want it; a discussion not before its review is due."""
    first = inspection.fieldwork_start + timedelta(days=meeting.first_day)
    last = inspection.fieldwork_start + timedelta(days=meeting.last_day)
    due = queries.reviews_due(inspection) if meeting.code == DISCUSSION else None
    for hours in queries.days_of(inspection):
        if first <= hours.begins.date() <= last:
            begins, ends = part_of(hours, meeting.part)
            yield Window(max(begins, due) if due else begins, ends)


def part_of(hours: Hours, part: str) -> tuple[datetime, datetime]:
    noon = queries.at(hours.begins.date(), time(12))
    if part == "morning":
        return hours.begins, min(hours.ends, noon)
    return (max(hours.begins, noon), hours.ends) if part == "afternoon" else (hours.begins, hours.ends)


def week_of(inspection: Inspection, places: tuple[int, ...]) -> Week:
    days, habits = days_to_come(inspection), Habits()
    noon, two = (time(hour) for hour in habits.break_between)
    return Week(
        days=tuple(Window(hours.begins, hours.ends) for hours in days),
        breaks=tuple(
            Window(queries.at(hours.begins.date(), noon), queries.at(hours.begins.date(), two))
            for hours in days
            if hours.ends > queries.at(hours.begins.date(), noon)
        ),
        places=places,
        taken=tuple(taken(inspection, days)),
        limits=Limits(habits.interviews_a_day, habits.interviews_met_a_day, habits.break_minutes),
    )


def days_to_come(inspection: Inspection) -> tuple[Hours, ...]:
    """What is left of the days of fieldwork, from the next quarter of an hour on."""
    now = clock.now().astimezone(clock.LONDON)
    soon = now.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=15 * (now.minute // 15 + 1))
    days = (Hours(max(hours.begins, soon), hours.ends) for hours in queries.days_of(inspection))
    return tuple(hours for hours in days if hours.begins < hours.ends)


def taken(inspection: Inspection, days: Sequence[Hours]) -> Iterator[Taken]:
    """What is booked for the team, also in other inspections, and for rooms and people of this one."""
    team = [place.person_id for place in queries.team_of(inspection)]
    if not days:
        return
    standing = Booking.objects.filter(standing=True, period__overlap=(days[0].begins, days[-1].ends))
    bookings = standing.filter(person__in=team) | standing.filter(slot__inspection=inspection)
    for booking in bookings.select_related("met", "slot").distinct():
        begins, ends = booking.period.lower, booking.period.upper
        is_interview = booking.slot.kind in (CASE_MANAGER, VICTIM_WORKER)
        yield Taken(resource_of(booking), begins, ends, is_interview and booking.place_id is None)


def resource_of(booking: Booking) -> Resource:
    if booking.person_id:
        return Resource("person", booking.person_id)
    return Resource("met", booking.met.name) if booking.met else Resource("place", booking.place_id or 0)
