"""Cases are given to the people who will read them."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.sample import SampleRefused, in_words, locked, refuse_strangers
from cases.models import Case
from cases.queries.allocation import members_of
from cases.queries.sample import sample_of
from inspections.actions.notifications import leave
from inspections.models import Inspection, Notification

LISTED_CASES = 12


class ReasonNeeded(SampleRefused):
    """A case that somebody has begun goes to somebody else only for a reason."""


@transaction.atomic
def allocate(*, by: User, inspection: Inspection, readers: Mapping[str, int | None], reason: str = "") -> list[str]:
    """The references that changed hands. `readers` by case reference; None takes a case back. Raises SampleRefused."""
    inspection = locked(inspection)
    cases = {case.ref: case for case in sample_of(inspection)}
    refuse_strangers(readers, cases)
    _refuse_kept_out(inspection, {person for person in readers.values() if person})
    moved = [cases[ref] for ref, person in readers.items() if cases[ref].reader_id != person]
    _refuse_without_reason(moved, reason)
    before = {case.ref: case.reader_id for case in moved}
    for case in moved:
        case.reader_id = readers[case.ref]
    Case.objects.bulk_update(moved, ["reader"])
    if moved:
        _leave_word(by, inspection, moved, before)
        detail = {"readers": {case.ref: case.reader_id for case in moved}, "before": before, "reason": reason}
        record(by=by, verb="allocated cases", inspection=inspection.ref, detail=detail)
    return [case.ref for case in moved]


def _refuse_kept_out(inspection: Inspection, people: set[int]) -> None:
    members = members_of(inspection)
    if people - {member.person for member in members}:
        raise SampleRefused("A reader has left the team. Open this page again")
    for member in members:
        if member.person in people and member.kept_out:
            raise SampleRefused(f"{member.name} {member.kept_out}. Choose another reader")


def _refuse_without_reason(moved: Sequence[Case], reason: str) -> None:
    begun = [case.ref for case in moved if case.started_at and case.reader_id]
    if begun and not reason:
        raise ReasonNeeded(f"Say why {in_words(begun)} should go to another reader: reading has begun", "reason")


def _leave_word(by: User, inspection: Inspection, moved: Sequence[Case], before: Mapping[str, int | None]) -> None:
    """Everybody hears once what they were given and what was taken from them, but not what they did themselves."""
    given: dict[int, list[str]] = {}
    taken: dict[int, list[str]] = {}
    for case in moved:
        if case.reader_id:
            given.setdefault(case.reader_id, []).append(case.ref)
        if former := before[case.ref]:
            taken.setdefault(former, []).append(case.ref)
    words = [(person, f"Yours to read: {_listed(refs)}") for person, refs in given.items()]
    words += [(person, f"No longer yours to read: {_listed(refs)}") for person, refs in taken.items()]
    now = clock.now()
    leave(
        [
            Notification(
                person_id=person,
                inspection=inspection,
                key=f"{inspection.ref} allocation {now.isoformat()} {text.partition(':')[0]}",
                text=f"{text}. {inspection.service.name}, {inspection.ref}",
                link=reverse("my-work"),
                created_at=now,
            )
            for person, text in words
            if person != by.pk
        ]
    )


def _listed(refs: Sequence[str]) -> str:
    return in_words(refs) if len(refs) <= LISTED_CASES else f"{len(refs)} cases"
