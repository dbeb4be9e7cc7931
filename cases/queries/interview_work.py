"""The interviews that somebody holds today, and those of which nothing is recorded yet."""

from datetime import datetime, time, timedelta

from django.db.models import F
from django.urls import reverse

from accounts import clock
from accounts.models import User
from cases.models import Case
from cases.queries.cases import may, pairing
from cases.queries.interviews import interview_kinds, local
from cases.rules.progress import IN_PROGRESS, NOT_STARTED
from cases.rules.timetable import clock_words
from cases.rules.words import in_words
from inspections import access
from inspections.models import Slot, Stage
from inspections.queries import parties_of, relations
from inspections.work import WorkItem


def work_for(person: User) -> list[WorkItem]:
    """One line for each interview, with its cases and never with a name."""
    midnight = datetime.combine(clock.today() + timedelta(days=1), time(), clock.LONDON)
    slots = {
        slot.pk: slot
        for slot in Slot.objects.filter(
            bookings__person=person,
            standing=True,
            outcome="",
            period__startswith__lt=midnight,
            inspection__stage=Stage.FIELDWORK,
        ).select_related("inspection__service", "interview")
        if slot.kind in interview_kinds(slot.inspection)
    }
    cases: dict[int, list[Case]] = {}
    for case in _cases(person, list(slots)):
        cases.setdefault(case.slot, []).append(case)  # type: ignore[attr-defined]  # an annotation
    return [_item(slots[pk], own) for pk, own in cases.items()]


def _cases(person: User, slots: list[int]) -> list[Case]:
    """Those of the slots that this person reads and can still answer."""
    rows = (
        Case.reads.filter(slot_cases__slot__in=slots, left_at=None)
        .select_related("inspection__service")
        .annotate(
            slot=F("slot_cases__slot"), **relations(person, "inspection", "inspection__service"), **pairing(person)
        )
        .order_by("ref")
    )
    found = list(rows)
    for case in found:
        case.inspection.parties = parties_of(person, case)
    return [case for case in found if may(person, case, access.READ_CASE)]


def _item(slot: Slot, cases: list[Case]) -> WorkItem:
    begins, refs = local(slot.period.lower), in_words([case.ref for case in cases])
    begun = hasattr(slot, "interview") and slot.interview.started_at is not None
    over = local(slot.period.upper) < clock.now()
    title = f"{slot.title[:1].lower()}{slot.title[1:]}"
    text = f"Record the {title} for {refs}" if over else f"{slot.title} for {refs}, {clock_words(begins)}"
    address = {"ref": slot.inspection.ref, "case_ref": cases[0].ref}
    return WorkItem(
        text=text,
        href=reverse("cases:interview", kwargs=address),
        inspection=f"{slot.inspection.service.name}, {slot.inspection.ref}",
        state=IN_PROGRESS if begun else NOT_STARTED,
        due=begins.date(),
    )
