"""What is read about the sample: who is in it, who left it, and how victims' cases are grouped."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from accounts import clock
from cases.models import Answer, Case, CaseloadRow, Kind, SampleLock
from cases.rules import sampling
from cases.rules.allocation import interview_groups
from cases.rules.progress import IN_PROGRESS, NOT_STARTED, SENT
from inspections.models import Inspection

ORDERS = {
    "kind": "Kind of case",
    "work_type": "Work type",
    "team": "Team",
    "worker": "Case manager or victim worker",
    "reader": "Reader",
    "state": "State",
}


def value_of(row: CaseloadRow, column: str, on: date) -> str:
    """What the row has in a column, in words."""
    if column == "work_type":
        return row.get_work_type_display() or sampling.NOT_RECORDED
    if column == "age_band":
        return sampling.age_band(row.date_of_birth, on)
    value = getattr(row, column)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value or sampling.NOT_RECORDED


def sample_of(inspection: Inspection) -> QuerySet[Case]:
    """The cases in the sample now, in the order of their references."""
    return _in_order(Case.objects.filter(inspection=inspection, left_at__isnull=True))


def left_sample(inspection: Inspection) -> QuerySet[Case]:
    return _in_order(Case.objects.filter(inspection=inspection, left_at__isnull=False))


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("row", "reader").order_by("kind", Length("ref"), "ref")


def answered(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.filter(Exists(Answer.objects.filter(case=OuterRef("pk"))))


@dataclass(frozen=True)
class Settled:
    """Whether a change of the sample needs a reason by now, and why."""

    lock: SampleLock | None
    on: date

    @property
    def is_settled(self) -> bool:
        return self.lock is not None or clock.today() >= self.on


def settled(inspection: Inspection) -> Settled:
    lock = SampleLock.objects.filter(inspection=inspection).select_related("locked_by").first()
    return Settled(lock, sampling.settles_on(inspection.fieldwork_start))


@dataclass(frozen=True)
class Listed:
    """One case as pages show it. It has no name of a child or a victim."""

    case: Case
    kind: str
    work_type: str
    sex: str
    age_band: str
    team: str
    worker: str
    reader: str
    state: str


def listed(cases: Iterable[Case], inspection: Inspection) -> list[Listed]:
    kinds = {kind.code: kind.plural.capitalize() for kind in inspection.standards.case_kinds}
    on = inspection.fieldwork_start
    return [
        Listed(
            case=case,
            kind=kinds[case.kind],
            work_type=value_of(case.row, "work_type", on) if case.kind == Kind.CHILD else kinds[case.kind],
            sex=value_of(case.row, "sex", on),
            age_band=value_of(case.row, "age_band", on),
            team=value_of(case.row, "team", on),
            worker=value_of(case.row, "worker", on),
            reader=case.reader.name if case.reader else "Nobody yet",
            state=_state(case),
        )
        for case in cases
    ]


def _state(case: Case) -> str:
    if case.sent_at:
        return SENT
    return IN_PROGRESS if case.started_at else NOT_STARTED


def children_of(inspection: Inspection) -> list[Listed]:
    return listed(sample_of(inspection).filter(kind=Kind.CHILD), inspection)


@dataclass(frozen=True)
class SamplePage:
    """`groups` under their headings; `by` is the fact that they are grouped by."""

    groups: Sequence[tuple[str, Sequence[Listed]]]
    left: Sequence[Listed]
    by: str
    counts: Sequence[tuple[str, int]]
    discussed: int
    waiting: int
    orders: Mapping[str, str]
    settled: Settled


def sample_page(inspection: Inspection, by: str, readers: Collection[int]) -> SamplePage:
    """An order that does not exist is that of the kinds of case. A case waits while none of the `readers` has it."""
    by = by if by in ORDERS else "kind"
    cases = listed(sample_of(inspection), inspection)
    groups: dict[str, list[Listed]] = {}
    for item in cases:
        groups.setdefault(getattr(item, by), []).append(item)
    return SamplePage(
        groups=sorted(groups.items()),
        left=listed(left_sample(inspection), inspection),
        by=by,
        counts=[
            (kind.plural.capitalize(), sum(item.case.kind == kind.code for item in cases))
            for kind in inspection.standards.case_kinds
        ],
        discussed=sum(item.case.is_macd for item in cases),
        waiting=sum(item.case.reader_id not in readers for item in cases),
        orders=ORDERS,
        settled=settled(inspection),
    )


def cases_an_interview(inspection: Inspection) -> int:
    """How many victims' cases one interview with a victim worker covers."""
    return inspection.standards.interview(Kind.VICTIM).cases


@dataclass(frozen=True)
class Interviews:
    """`rows` have each case with what stands in its box and what is wrong with that.

    `interviews` are numbers with their workers and cases.
    """

    rows: Sequence[tuple[Listed, str, str]]
    interviews: Sequence[tuple[str, str, Sequence[str]]]
    most: int
    suggested: bool


def interviews(
    inspection: Inspection, typed: Mapping[str, str], wrong: Mapping[str, str], *, suggest: bool
) -> Interviews:
    """As they are grouped, as they would be, or as somebody typed."""
    cases = listed(sample_of(inspection).filter(kind=Kind.VICTIM), inspection)
    most = cases_an_interview(inspection)
    boxes = {item.case.ref: str(item.case.interview_group or "") for item in cases}
    if suggest:
        found = interview_groups([(item.case.ref, item.worker) for item in cases], most)
        boxes = {ref: str(number) for ref, number in found.items()}
    boxes |= typed
    rows = [(item, boxes[item.case.ref], wrong.get(item.case.ref, "")) for item in cases]
    return Interviews(rows, _by_interview(rows), most, suggest)


def _by_interview(rows: Iterable[tuple[Listed, str, str]]) -> list[tuple[str, str, list[str]]]:
    found: dict[str, list[Listed]] = {}
    for item, number, problem in rows:
        if number and not problem:
            found.setdefault(number, []).append(item)
    numbers = sorted(found, key=lambda number: (len(number), number))
    return [
        (number, ", ".join(sorted({item.worker for item in found[number]})), [item.case.ref for item in found[number]])
        for number in numbers
    ]
