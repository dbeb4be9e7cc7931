"""Cases are given to the people who will read them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from accounts.actions import record
from accounts.models import User
from cases.actions.conflicts import ConflictRefused, refuse_barred
from cases.actions.sample import SampleRefused, locked, refuse_strangers
from cases.actions.second_reads import SecondReadRefused, refuse_second_readers
from cases.actions.telling import tell_readers
from cases.models import Case
from cases.queries.allocation import members_of, work_of
from cases.queries.conflicts import known_to
from cases.queries.sample import sample_of
from cases.rules import allocation
from cases.rules.words import in_words
from inspections.models import Inspection


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
    _refuse_conflicts(inspection, {case: readers[case.ref] for case in moved})
    before = {case.ref: case.reader_id for case in moved}
    for case in moved:
        case.reader_id = readers[case.ref]
    Case.objects.bulk_update(moved, ["reader"])
    if moved:
        _leave_word(by, inspection, moved, before)
        detail = {"readers": {case.ref: case.reader_id for case in moved}, "before": before, "reason": reason}
        record(by=by, verb="allocated cases", inspection=inspection.ref, detail=detail)
    return [case.ref for case in moved]


@transaction.atomic
def share_out(
    *, by: User, inspection: Inspection, refs: Collection[str], but: Collection[int] = (), reason: str = ""
) -> list[str]:
    """Gives these cases to whoever comes out nearest, `but` to none of those; all others stay. Raises SampleRefused."""
    inspection = locked(inspection)
    cases = {case.ref: case for case in sample_of(inspection)}
    refuse_strangers(refs, cases)
    members = [member for member in members_of(inspection) if member.person not in but]
    able = [member.person for member in members_of(inspection) if not member.kept_out]
    work = work_of(inspection, list(cases.values()), able, known_to(inspection, cases.values()), only=refs)
    readers = {ref: person for ref, person in allocation.suggest(work, members).items() if ref in refs}
    if nobody := [ref for ref in refs if readers.get(ref) is None]:
        raise SampleRefused(f"Nobody else may read {in_words(nobody)}. Choose a reader, or take the cases back")
    return allocate(by=by, inspection=inspection, readers=readers, reason=reason)


def _refuse_kept_out(inspection: Inspection, people: set[int]) -> None:
    members = members_of(inspection)
    if people - {member.person for member in members}:
        raise SampleRefused("A reader has left the team. Open this page again")
    for member in members:
        if member.person in people and member.kept_out:
            raise SampleRefused(f"{member.name} {member.kept_out}. Choose another reader")


def _refuse_conflicts(inspection: Inspection, readers: Mapping[Case, int | None]) -> None:
    try:
        refuse_barred(inspection, readers)
        refuse_second_readers(readers)
    except (ConflictRefused, SecondReadRefused) as refused:
        raise SampleRefused(str(refused)) from refused


def _refuse_without_reason(moved: Sequence[Case], reason: str) -> None:
    begun = [case.ref for case in moved if case.started_at and case.reader_id]
    if begun and not reason:
        raise ReasonNeeded(f"Say why {in_words(begun)} should go to another reader: reading has begun", "reason")


def _leave_word(by: User, inspection: Inspection, moved: Sequence[Case], before: Mapping[str, int | None]) -> None:
    given: dict[int, list[str]] = defaultdict(list)
    taken: dict[int, list[str]] = defaultdict(list)
    for case in moved:
        if case.reader_id:
            given[case.reader_id].append(case.ref)
        if former := before[case.ref]:
            taken[former].append(case.ref)
    tell_readers(by, inspection, "Yours to read", given)
    tell_readers(by, inspection, "No longer yours to read", taken)
