"""A reader says that they know a case or a worker: those cases go back, and are not offered to them again."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions import second_reads
from cases.actions.locks import locked_case
from cases.actions.telling import tell_one, tell_readers
from cases.models import Case, HowCaseIsKnown, HowWorkerIsKnown, KnownCase, KnownWorker
from cases.queries.allocation import members_of
from cases.queries.conflicts import known_to, spelled, standing, workers_of
from cases.queries.reopening import lead_of
from cases.rules.words import in_words
from inspections.access import DECLARE_WORKER
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage

KNOWN = "The second reader knows the case"


class ConflictRefused(Refused):
    """Somebody would get a case that they must not read, or what they say cannot be taken."""


def refuse_barred(inspection: Inspection, readers: Mapping[Case, int | None]) -> None:
    """Nobody reads a case that they know, or one of a worker whom they know. Raises ConflictRefused."""
    known = known_to(inspection, readers)
    names = {member.person: member.name for member in members_of(inspection)}
    for case, person in readers.items():
        why = known[case.ref].get(person) if person else None
        if person and why:
            raise ConflictRefused(f"{names.get(person, 'This reader')} {why} ({case.ref}). Choose another reader")


@transaction.atomic
def know_case(*, by: User, case: Case, kind: str) -> None:
    """The case goes back to be given to somebody else; what was answered stays. Raises ConflictRefused."""
    held = locked_case(case)
    if held.reader_id != by.pk or held.sent_at or held.left_at or held.inspection.stage != Stage.FIELDWORK:
        raise ConflictRefused(f"{case.ref} is no longer yours to read, or has been sent")
    KnownCase.objects.get_or_create(
        case_id=held.second_of_id or held.pk,
        person=by,
        defaults={"kind": HowCaseIsKnown(kind), "declared_at": clock.now()},
    )
    _take_back(held)
    _tell_lead(by, held)
    record(
        by=by,
        verb="sent back a case that they know",
        inspection=held.inspection.ref,
        subject=case.ref,
        detail={"kind": kind},
    )


def _take_back(case: Case) -> None:
    if case.second_of_id:
        second_reads.leave([case.second_of_id], KNOWN)
    else:
        Case.objects.filter(pk=case.pk).update(reader=None)


def _tell_lead(by: User, case: Case) -> None:
    inspection = case.inspection
    if case.second_of:
        page = reverse("cases:second", kwargs={"ref": inspection.ref, "case_ref": case.second_of.ref})
        words = f"{by.name} knows {case.second_of.ref}. It needs another second reader"
    else:
        page = reverse("cases:allocation", kwargs={"ref": inspection.ref})
        words = f"{by.name} knows {case.ref}. It needs another reader"
    tell_one(by, inspection, lead_of(inspection), words, page)


@transaction.atomic
def know_worker(*, by: User, inspection: Inspection, person: User, worker: str, kind: str) -> list[str]:
    """The references of the cases that went back. Raises ConflictRefused."""
    inspection = _open(inspection)
    _refuse_worker(inspection, person, worker)
    now = clock.now()
    KnownWorker.objects.create(
        inspection=inspection,
        person=person,
        worker=worker,
        kind=HowWorkerIsKnown(kind),
        declared_at=now,
        declared_by=by,
    )
    back = _give_back(inspection, person, worker)
    _tell_of_worker(by, inspection, person, back)
    detail = {"person": person.pk, "kind": kind, "cases": back}
    record(by=by, verb="said whose cases somebody cannot read", inspection=inspection.ref, detail=detail)
    return back


def _open(inspection: Inspection) -> Inspection:
    found = Inspection.objects.select_for_update(no_key=True, of=("self",)).select_related("service")
    held = found.get(pk=inspection.pk)
    if held.stage not in DECLARE_WORKER.stages:
        raise ConflictRefused("Fieldwork has closed. Nobody gets a case any more")
    return held


def _refuse_worker(inspection: Inspection, person: User, worker: str) -> None:
    if person.pk not in {member.person for member in members_of(inspection)}:
        raise ConflictRefused(f"{person.name} reads no cases of this inspection. Choose somebody else", "person")
    if worker not in workers_of(inspection):
        raise ConflictRefused("This name is on no list any more. Select a name from the list", "worker")
    if spelled(worker) in {spelled(known.worker) for known in standing(inspection).filter(person=person)}:
        raise ConflictRefused(f"{worker} has been named already", "worker")


def _give_back(inspection: Inspection, person: User, worker: str) -> list[str]:
    """Their unsent cases of this worker, first and second reads."""
    unsent = Case.reads.filter(inspection=inspection, reader=person, sent_at__isnull=True, left_at__isnull=True)
    theirs = [case for case in unsent.select_related("row", "second_of") if spelled(case.row.worker) == spelled(worker)]
    for case in theirs:
        _take_back(case)
    return sorted(case.ref for case in theirs)


def _tell_of_worker(by: User, inspection: Inspection, person: User, back: list[str]) -> None:
    if back:
        need = "needs another reader" if len(back) == 1 else "need other readers"
        words = f"{person.name} knows a worker. {in_words(back) if len(back) < 12 else f'{len(back)} cases'} {need}"
        page = reverse("cases:allocation", kwargs={"ref": inspection.ref})
        tell_one(by, inspection, lead_of(inspection), words, page)
        tell_readers(by, inspection, "No longer yours to read", {person.pk: back})


@transaction.atomic
def end_known_worker(*, by: User, known: KnownWorker) -> None:
    """Raises ConflictRefused where somebody ended it before."""
    _open(known.inspection)
    ended = KnownWorker.objects.filter(pk=known.pk, ended_at__isnull=True)
    if not ended.update(ended_at=clock.now(), ended_by=by):
        raise ConflictRefused("This has ended already")
    detail = {"person": known.person_id}
    record(by=by, verb="ended what somebody cannot read", inspection=known.inspection.ref, detail=detail)
