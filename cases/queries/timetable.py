"""The timetable of an inspection: its slots, what they are checked against, and what was sent."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts import clock
from cases.models import Kind as CaseKind
from cases.models import SlotCase
from cases.queries.sample import sample_of
from cases.rules import allocation
from cases.rules.timetable import (
    LINK_DAYS,
    OWN_KINDS,
    REVIEWS_DUE_AT,
    Booked,
    Change,
    Fieldwork,
    Found,
    Hours,
    Kind,
    Planned,
    changes,
    hours_on_site,
)
from cases.rules.timetable_checks import look_at, must_fix
from inspections.models import (
    READERS,
    Booking,
    Inspection,
    Membership,
    PersonToMeet,
    Place,
    Slot,
    TeamRole,
    TimetableVersion,
)
from inspections.queries.holidays import kept_holidays


def slots_of(inspection: Inspection) -> QuerySet[Slot]:
    """Those that stand, in their order, with everything that a page says of them."""
    return with_bookings(Slot.objects.filter(inspection=inspection, standing=True))


def with_bookings(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    bookings = Prefetch("bookings", Booking.objects.select_related("person", "met", "place").order_by("pk"))
    covered = Prefetch("covered", SlotCase.objects.select_related("case").order_by("case__kind", "case__ref"))
    return slots.prefetch_related(bookings, covered).order_by("period", "pk")


def slot_or_404(inspection: Inspection, pk: int) -> Slot:
    slot = with_bookings(Slot.objects.filter(inspection=inspection, pk=pk)).select_related("cancelled_by").first()
    if slot is None:
        raise Http404
    slot.inspection = inspection
    return slot


def booked(slot: Slot) -> Booked:
    taken = list(slot.bookings.all())
    place = next((booking.place for booking in taken if booking.place), None)
    return Booked(
        pk=slot.pk,
        kind=slot.kind,
        title=slot.title,
        begins=slot.period.lower.astimezone(clock.LONDON),
        ends=slot.period.upper.astimezone(clock.LONDON),
        people=tuple(booking.person_id for booking in taken if booking.person_id),
        met=tuple(booking.met.name for booking in taken if booking.met),
        place=place.name if place else "",
        building=place.building if place else "",
        remote=slot.remote,
        has_link=bool(slot.link),
        cases=tuple(covered.case.ref for covered in slot.covered.all()),
    )


def kinds_of(inspection: Inspection) -> dict[str, Kind]:
    """Interviews and meetings of the standards, then our own."""
    found = {
        interview.code: Kind(interview.code, interview.title, interview.minutes, interview.cases)
        for interview in inspection.standards.interviews
    }
    for meeting in inspection.kind.meetings:
        exactly = meeting.count if meeting.code == "multi_agency_discussion" else None
        found[meeting.code] = Kind(meeting.code, meeting.title, least=meeting.count, most=exactly)
    return found | {code: Kind(code, title) for code, title in OWN_KINDS.items()}


def days_of(inspection: Inspection, holidays: Set[date] | None = None) -> tuple[Hours, ...]:
    kept = kept_holidays() if holidays is None else holidays
    return hours_on_site(inspection.kind.on_site, inspection.fieldwork_start, kept, clock.LONDON)


def at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=clock.LONDON)


def team_of(inspection: Inspection) -> list[Membership]:
    """Those who take part in fieldwork, in the order of their roles and names."""
    places = Membership.objects.filter(inspection=inspection, until__isnull=True, role__in=READERS)
    order = TeamRole.values.index
    return sorted(places.select_related("person"), key=lambda place: (order(place.role), place.person.name, place.pk))


def names_of(inspection: Inspection) -> Iterable[tuple[int, str]]:
    """Of everybody who is or was on the team."""
    return Membership.objects.filter(inspection=inspection).values_list("person", "person__name")


def fieldwork_of(inspection: Inspection) -> Fieldwork:
    kept = kept_holidays()
    days, team = days_of(inspection, kept), team_of(inspection)
    return Fieldwork(
        days=days,
        holidays=tuple(day for day in weeks_of(inspection) if day in kept),
        kinds=kinds_of(inspection),
        cases={case.ref: case for case in planned_cases(inspection)},
        names={place.person_id: place.person.name for place in team},
        links_due=inspection.fieldwork_start - timedelta(days=LINK_DAYS),
        today=clock.today(),
        reviews_due=reviews_due(inspection),
        welsh_wanted=frozenset(met_in_welsh(inspection)),
        welsh_spoken=frozenset(place.person_id for place in team if place.person.speaks_welsh),
        away=away(inspection, team, days),
    )


def weeks_of(inspection: Inspection) -> list[date]:
    count = inspection.kind.on_site.last_day + 1
    return [inspection.fieldwork_start + timedelta(days=number) for number in range(count)]


def planned_cases(inspection: Inspection) -> list[Planned]:
    """Children's cases each have an interview; victims' cases those that are in a group, once there are groups."""
    cases = list(sample_of(inspection))
    grouped = any(case.interview_group for case in cases)
    return [
        Planned(
            ref=case.ref,
            reader=case.reader_id,
            reading=allocation.READING_MINUTES[case.kind],
            wants_interview=case.kind == CaseKind.CHILD or not grouped or case.interview_group is not None,
            in_welsh=bool(case.row.welsh_speaking),
        )
        for case in cases
    ]


def reviews_due(inspection: Inspection) -> datetime | None:
    step = inspection.timeline.filter(step="macd_reviews_due").first()
    return at(step.anticipated, REVIEWS_DUE_AT) if step else None


def met_in_welsh(inspection: Inspection) -> list[str]:
    return list(inspection.people_to_meet.filter(in_welsh=True).values_list("name", flat=True))


def available_people(inspection: Inspection) -> QuerySet[PersonToMeet]:
    """Of whom the service said when they can be met."""
    return inspection.people_to_meet.exclude(available="")


def away(inspection: Inspection, team: Iterable[Membership], days: Sequence[Hours]) -> dict[int, frozenset[date]]:
    """The days of weeks in which the standards do not expect somebody's role."""
    weeks = {expected.role.code: expected.weeks for expected in inspection.kind.roles_expected}
    found = {}
    for place in team:
        off = [day.begins.date() for day in days if week_of(inspection, day) not in weeks.get(place.role, (1, 2))]
        if off:
            found[place.person_id] = frozenset(off)
    return found


