"""What the pages of a timetable show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts import clock
from accounts.models import User
from cases.models import Kind
from cases.queries import timetable as queries
from cases.queries import timetable_requests as requests
from cases.queries.planning import Plan
from cases.queries.sample import sample_of
from cases.rules.timetable import (
    CASE_MANAGER,
    VICTIM_WORKER,
    Booked,
    Change,
    Fieldwork,
    Found,
    clock_words,
    day_words,
    length_words,
)
from cases.rules.timetable_checks import by_day
from cases.rules.words import in_words
from inspections import access
from inspections.models import Inspection, Slot, SlotRequest, TimetableVersion
from inspections.queries import may, relations
from inspections.queries.permission import seen_by


@dataclass(frozen=True)
class Row:
    """One slot in words. Nobody in it is a child or a victim."""

    booked: Booked
    when: str
    length: str
    who: str
    met: str
    where: str
    cases: str
    changed: str = ""
    asked: SlotRequest | None = None  # the latest change of it that the service asked for
    may_ask: bool = False  # for another


@dataclass(frozen=True)
class Cell:
    """What one person does from this time on: the row that begins, or until when one that began before goes on."""

    row: Row | None
    until: str = ""


@dataclass(frozen=True)
class Grid:
    day: str
    names: Sequence[str]
    lines: Sequence[tuple[str, Sequence[Cell]]]


@dataclass(frozen=True)
class Point:
    found: Found
    href: str


@dataclass(frozen=True)
class Whole:
    days: Sequence[tuple[str, Sequence[Row]]]
    grids: Sequence[Grid]
    must: Sequence[Point]
    look: Sequence[Point]
    version: TimetableVersion | None
    changed: Sequence[tuple[Change, Row]]
    waiting: Sequence[SlotRequest]
    may_plan: bool
    is_grid: bool

    @property
    def has_slots(self) -> bool:
        return any(rows for _, rows in self.days)


def whole(inspection: Inspection, person: User, *, grid: bool) -> Whole:
    slots = list(queries.slots_of(inspection))
    now, work = [queries.booked(slot) for slot in slots], queries.fieldwork_of(inspection)
    version, may_plan = queries.latest_version(inspection), may(inspection, access.PLAN_TIMETABLE)
    must, look = queries.findings(now, work) if may_plan else ([], [])
    changed = queries.changes_since(version, now) if may_plan else []
    rows = {one.pk: row(one, work) for one in now}
    return Whole(
        days=[(day_words(day), [rows[one.pk] for one in of_day]) for day, of_day in days_with(work, now)],
        grids=[grid_of(day, of_day, work, rows) for day, of_day in by_day(now)] if grid else [],
        must=[point(inspection, found) for found in must],
        look=[point(inspection, found) for found in look],
        version=version,
        changed=[(change, row(change.slot, work)) for change in changed],
        waiting=list(requests.waiting(inspection)) if may_plan else [],
        may_plan=may_plan,
        is_grid=grid,
    )


def days_with(work: Fieldwork, now: Iterable[Booked]) -> list[tuple[date, list[Booked]]]:
    """Every day of fieldwork, and any other on which there is something."""
    found = dict(by_day(now))
    every = {*found, *(hours.begins.date() for hours in work.days)}
    return [(day, found.get(day, [])) for day in sorted(every)]


def row_of(slot: Slot, work: Fieldwork) -> Row:
    return row(queries.booked(slot), work)


def row(one: Booked, work: Fieldwork, changed: str = "") -> Row:
    where = "On Teams" if one.remote else ", ".join(filter(None, [one.place, one.building]))
    return Row(
        booked=one,
        when=f"{clock_words(one.begins)} to {clock_words(one.ends)}",
        length=length_words(one.minutes),
        who=", ".join(work.names.get(person, "Somebody who has left the team") for person in one.people),
        met=", ".join(one.met),
        where=where,
        cases=", ".join(one.cases),
        changed=changed,
    )


def grid_of(day: date, slots: Sequence[Booked], work: Fieldwork, rows: Mapping[int, Row]) -> Grid:
    """A line for each time at which something begins, a column for each of the team."""
    times = sorted({slot.begins for slot in slots})
    people = [person for person in work.names if any(person in slot.people for slot in slots)]
    lines = []
    for moment in times:
        cells = [cell(person, moment, slots, rows) for person in people]
        lines.append((clock_words(moment), cells))
    return Grid(day_words(day), [work.names[person] for person in people], lines)


def cell(person: int, moment: Any, slots: Sequence[Booked], rows: Mapping[int, Row]) -> Cell:
    for slot in slots:
        if person in slot.people and slot.begins <= moment < slot.ends:
            return Cell(rows[slot.pk]) if slot.begins == moment else Cell(None, clock_words(slot.ends))
    return Cell(None)


def point(inspection: Inspection, found: Found) -> Point:
    """Where to mend it: the slot, or the page that books what is missing."""
    if found.slot:
        return Point(found, reverse("cases:change-slot", kwargs={"ref": inspection.ref, "pk": found.slot}))
    book = reverse("cases:book-slot", kwargs={"ref": inspection.ref})
    return Point(found, f"{book}?case={found.case}" if found.case else f"{book}?kind={found.kind}")


# --- one's own ---


@dataclass(frozen=True)
class Own:
    days: Sequence[tuple[str, Sequence[Row]]]
    gone: Sequence[Row]
    version: TimetableVersion | None


def own(inspection: Inspection, person: User) -> Own:
    """What somebody takes part in, with what changed since the timetable was sent."""
    now = [queries.booked(slot) for slot in queries.slots_of(inspection)]
    work, version = queries.fieldwork_of(inspection), queries.latest_version(inspection)
    changed = {change.slot.pk: change for change in queries.changes_since(version, now)}
    mine = [slot for slot in now if person.pk in slot.people]
    rows = {slot.pk: row(slot, work, changed[slot.pk].what if slot.pk in changed else "") for slot in mine}
    kept = {slot.pk for slot in mine}
    gone = [change.slot for change in changed.values() if change.concerns(person.pk) and change.slot.pk not in kept]
    return Own(
        days=[(day_words(day), [rows[slot.pk] for slot in of_day]) for day, of_day in by_day(mine)],
        gone=[row(slot, work, "No longer yours") for slot in gone],
        version=version,
    )


@dataclass(frozen=True)
class Today:
    """One of somebody's slots of today, of whatever inspection."""

    row: Row
    inspection: Inspection
    is_now: bool


