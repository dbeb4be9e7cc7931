"""The sample is drawn, drawn again, changed case by case; two cases are marked, victims' cases are grouped."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions import second_reads
from cases.actions.discussions import explain_number, number_discussions
from cases.actions.telling import tell_readers
from cases.models import Case, CaseloadList, CaseloadRow, Draw, Kind, SampleLock
from cases.queries.caseload import accepted_list, eligible_rows
from cases.queries.discussions import enough_discussions
from cases.queries.draws import candidate, columns_of, settled_size
from cases.queries.sample import answered, cases_an_interview, sample_of, settled
from cases.rules import sampling, targets
from cases.rules.allocation import interview_groups
from cases.rules.sampling import Candidate, Group, Size
from cases.rules.targets import Stored
from cases.rules.words import WORDS, in_words
from inspections.access import DRAW_SAMPLE
from inspections.actions import mark_evidence_changed
from inspections.actions.refused import Refused
from inspections.models import Inspection

LETTERS = {Kind.CHILD.value: "C", Kind.VICTIM.value: "V"}


class SampleRefused(Refused):
    """The sample stays as it is."""


class AlreadyLeft(SampleRefused):
    """Somebody else replaced the case first."""


def locked(inspection: Inspection) -> Inspection:
    """One change of a sample at a time. Raises SampleRefused when the time for changes has passed."""
    found = (
        Inspection.objects.select_for_update(no_key=True, of=("self",)).select_related("service").get(pk=inspection.pk)
    )
    if found.stage not in DRAW_SAMPLE.stages:
        raise SampleRefused("Fieldwork has closed. The sample can no longer be changed")
    return found


@transaction.atomic
def draw_sample(
    *,
    by: User,
    inspection: Inspection,
    kind: str,
    size: int,
    groups: Sequence[str],
    wanted: Mapping[Group, int] | None = None,
    reason: str = "",
    seed: str = "",
) -> Draw:
    """From the accepted list. Drawing again replaces the whole sample of this kind. Raises SampleRefused.

    `wanted` is how many cases of each group there are to be, instead of its share; `size` is their sum.
    """
    inspection = locked(inspection)
    caseload = _list_to_draw_from(inspection, kind)
    rows = {row.local_reference: row for row in eligible_rows(caseload)}
    fixed = _settled(inspection, kind, size, len(rows))
    groups = columns_of(inspection, kind, groups)
    candidates = [candidate(row, groups, inspection.fieldwork_start) for row in rows.values()]
    kept = _targets(candidates, fixed, wanted) if wanted else []
    number = _make_room(by, inspection, kind, reason)
    draw = Draw.objects.create(
        inspection=inspection,
        caseload=caseload,
        kind=kind,
        number=number,
        seed=seed or secrets.token_hex(8),
        size=size,
        groups=groups,
        targets=kept,
        note=fixed.note,
        reason=reason if number > 1 else "",
        drawn_at=clock.now(),
        drawn_by=by,
    )
    drawn = sampling.draw(candidates, fixed.cases, draw.seed, wanted)
    cases = _enter(draw, [rows[item.reference] for item in drawn])
    mark_evidence_changed(inspection.pk)
    _record_draw(by, draw, cases)
    return draw


def _list_to_draw_from(inspection: Inspection, kind: str) -> CaseloadList:
    caseload = accepted_list(inspection, kind)
    if caseload is None:
        raise SampleRefused("No list has been accepted yet. Accept one, then draw the sample")
    return caseload


def _settled(inspection: Inspection, kind: str, size: int, eligible: int) -> sampling.Size:
    try:
        return settled_size(inspection, kind, size, eligible)
    except sampling.SizeRefused as refused:
        raise SampleRefused(str(refused), "size") from refused


def _targets(candidates: Sequence[Candidate], settled: Size, wanted: Mapping[Group, int]) -> Stored:
    """As they are kept. Another list, or other groups, than they were set for refuse them."""
    table = targets.table(candidates, settled.cases, wanted)
    strange = wanted.keys() - {target.group for target in table}
    if strange or sum(wanted.values()) != settled.cases or any(map(targets.problem, table)):
        raise SampleRefused(settled.note or "The list has changed since you opened this page. Open it again")
    return targets.stored(table)


def _make_room(by: User, inspection: Inspection, kind: str, reason: str) -> int:
    """The number of the next draw, once the cases of the one before have left."""
    earlier = Draw.objects.filter(inspection=inspection, kind=kind).count()
    if not earlier:
        return 1
    if not reason:
        raise SampleRefused("Say why you are drawing again", "reason")
    before = sample_of(inspection).filter(kind=kind)
    if started := [case.ref for case in answered(before)]:
        have = "has answers" if len(started) == 1 else "have answers"
        raise SampleRefused(
            f"{in_words(started)} {have}, so the sample cannot be drawn again. Replace cases one by one"
        )
    _leave(by, inspection, list(before), f"Drawn again: {reason}")
    return earlier + 1


def _leave(by: User, inspection: Inspection, cases: Collection[Case], reason: str) -> None:
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(
        left_at=clock.now(), left_reason=reason, is_macd=False
    )
    second_reads.leave([case.pk for case in cases], reason)
    read: dict[int, list[str]] = defaultdict(list)
    for case in cases:
        if case.reader_id:
            read[case.reader_id].append(case.ref)
    tell_readers(by, inspection, "Left the sample and no longer yours to read", read)


def _enter(draw: Draw, rows: Sequence[CaseloadRow]) -> list[Case]:
    """The rows become cases with references that nobody had before; victims' cases come in their groups."""
    taken = Case.objects.filter(inspection=draw.inspection).values_list("ref", flat=True)
    refs = dict(zip(sampling.references(taken, LETTERS[draw.kind]), rows, strict=False))
    workers = [(ref, row.worker) for ref, row in refs.items() if draw.kind == Kind.VICTIM]
    groups = interview_groups(workers, cases_an_interview(draw.inspection))
    return Case.objects.bulk_create(
        Case(inspection=draw.inspection, kind=draw.kind, ref=ref, row=row, draw=draw, interview_group=groups.get(ref))
        for ref, row in refs.items()
    )


