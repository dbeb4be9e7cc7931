"""What is read about the lists that a service sends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from cases.models import CaseloadList, CaseloadRow, Kind
from cases.rules.caseload import COLUMNS, Column
from inspections.models import Inspection
from standards.schema import CaseKind

SHOWN_ROWS = 20
SHOWN_PROBLEMS = 200
COUNTS = {
    "row_count": Count("rows"),
    "problem_count": Count("rows", filter=~Q(rows__problem="")),
}


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
        )
        for item in found
    ]


def _number(caseload: CaseloadList) -> int:
    return caseload.number


def _state(number: int, in_force: int) -> str:
    if number == in_force:
        return "Accepted"
    return "Superseded" if number < in_force else "Waiting to be checked"


def kinds_with_columns(inspection: Inspection) -> list[tuple[CaseKind, Sequence[Column]]]:
    """Which lists are asked for, and what is in them."""
    return [(kind, COLUMNS[kind.code]) for kind in inspection.standards.case_kinds]


@dataclass(frozen=True)
class Checked:
    """What is seen of one list. `first` are its first rows, None for whoever may not see names."""

    sent: Sent
    problems: Sequence[CaseloadRow]
    first: Sequence[CaseloadRow] | None

    @property
    def headings(self) -> list[str]:
        """Of the table of the first rows."""
        child = self.sent.caseload.kind == Kind.CHILD
        about = ["Local reference", "Name", "Date of birth", "Sex", "Ethnicity", "Work type" if child else "Child"]
        return ["Row", *about, "Team", "Case manager" if child else "Victim worker", "Start", "End", "Problem"]

    @property
    def more_problems(self) -> int:
        """How many are not shown."""
        return self.sent.problems - len(self.problems)


def checked(inspection: Inspection, kind: str, number: int, *, with_names: bool) -> Checked:
    """Raises Http404."""
    sent = with_state(inspection, lists_of(inspection).filter(kind=kind))
    found = next((item for item in sent if item.caseload.number == number), None)
    if found is None:
        raise Http404
    first = list(found.caseload.rows.all()[:SHOWN_ROWS]) if with_names else None
    return Checked(found, list(problem_rows(found.caseload)[:SHOWN_PROBLEMS]), first)


def sent_by_service(inspection: Inspection) -> list[Checked]:
    """What people of the service sent themselves, with the problems of each list and nobody's name."""
    contacts = set(inspection.service.contacts.values_list("person", flat=True))
    sent = [item for item in with_state(inspection, lists_of(inspection)) if item.caseload.uploaded_by_id in contacts]
    problems: dict[int, list[CaseloadRow]] = {item.caseload.pk: [] for item in sent}
    rows = CaseloadRow.objects.filter(caseload__in=problems).exclude(problem="").order_by("caseload", "number")
    for row in rows.only("caseload", "number", "problem"):
        problems[row.caseload_id].append(row)
    return [Checked(item, problems[item.caseload.pk][:SHOWN_PROBLEMS], None) for item in sent]
