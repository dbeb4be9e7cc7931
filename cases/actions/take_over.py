"""The lead inspector takes over a case that somebody else reads."""

from django.db import transaction

from accounts.actions import record
from accounts.models import User
from cases.actions.conflicts import ConflictRefused, refuse_barred
from cases.actions.locks import locked_case
from cases.actions.second_reads import SecondReadRefused, refuse_second_readers
from cases.actions.telling import tell_readers
from cases.models import Case
from cases.queries.allocation import members_of
from cases.rules.reading import can_be_taken_over
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage


class NotTakenOver(Refused):
    """The case cannot go to this person, or not any more."""


@transaction.atomic
def take_over(*, by: User, case: Case, reason: str) -> None:
    """What the former reader has not sent yet is theirs to copy. Raises NotTakenOver."""
    locked = locked_case(case)
    if locked.inspection.stage != Stage.FIELDWORK or not can_be_taken_over(locked, by.pk):
        raise NotTakenOver(f"{case.ref} is yours already, or can no longer be taken over")
    _refuse_kept_out(locked.inspection, by)
    _refuse_conflicts(locked, by)
    former, locked.reader = locked.reader_id, by
    locked.save(update_fields=["reader"])
    tell_readers(by, locked.inspection, "No longer yours to read", {former: [case.ref]} if former else {})
    detail = {"readers": {case.ref: by.pk}, "before": {case.ref: former}, "reason": reason}
    record(by=by, verb="took over a case", inspection=locked.inspection.ref, subject=case.ref, detail=detail)


def _refuse_conflicts(case: Case, by: User) -> None:
    """Somebody who became the lead inspector may read it a second time already, or have sent it back."""
    try:
        refuse_barred(case.inspection, {case: by.pk})
        refuse_second_readers({case: by.pk})
    except (ConflictRefused, SecondReadRefused) as refused:
        raise NotTakenOver(str(refused)) from None


def _refuse_kept_out(inspection: Inspection, by: User) -> None:
    member = next((member for member in members_of(inspection) if member.person == by.pk), None)
    if member is None:
        raise NotTakenOver("You have left the team")
    if member.kept_out:
        raise NotTakenOver(f"{member.name} {member.kept_out}. Choose another reader")