def _record_draw(by: User, draw: Draw, cases: Sequence[Case]) -> None:
    detail = {
        "list": draw.caseload.number,
        "seed": draw.seed,
        "size": draw.size,
        "groups": draw.groups,
        "targets": "set" if draw.targets else "proportional",
        "cases": [case.ref for case in cases],
        "reason": draw.reason,
    }
    record(
        by=by,
        verb="drew the sample",
        inspection=draw.inspection.ref,
        subject=f"{draw.kind} {draw.number}",
        detail=detail,
    )


@transaction.atomic
def replace_case(*, by: User, case: Case, reason: str) -> Case | None:
    """The case that takes its place: the next of its group. None where no other is left. Raises SampleRefused."""
    inspection = locked(case.inspection)
    case = Case.objects.select_related("row", "draw__caseload").get(pk=case.pk)
    if case.left_at:
        raise AlreadyLeft(f"{case.ref} is no longer in the sample. {case.left_reason}")
    row = _next_row(inspection, case)
    new = _enter(case.draw, [row])[0] if row else None
    _leave(by, inspection, [case], f"Replaced by {new.ref}: {reason}" if new else reason)
    if new and case.kind == Kind.VICTIM:
        same_worker = new.row.worker == case.row.worker
        Case.objects.filter(pk=new.pk).update(interview_group=case.interview_group if same_worker else None)
    mark_evidence_changed(inspection.pk)
    detail = {"new": new.ref if new else "", "reason": reason}
    record(by=by, verb="replaced a case", inspection=inspection.ref, subject=case.ref, detail=detail)
    return new


def _next_row(inspection: Inspection, case: Case) -> CaseloadRow | None:
    """Of those on the list that never were in this draw."""
    draw, on = case.draw, inspection.fieldwork_start
    never_drawn = eligible_rows(draw.caseload).exclude(pk__in=draw.cases.values("row"))
    rows = {row.local_reference: row for row in never_drawn}
    leaving = candidate(case.row, draw.groups, on)
    found = sampling.next_candidate((candidate(row, draw.groups, on) for row in rows.values()), leaving, draw.seed)
    return rows[found.reference] if found else None


