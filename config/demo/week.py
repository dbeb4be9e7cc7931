"""The week is planned, sent, and what became of its slots is recorded."""

from datetime import timedelta

from accounts import clock
from cases.actions.interviews import finish
from cases.actions.timetable import add_place, record_outcome
from cases.actions.timetable_planning import book_plan, shown
from cases.actions.timetable_sending import send
from cases.models import InterviewOutcome
from cases.queries import timetable as queries
from cases.queries.planning import plan_of
from cases.rules.interviews import Result
from cases.rules.voices import INTERVIEWS
from config.demo.telling import Telling
from inspections.models import Slot

ROOMS = (("Room 1", "Demo House"), ("Room 2", "Demo House"), ("Room 3", "Demo House"), ("Room 4", "Demo House"))
REASON = "Nothing else is possible in this week"


def plan_the_week(telling: Telling) -> None:
    """As it is suggested, a week before fieldwork."""
    inspection = telling.inspection
    telling.it_is(-7, 10, 5)
    for name, building in ROOMS:
        add_place(by=telling.lead, inspection=inspection, name=name, building=building)
    plan = plan_of(inspection)
    book_plan(by=telling.lead, inspection=inspection, plan=plan, seen=shown(plan))
    telling.it_is(-6, 15, 30)
    now = [queries.booked(slot) for slot in queries.slots_of(inspection)]
    must, look = queries.findings(now, queries.fieldwork_of(inspection))
    if not must:
        send(by=telling.lead, inspection=inspection, reasons={found.sentence: REASON for found in look})


def hold_the_week(telling: Telling) -> None:
    """Whatever is over was held; an interview ten minutes short of its slot, by whoever was booked for it."""
    over = queries.slots_of(telling.inspection).filter(period__endswith__lte=clock.now(), outcome="")
    for slot in over:
        slot.inspection = telling.inspection
        if slot.kind in INTERVIEWS:
            hold_interview(telling, slot)
        else:
            record_outcome(by=telling.lead, slot=slot, version=slot.version, outcome="held")


def hold_interview(telling: Telling, slot: Slot) -> None:
    by = next((booking.person for booking in slot.bookings.all() if booking.person), telling.lead)
    held = Result(InterviewOutcome.HELD, slot.period.lower, slot.period.upper - timedelta(minutes=10))
    finish(by=by, slot=slot, version=0, result=held)
