"""One list beside the one before it, and beside the list of the other kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from cases.models import CaseloadList, CaseloadRow, Kind
from cases.queries.caseload import Sent, accepted_list
from cases.rules.caseload import ParsedRow
from cases.rules.comparing import Difference, What, differences, doubles, on_both, without_child
from inspections.models import Inspection

FIELDS = [field.name for field in fields(ParsedRow) if field.name != "problems"]
LABELS = {
    What.GONE: "Gone",
    What.NEW: "New",
    What.CHANGED: "Changed",
    What.TWICE: "Perhaps twice on this list",
    What.BOTH: "Perhaps on both lists",
    What.NO_CHILD: "Child not on the children\N{RIGHT SINGLE QUOTATION MARK}s list",
}


@dataclass(frozen=True)
class Compared:
    """`before` is the list that this one would take the place of, `beside` the one of the other kind."""

    before: CaseloadList | None
    beside: CaseloadList | None
    found: Sequence[Difference]

    @property
    def counts(self) -> list[tuple[What, str, int]]:
        """What there is to see, with how many."""
        every = Counter(item.what for item in self.found)
        return [(what, label, every[what]) for what, label in LABELS.items() if every[what]]

    def only(self, what: str) -> list[tuple[str, Difference]]:
        """With the word for each; all of them where there is no such kind."""
        wanted = {what} if what in LABELS else set(LABELS)
        return [(LABELS[item.what], item) for item in self.found if item.what in wanted]


def compared(inspection: Inspection, sent: Sent, *, with_names: bool) -> Compared:
    caseload = sent.caseload
    before, beside = _before(caseload), _beside(inspection, caseload)
    rows = parsed_rows(caseload)
    found = list(differences(parsed_rows(before), rows, caseload.kind)) if before else []
    found += doubles(rows)
    if beside:
        others = parsed_rows(beside)
        children, victims = (rows, others) if caseload.kind == Kind.CHILD else (others, rows)
        found += on_both(children, victims)
        found += without_child(children, victims) if caseload.kind == Kind.VICTIM else ()
    return Compared(before, beside, found if with_names else [item.without_names() for item in found])


def _before(caseload: CaseloadList) -> CaseloadList | None:
    """The last that was accepted before it; where none was, the last that came before it."""
    earlier = CaseloadList.objects.filter(
        inspection=caseload.inspection_id, kind=caseload.kind, number__lt=caseload.number
    ).order_by("-number")
    return earlier.filter(accepted_at__isnull=False).first() or earlier.first()


def _beside(inspection: Inspection, caseload: CaseloadList) -> CaseloadList | None:
    """The list of the other kind that is in force; where none is, the last that came."""
    other = Kind.VICTIM if caseload.kind == Kind.CHILD else Kind.CHILD
    last = inspection.caseload_lists.filter(kind=other).order_by("-number").first()
    return accepted_list(inspection, other) or last


def parsed_rows(caseload: CaseloadList) -> list[ParsedRow]:
    """As they were read from the file."""
    rows = CaseloadRow.objects.filter(caseload=caseload).order_by("number").values_list(*FIELDS)
    return [ParsedRow(*row) for row in rows]
