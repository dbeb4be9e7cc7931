"""What calendars outside the product get: kinds, references, times and rooms, and the name of nobody."""

import hashlib
from collections.abc import Iterable

from accounts import clock
from accounts.models import User
from cases.queries.timetable import with_bookings
from cases.rules.calendar import Event, calendar
from inspections.access import SEE_TIMETABLE
from inspections.models import CalendarFeed, Inspection, Slot
from inspections.queries import relations
from inspections.queries.permission import seen_by


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str) -> User | None:
    """Whose calendar the address is, while their account works."""
    feed = CalendarFeed.objects.select_related("person").filter(digest=digest_of(token)).first()
    return feed.person if feed and feed.person.works_on(clock.today()) else None


def feed_of(person: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).first()


def slots_for(person: User) -> list[Slot]:
    """What somebody takes part in, of inspections whose timetable they may see now; cancelled ones too."""
    inspections = Inspection.objects.alias(**relations(person)).filter(seen_by(person, SEE_TIMETABLE))
    slots = Slot.objects.filter(bookings__person=person, inspection__in=inspections)
    return list(with_bookings(slots.select_related("inspection__service")))


def of_slots(name: str, slots: Iterable[Slot]) -> str:
    return calendar(name, [event_of(slot) for slot in slots], clock.now())


def event_of(slot: Slot) -> Event:
    """The title of a slot may name somebody, so the name of its kind stands for it."""
    refs = [covered.case.ref for covered in slot.covered.all()]
    place = next((booking.place for booking in slot.bookings.all() if booking.place), None)
    kind = kind_title(slot.inspection, slot.kind)
    return Event(
        uid=f"slot-{slot.pk}@{slot.inspection.ref}",
        version=slot.version,
        what=" ".join([f"{slot.inspection.ref}:", kind, *([", ".join(refs)] if refs else [])]),
        begins=slot.period.lower,
        ends=slot.period.upper,
        where="Teams" if slot.remote else str(place or ""),
        cancelled=not slot.standing,
    )


def kind_title(inspection: Inspection, code: str) -> str:
    titles = {interview.code: interview.title for interview in inspection.standards.interviews}
    titles |= {meeting.code: meeting.title for meeting in inspection.kind.meetings}
    return titles.get(code, "Fieldwork")