def today_of(person: User) -> list[Today]:
    """What is still to come today, or goes on now, of inspections whose timetable the person may see."""
    now = clock.now()
    midnight = now.astimezone(clock.LONDON).replace(hour=23, minute=59, second=59)
    seen = Inspection.objects.alias(**relations(person)).filter(seen_by(person, access.SEE_TIMETABLE))
    slots = Slot.objects.filter(bookings__person=person, standing=True, inspection__in=seen)
    coming = slots.filter(period__endswith__gt=now, period__startswith__lte=midnight)
    found = queries.with_bookings(coming.select_related("inspection__service"))
    return [Today(named_row(slot), slot.inspection, slot.period.lower <= now) for slot in found]


def named_row(slot: Slot) -> Row:
    """With the names of those who take part, whoever they are."""
    names = {booking.person.pk: booking.person.name for booking in slot.bookings.all() if booking.person}
    return theirs(queries.booked(slot), names, "")


def may_record(slot: Slot) -> bool:
    """Whoever reads cases, while fieldwork goes on; not before it began. The log says who did."""
    return slot.standing and slot.period.lower <= clock.now() and may(slot.inspection, access.RECORD_SLOT)


# --- the service's ---


@dataclass(frozen=True)
class Sent:
    """What the service sees: as sent, each day with its rows; `changed` where a version came before."""

    may_ask: bool
    version: TimetableVersion
    days: Sequence[tuple[str, Sequence[Row]]]
    cancelled: Sequence[Row]


