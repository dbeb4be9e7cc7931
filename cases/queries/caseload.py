"""What is read about the lists that a service sends."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from cases.models import CaseloadList, CaseloadRow, Kind, WorkType
from cases.rules.caseload import ParsedRow
from cases.rules.columns import COLUMNS, FAMILY_NAME, Column
from cases.rules.comparing import shown
from inspections.models import Inspection
from standards.schema import CaseKind

SHOWN_ROWS = 20
WAITS = "Waiting to be checked"
SHOWN_PROBLEMS = 200
COUNTS = {
    "row_count": Count("rows"),
    "problem_count": Count("rows", filter=~Q(rows__problem="")),
    "left_out_count": Count("rows", filter=~Q(rows__problem="") & ~Q(rows__left_out_reason="")),
}
ROW_ELSEWHERE = re.compile(r" the same as in row \d+$")


def case_kind(inspection: Inspection, kind: str) -> CaseKind:
    """What the standards call this kind of case. Raises Http404 for a kind that they do not have."""
    found = {case_kind.code: case_kind for case_kind in inspection.standards.case_kinds}
    if kind not in found or kind not in Kind.values:
        raise Http404
    return found[kind]


def lists_of(inspection: Inspection) -> QuerySet[CaseloadList]:
    """Newest first, with their counts and who sent and accepted them."""
    return (
        CaseloadList.objects.filter(inspection=inspection)
        .select_related("inspection", "document", "uploaded_by", "accepted_by")
        .annotate(**COUNTS)
        .order_by("kind", "-number")
    )


def accepted_list(inspection: Inspection, kind: str) -> CaseloadList | None:
    """The list in force: the latest that was accepted."""
    accepted = CaseloadList.objects.filter(inspection=inspection, kind=kind, accepted_at__isnull=False)
    return accepted.order_by("-number").first()


def eligible_rows(caseload: CaseloadList) -> QuerySet[CaseloadRow]:
    """Those without a problem, in the order of the file."""
    return caseload.rows.filter(problem="").order_by("number")


def problem_rows(caseload: CaseloadList) -> QuerySet[CaseloadRow]:
    return caseload.rows.exclude(problem="").order_by("number")


@dataclass(frozen=True)
class Sent:
    """A list with its counts and its state in words; only one list of a kind is in force."""

    caseload: CaseloadList
    title: str
    state: str
    rows: int
    problems: int
    left_out: int

    @property
    def without_reason(self) -> int:
        """Rows with problems of which nobody has said why they are left out."""
        return self.problems - self.left_out

    @property
    def usable(self) -> int:
        return self.rows - self.problems

    @property
    def receipt(self) -> str:
        """What the service can name the list by: YI-27-001-C2 is the second list of children's cases."""
        return f"{self.caseload.inspection.ref}-{self.caseload.kind[0].upper()}{self.caseload.number}"


def with_state(inspection: Inspection, lists: Iterable[Any]) -> list[Sent]:
    """`lists` come from lists_of, with their counts."""
    found = list(lists)
    in_force = {item.kind: item.number for item in sorted(found, key=_number) if item.accepted_at}
    titles = {kind.code: kind.plural.capitalize() for kind in inspection.standards.case_kinds}
    return [
        Sent(
            caseload=item,
            title=titles[item.kind],
            state=_state(item.number, in_force.get(item.kind, 0)),
            rows=item.row_count,
            problems=item.problem_count,
            left_out=item.left_out_count,
        )
        for item in found
    ]


def _number(caseload: CaseloadList) -> int:
    return caseload.number


def _state(number: int, in_force: int) -> str:
    if number == in_force:
        return "Accepted"
    return "Superseded" if number < in_force else WAITS


def kinds_with_columns(inspection: Inspection) -> list[tuple[CaseKind, Sequence[Column]]]:
    """Which lists are asked for, and what is in them."""
    return [(kind, COLUMNS[kind.code]) for kind in inspection.standards.case_kinds]