def week_of(inspection: Inspection, day: Hours) -> int:
    return (day.begins.date() - inspection.fieldwork_start).days // 7 + 1


# --- what was sent ---


def latest_version(inspection: Inspection) -> TimetableVersion | None:
    return inspection.timetable_versions.select_related("sent_by").order_by("-number").first()


def to_json(slots: Iterable[Booked]) -> list[dict[str, Any]]:
    return [asdict(slot) | {"begins": slot.begins.isoformat(), "ends": slot.ends.isoformat()} for slot in slots]


def from_json(slots: Iterable[dict[str, Any]]) -> list[Booked]:
    return [Booked(**lists_as_tuples(slot) | times(slot)) for slot in slots]


def lists_as_tuples(slot: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in slot.items()}


def times(slot: dict[str, Any]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(slot[name]).astimezone(clock.LONDON) for name in ("begins", "ends")}


def changes_since(version: TimetableVersion | None, now: Sequence[Booked]) -> list[Change]:
    return changes(from_json(version.slots), now) if version else []


# --- pages ---


def findings(now: Sequence[Booked], work: Fieldwork) -> tuple[list[Found], list[Found]]:
    """What must be fixed, and what should be looked at."""
    return must_fix(now, work), look_at(now, work)


def places_of(inspection: Inspection) -> QuerySet[Place]:
    return inspection.places.all()
