"""A list comes in, is checked, and is accepted in place of the one before."""

from collections.abc import Iterable

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import CaseloadList, CaseloadRow, Kind
from cases.queries.caseload import accepted_list, eligible_rows, problem_rows
from cases.rules.caseload import ParsedList
from documents.actions import keep
from documents.models import Purpose
from inspections.access import DRAW_SAMPLE
from inspections.actions import tell
from inspections.actions.refused import Refused
from inspections.models import Inspection
from inspections.queries.service import lead_of

ROWS_AT_ONCE = 1000


class ListRefused(Refused):
    """The list cannot be accepted."""


def locked(inspection_id: int) -> Inspection:
    """One list at a time. Raises ListRefused when the time for lists has passed."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=inspection_id)
    if inspection.stage not in DRAW_SAMPLE.stages:
        raise ListRefused("Fieldwork has closed. Lists are no longer taken")
    return inspection


@transaction.atomic
def receive_list(
    *, by: User, inspection: Inspection, kind: Kind, label: str, content: bytes, parsed: ParsedList
) -> CaseloadList:
    """Keeps the file as it came and its rows as they were read, problems and all. Raises ListRefused."""
    locked(inspection.pk)
    caseload = CaseloadList.objects.create(
        inspection=inspection,
        kind=kind,
        number=inspection.caseload_lists.filter(kind=kind).count() + 1,
        document=keep(by=by, purpose=Purpose.CASELOAD, label=label, content=content),
        uploaded_at=clock.now(),
        uploaded_by=by,
        ignored_columns=list(parsed.ignored),
    )
    _store_rows(caseload, (CaseloadRow(caseload=caseload, **row.stored()) for row in parsed.rows))
    _tell_lead(by, caseload)
    counts = {"rows": len(parsed.rows), "problems": sum(bool(row.problems) for row in parsed.rows)}
    record(
        by=by,
        verb="received a caseload list",
        inspection=inspection.ref,
        subject=f"{kind} {caseload.number}",
        detail={**counts, "sha256": caseload.document.sha256},
    )
    return caseload


def _tell_lead(by: User, caseload: CaseloadList) -> None:
    lead, inspection = lead_of(caseload.inspection), caseload.inspection
    if lead and lead.person_id != by.pk:
        tell(
            people=[lead.person_id],
            key=f"{inspection.ref} list {caseload.kind} {caseload.number}",
            text=f"A caseload list has come in and waits to be checked. {inspection.service.name}, {inspection.ref}",
            to="cases:lists",
            inspection=inspection,
        )


def _store_rows(caseload: CaseloadList, rows: Iterable[CaseloadRow]) -> None:
    CaseloadRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


@transaction.atomic
def accept_list(*, by: User, caseload: CaseloadList, reason: str) -> None:
    """`reason` says why the rows with problems are left out. Raises ListRefused."""
    inspection = locked(caseload.inspection_id)
    _refuse_if_late(inspection, caseload)
    if not eligible_rows(caseload).exists():
        raise ListRefused("Every row of this list has a problem. Ask for a corrected list")
    left_out = problem_rows(caseload)
    if left_out.exists() and not reason:
        raise ListRefused("Say why the rows with problems are left out", "reason")
    left_out_count = left_out.update(left_out_reason=reason)
    CaseloadList.objects.filter(pk=caseload.pk).update(accepted_at=clock.now(), accepted_by=by)
    record(
        by=by,
        verb="accepted a caseload list",
        inspection=inspection.ref,
        subject=f"{caseload.kind} {caseload.number}",
        detail={"left_out": left_out_count, "reason": reason},
    )


def _refuse_if_late(inspection: Inspection, caseload: CaseloadList) -> None:
    in_force = accepted_list(inspection, caseload.kind)
    if in_force and in_force.number == caseload.number:
        raise ListRefused("This list has already been accepted")
    if in_force and in_force.number > caseload.number:
        raise ListRefused(f"List {in_force.number} has been accepted since. Ask for a newer list")