@transaction.atomic
def choose_discussions(
    *, by: User, inspection: Inspection, refs: Collection[str], reason: str = "", number_reason: str = ""
) -> None:
    """Marks the children's cases that are discussed by several agencies. Raises SampleRefused.

    `number_reason` says why there are fewer or more of them than the standards want.
    """
    inspection = locked(inspection)
    needed = inspection.kind.multi_agency_discussions
    children = sample_of(inspection).filter(kind=Kind.CHILD)
    chosen = children.filter(ref__in=refs)
    if len(chosen) != len(set(refs)) or (len(chosen) != needed and not number_reason):
        raise SampleRefused(
            f"Choose exactly {WORDS.get(needed, needed)} cases for multi-agency case discussion", "cases"
        )
    before = {case.ref for case in children if case.is_macd}
    if before and enough_discussions(inspection, len(before)) and before != set(refs):
        _refuse_unexplained(inspection, reason, "Say why the cases for discussion change")
    children.filter(is_macd=True).update(is_macd=False)
    Case.objects.filter(pk__in=[case.pk for case in chosen]).update(is_macd=True)
    number_discussions(inspection, chosen)
    reasons = {"reason": reason} if reason else {}
    if len(chosen) != needed:
        explain_number(by, inspection, len(chosen), number_reason)
        reasons["number_reason"] = number_reason
    detail: dict[str, object] = {"cases": [case.ref for case in chosen], **reasons}
    record(by=by, verb="chose the cases for discussion", inspection=inspection.ref, detail=detail)


def _refuse_unexplained(inspection: Inspection, reason: str, sentence: str) -> None:
    """Once the sample is settled."""
    if not reason and settled(inspection).is_settled:
        raise SampleRefused(sentence, "reason")


@transaction.atomic
def lock_sample(*, by: User, inspection: Inspection) -> SampleLock:
    """From now on a change needs a reason. Raises SampleRefused while the sample is not whole."""
    inspection = locked(inspection)
    children, needed = sample_of(inspection).filter(kind=Kind.CHILD), inspection.kind.multi_agency_discussions
    if lock := settled(inspection).lock:
        raise SampleRefused(f"{lock.locked_by.name} has locked the sample already")
    if not children:
        raise SampleRefused("No children's cases have been drawn yet. Draw the sample, then lock it")
    if not enough_discussions(inspection, sum(case.is_macd for case in children)):
        cases = f"{WORDS.get(needed, needed)} cases for multi-agency case discussion"
        raise SampleRefused(f"Choose exactly {cases}, then lock the sample")
    lock = SampleLock.objects.create(inspection=inspection, locked_at=clock.now(), locked_by=by)
    record(by=by, verb="locked the sample", inspection=inspection.ref, detail={"cases": sample_of(inspection).count()})
    return lock


@transaction.atomic
def group_victims(*, by: User, inspection: Inspection, groups: dict[str, int | None], reason: str = "") -> None:
    """`groups` by case reference; None is a file read without an interview. Raises SampleRefused."""
    inspection = locked(inspection)
    cases = {case.ref: case for case in sample_of(inspection).filter(kind=Kind.VICTIM)}
    refuse_strangers(groups, cases)
    if any(cases[ref].interview_group != group for ref, group in groups.items()):
        _refuse_unexplained(inspection, reason, "Say why the interviews change")
    for ref, group in groups.items():
        cases[ref].interview_group = group
    _refuse_crowds(cases.values(), cases_an_interview(inspection))
    Case.objects.bulk_update(cases.values(), ["interview_group"])
    detail: dict[str, object] = {"groups": groups} | ({"reason": reason} if reason else {})
    record(by=by, verb="grouped victims' cases", inspection=inspection.ref, detail=detail)


def refuse_strangers(refs: Iterable[str], cases: Collection[str]) -> None:
    if strangers := [ref for ref in refs if ref not in cases]:
        raise SampleRefused(f"The sample has no {in_words(strangers)} any more. Open this page again")


def _refuse_crowds(cases: Iterable[Case], most: int) -> None:
    interviews = defaultdict(list)
    for case in cases:
        if case.interview_group:
            interviews[case.interview_group].append(case)
    for members in interviews.values():
        if len(members) > most:
            covers = f"A victim worker interview covers up to {WORDS.get(most, most)} cases"
            raise SampleRefused(f"{covers}. Move one to another interview")
        if len({case.row.worker for case in members}) > 1:
            refs = in_words([case.ref for case in members])
            raise SampleRefused(f"An interview is with one victim worker. {refs} are cases of different workers")