def for_the_service(inspection: Inspection) -> Sent | None:
    """The version last sent, what is different from the one before marked; None before the first."""
    versions = list(inspection.timetable_versions.order_by("-number")[:2])
    if not versions:
        return None
    sent = queries.from_json(versions[0].slots)
    changed = queries.changes_since(versions[1], sent) if len(versions) > 1 else []
    names = dict(queries.names_of(inspection))
    marks = {change.slot.pk: change.what for change in changed}
    asked = requests.latest_by_slot(inspection)
    may_ask = may(inspection, access.ASK_FOR_CHANGE)
    rows = {slot.pk: theirs(slot, names, marks.get(slot.pk, ""), asked.get(slot.pk), may_ask=may_ask) for slot in sent}
    gone = [change.slot for change in changed if change.slot.pk not in rows]
    days = [(day_words(day), [rows[slot.pk] for slot in of_day]) for day, of_day in by_day(sent)]
    return Sent(may_ask, versions[0], days, [theirs(slot, names, "Cancelled") for slot in gone])


def theirs(
    slot: Booked, names: Mapping[int, str], changed: str, asked: SlotRequest | None = None, *, may_ask: bool = False
) -> Row:
    """Without cases: whom we meet says enough, and which cases we read is not for a timetable that lies about."""
    who = ", ".join(names.get(person, "An inspector") for person in slot.people)
    where = "On Teams" if slot.remote else ", ".join(filter(None, [slot.place, slot.building]))
    when = f"{clock_words(slot.begins)} to {clock_words(slot.ends)}"
    open_to_change = may_ask and not requests.is_over(slot) and (asked is None or asked.answer != "")
    met = ", ".join(slot.met)
    return Row(slot, when, length_words(slot.minutes), who, met, where, "", changed, asked, open_to_change)


# --- planning ---


def initial_for(inspection: Inspection, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the form for a new slot starts with: for `case`, its interview; for `kind`, a meeting of that kind."""
    case = next((case for case in sample_of(inspection) if case.ref == asked.get("case")), None)
    if case is None:
        return {"kind": asked.get("kind", ""), "minutes": 60}
    together = [case]
    if case.interview_group:
        group = sample_of(inspection).filter(interview_group=case.interview_group, reader=case.reader_id)
        together = list(group) or together
    return {
        "kind": CASE_MANAGER if case.kind == Kind.CHILD else VICTIM_WORKER,
        "minutes": inspection.standards.interview(case.kind).minutes,
        "people": [case.reader_id] if case.reader_id else [],
        "met": "\n".join(dict.fromkeys(each.row.worker for each in together if each.row.worker)),
        "cases": ", ".join(each.ref for each in together),
    }


def suggested(inspection: Inspection, plan: Plan) -> dict[str, Any]:
    work = queries.fieldwork_of(inspection)
    rows = []
    for placed in plan.suggestion.placed:
        one = plan.open[placed.key]
        begins = placed.begins.astimezone(clock.LONDON)
        place, building = plan.places[placed.place] if placed.place is not None else ("", "")
        slot = Booked(
            0, one.kind, one.title, begins, begins + one.wish.length, one.wish.people, one.wish.met, place, building,
            cases=one.cases,
        )  # fmt: skip
        rows.append(slot)
    days = [(day_words(day), [row(slot, work) for slot in of_day]) for day, of_day in by_day(rows)]
    waiting = in_words(plan.waiting) if plan.waiting else ""
    return {"plan": plan, "days": days, "waiting": waiting}


def to_send(inspection: Inspection) -> dict[str, Any]:
    now = [queries.booked(slot) for slot in queries.slots_of(inspection)]
    work, version = queries.fieldwork_of(inspection), queries.latest_version(inspection)
    must, look = queries.findings(now, work)
    return {
        "must": [point(inspection, found) for found in must],
        "look": look,
        "version": version,
        "changed": [(change, row(change.slot, work)) for change in queries.changes_since(version, now)],
        "count": len(now),
    }
