"""A list comes in, is checked, and is accepted in place of the one before."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import CaseloadList, CaseloadRow, Kind
from cases.queries.caseload import accepted_list, eligible_rows, problem_rows, rows_with
from cases.rules.caseload import ParsedList
from documents.models import Document
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
    *, by: User, inspection: Inspection, kind: Kind, document: Document, parsed: ParsedList
) -> CaseloadList:
    """The file as it came, and its rows as they were read, problems and all. Raises ListRefused."""
    locked(inspection.pk)
    caseload = CaseloadList.objects.create(
        inspection=inspection,
        kind=kind,
        number=inspection.caseload_lists.filter(kind=kind).count() + 1,
        document=document,
        uploaded_at=clock.now(),
        uploaded_by=by,
        ignored_columns=list(parsed.ignored),
        sheet=parsed.sheet,
        headings=list(parsed.headings),
        matching=dict(parsed.matching),
        notes=list(parsed.notes),
    )
    _store_rows(caseload, (CaseloadRow(caseload=caseload, **row.stored()) for row in parsed.rows))
    _tell_lead(by, caseload)
    counts = {"rows": len(parsed.rows), "problems": sum(bool(row.problems) for row in parsed.rows)}
    _record(by, caseload, "received a caseload list", {**counts, "sha256": document.sha256})
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
def give_reasons(*, by: User, caseload: CaseloadList, reasons: Mapping[int, str]) -> int:
    """Why single rows with problems are left out, by row number; a blank takes the reason back.

    Returns how many changed. Raises ListRefused.
    """
    _refuse_if_late(locked(caseload.inspection_id), caseload)
    rows = list(problem_rows(caseload).filter(number__in=reasons))
    changed = [row for row in rows if row.left_out_reason != reasons[row.number]]
    for row in changed:
        row.left_out_reason = reasons[row.number]
    CaseloadRow.objects.bulk_update(changed, ["left_out_reason"])
    if changed:
        given = {str(row.number): row.left_out_reason for row in changed}
        _record(by, caseload, "said why rows of a caseload list are left out", {"rows": given})
    return len(changed)


@transaction.atomic
def leave_out(*, by: User, caseload: CaseloadList, problems: Iterable[str], reason: str) -> int:
    """One reason for every row with one of these kinds of problem that has none yet. Returns how many.

    Raises ListRefused.
    """
    _refuse_if_late(locked(caseload.inspection_id), caseload)
    numbers = rows_with(caseload, wanted := list(problems))
    if not numbers:
        raise ListRefused("Every row with these problems has a reason already", "problems")
    problem_rows(caseload).filter(number__in=numbers).update(left_out_reason=reason)
    detail = {"rows": len(numbers), "problems": wanted, "reason": reason}
    _record(by, caseload, "said why rows of a caseload list are left out", detail)
    return len(numbers)


@transaction.atomic
def accept_list(*, by: User, caseload: CaseloadList, reason: str) -> None:
    """`reason` says why the rows with problems that have none yet are left out. Raises ListRefused."""
    inspection = locked(caseload.inspection_id)
    _refuse_if_late(inspection, caseload)
    if not eligible_rows(caseload).exists():
        raise ListRefused("Every row of this list has a problem. Ask for a corrected list")
    without_reason = problem_rows(caseload).filter(left_out_reason="")
    if without_reason.exists() and not reason:
        raise ListRefused("Say why the rows with problems are left out", "reason")
    without_reason.update(left_out_reason=reason)
    CaseloadList.objects.filter(pk=caseload.pk).update(accepted_at=clock.now(), accepted_by=by)
    detail = {"left_out": problem_rows(caseload).count(), "reason": reason}
    _record(by, caseload, "accepted a caseload list", detail)


def _record(by: User, caseload: CaseloadList, verb: str, detail: Mapping[str, object]) -> None:
    subject = f"{caseload.kind} {caseload.number}"
    record(by=by, verb=verb, inspection=caseload.inspection.ref, subject=subject, detail=dict(detail))


def _refuse_if_late(inspection: Inspection, caseload: CaseloadList) -> None:
    in_force = accepted_list(inspection, caseload.kind)
    if in_force and in_force.number == caseload.number:
        raise ListRefused("This list has already been accepted")
    if in_force and in_force.number > caseload.number:
        raise ListRefused(f"List {in_force.number} has been accepted since. Ask for a newer list")
