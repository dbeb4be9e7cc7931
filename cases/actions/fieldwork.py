"""Closes fieldwork: after it no case read changes, and the rating meeting begins."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions import second_reads
from cases.models import Case
from inspections.actions import mark_evidence_changed, reach_stage
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage


class CasesUnsent(Refused):
    """Some cases have not been sent, and nobody said why they are left out."""

    def __init__(self, count: int) -> None:
        have = "case has" if count == 1 else "cases have"
        them = "it or record why it is" if count == 1 else "them or record why they are"
        super().__init__(f"{count} {have} not been sent. Finish {them} left out", field="reason")


@transaction.atomic
def close_fieldwork(*, by: User, inspection: Inspection, reason: str = "") -> None:
    """Cases not sent leave the sample, for the reason given. Raises CasesUnsent or StageRefused."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    unsent = Case.objects.filter(inspection=inspection, left_at=None, sent_at=None).order_by("ref")
    if refs := list(unsent.values_list("ref", flat=True)):
        _leave_out(by, inspection, refs, reason.strip())
    reach_stage(inspection=inspection, stage=Stage.RATING, by=by)


def _leave_out(by: User, inspection: Inspection, refs: list[str], reason: str) -> None:
    if not reason:
        raise CasesUnsent(len(refs))
    left = Case.objects.filter(inspection=inspection, ref__in=refs)
    second_reads.leave(left.values_list("pk", flat=True), reason)
    left.update(left_at=clock.now(), left_reason=reason, is_macd=False)
    mark_evidence_changed(inspection.pk)
    detail = {"cases": refs, "reason": reason}
    record(by=by, verb="cases left out", inspection=inspection.ref, detail=detail)