@dataclass(frozen=True)
class Cells:
    """Rows of a list as a page shows them, a cell for each column that a list may have."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


def cells_of(rows: Iterable[ParsedRow | CaseloadRow], kind: str, *, with_names: bool) -> Cells:
    """Of names only the initials, but for whoever may see them."""
    columns = [column for column in COLUMNS[kind] if column != FAMILY_NAME]
    headings = ["Row", "Problem", *(column.words.capitalize() for column in columns)]
    return Cells(headings, [(row.number, list(_cells(row, columns, with_names))) for row in rows])


def _cells(row: ParsedRow | CaseloadRow, columns: Iterable[Column], with_names: bool) -> Iterator[str]:
    yield row.problem
    for column in columns:
        value = getattr(row, column.field)
        if column.field == "name" and not with_names:
            yield initials(value)
        elif column.field == "work_type":
            yield WorkType(value).label if value else ""
        else:
            yield value if isinstance(value, str) else "" if value is None else shown(value)


def initials(name: str) -> str:
    return " ".join(f"{part[0]}." for part in name.split())


@dataclass(frozen=True)
class Problem:
    """One kind of problem, whichever rows have it."""

    words: str
    rows: int
    without_reason: int


def problems_by_kind(caseload: CaseloadList) -> list[Problem]:
    """The most frequent first."""
    every, open_ones = Counter[str](), Counter[str]()
    for said, reason in problem_rows(caseload).values_list("problem", "left_out_reason"):
        every.update(kinds := kinds_of(said))
        open_ones.update(kinds if not reason else ())
    return [Problem(words, count, open_ones[words]) for words, count in every.most_common()]


def kinds_of(problem: str) -> set[str]:
    """The kinds of problem that a row has. Which row it repeats, and words that were cut, make no kind of their own."""
    whole = (said for said in problem.split("; ") if said[-1] != "…")
    return {ROW_ELSEWHERE.sub(" the same as in an earlier row", said) for said in whole}


def rows_with(caseload: CaseloadList, kinds: Iterable[str]) -> list[int]:
    """The numbers of the rows that have one of these kinds of problem, and no reason yet."""
    wanted = set(kinds)
    rows = problem_rows(caseload).filter(left_out_reason="").values_list("number", "problem")
    return [number for number, problem in rows if wanted & kinds_of(problem)]


@dataclass(frozen=True)
class Checked:
    """What is seen of one list. `first` are its first rows, None for whoever may not see names."""

    sent: Sent
    problems: Sequence[CaseloadRow]
    first: Cells | None

    @property
    def more_problems(self) -> int:
        """How many are not shown."""
        return self.sent.problems - len(self.problems)

    @property
    def waits(self) -> bool:
        return self.sent.state == WAITS


def sent_list(inspection: Inspection, kind: str, number: int) -> Sent:
    """Raises Http404."""
    sent = with_state(inspection, lists_of(inspection).filter(kind=kind))
    found = next((item for item in sent if item.caseload.number == number), None)
    if found is None:
        raise Http404
    return found


def checked(inspection: Inspection, kind: str, number: int, *, with_names: bool) -> Checked:
    """Without its problems, which have pages. Raises Http404."""
    sent = sent_list(inspection, kind, number)
    rows = sent.caseload.rows.all()[:SHOWN_ROWS] if with_names else None
    first = cells_of(rows, kind, with_names=True) if rows is not None else None
    return Checked(sent, [], first)


def sent_by_service(inspection: Inspection) -> list[Checked]:
    """What people of the service sent themselves, with the problems of each list and nobody's name."""
    contacts = set(inspection.service.contacts.values_list("person", flat=True))
    sent = [item for item in with_state(inspection, lists_of(inspection)) if item.caseload.uploaded_by_id in contacts]
    problems: dict[int, list[CaseloadRow]] = {item.caseload.pk: [] for item in sent}
    place = Window(RowNumber(), partition_by=F("caseload"), order_by="number")
    rows = CaseloadRow.objects.filter(caseload__in=problems).exclude(problem="").only("caseload", "number", "problem")
    for row in rows.annotate(place=place).filter(place__lte=SHOWN_PROBLEMS).order_by("caseload", "number"):
        problems[row.caseload_id].append(row)
    return [Checked(item, problems[item.caseload.pk], None) for item in sent]
