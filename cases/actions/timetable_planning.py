"""A suggested timetable is booked as it was shown."""

import hashlib
from collections.abc import Iterator

from accounts import clock
from accounts.models import User
from cases.actions.timetable import SlotRefused, Wanted, book_all
from cases.queries.planning import Plan
from inspections.models import Inspection, Slot


class OtherSuggestion(SlotRefused):
    """What would be booked now is not what the page showed."""


def book_plan(*, by: User, inspection: Inspection, plan: Plan, seen: str) -> list[Slot]:
    """All of it or none. `seen` is what `shown` gave for the page. Raises SlotRefused."""
    if seen != shown(plan):
        raise OtherSuggestion("The timetable has changed since, and so has the suggestion. Look at it again")
    return book_all(by=by, inspection=inspection, wanted=list(wanted_of(plan)))


def wanted_of(plan: Plan) -> Iterator[Wanted]:
    for placed in plan.suggestion.placed:
        one = plan.open[placed.key]
        begins = placed.begins.astimezone(clock.LONDON)
        place, building = plan.places[placed.place] if placed.place is not None else ("", "")
        yield Wanted(
            kind=one.kind,
            title=one.title,
            begins=begins,
            ends=begins + one.wish.length,
            people=one.wish.people,
            met=one.wish.met,
            place=place,
            building=building,
            cases=one.cases,
        )


def shown(plan: Plan) -> str:
    """What the page showed, short enough to come back with the button."""
    said = repr([(placed.key, placed.begins.isoformat(), placed.place) for placed in plan.suggestion.placed])
    return hashlib.sha256(said.encode()).hexdigest()[:32]
