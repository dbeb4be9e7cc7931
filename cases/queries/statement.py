"""How the sample was made, from the list to the cases in it: everything that it takes to check it or draw it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models import Case, CaseloadList, CaseloadRow, Draw
from cases.queries.caseload import case_kind, eligible_rows, lists_of, problem_rows
from cases.queries.draws import GROUPS, Choice, choice, targets_of
from cases.queries.sample import Settled, sample_of, settled
from cases.rules.sampling import Share
from cases.rules.targets import Target
from inspections.models import Inspection
from standards.schema import SampleLimit


@dataclass(frozen=True)
class ListUsed:
    """A list that a sample was drawn from, and the rows that could not be drawn."""

    caseload: CaseloadList
    rows: int
    eligible: int
    left_out: Sequence[CaseloadRow]


@dataclass(frozen=True)
class DrawTold:
    """One draw; `targets` of every group where there are groups."""

    draw: Draw
    groups: Sequence[str]
    targets: Sequence[Target]
    cases: Sequence[Case]

    @property
    def was_set(self) -> bool:
        return bool(self.draw.targets)

    @property
    def left(self) -> list[tuple[list[str], Case]]:
        """The references of those that left together, and one of them."""
        found: dict[tuple[object, str], list[Case]] = {}
        for case in self.cases:
            if case.left_at:
                found.setdefault((case.left_at, case.left_reason), []).append(case)
        return [([case.ref for case in cases], cases[0]) for cases in found.values()]


@dataclass(frozen=True)
class OfKind:
    """Of children's or of victims' cases. Draws are in the order in which they were made."""

    choice: Choice
    lists: Sequence[ListUsed]
    draws: Sequence[DrawTold]

    @property
    def limit(self) -> SampleLimit:
        return self.choice.limit

    @property
    def differing(self) -> list[tuple[str, Share]]:
        return [(each.title, share) for each in self.choice.comparisons for share in each.differing]


@dataclass(frozen=True)
class Statement:
    kinds: Sequence[OfKind]
    discussed: Sequence[str]
    settled: Settled


def statement(inspection: Inspection) -> Statement:
    return Statement(
        kinds=[_of_kind(inspection, kind.code) for kind in inspection.standards.case_kinds],
        discussed=[case.ref for case in sample_of(inspection) if case.is_macd],
        settled=settled(inspection),
    )


def _of_kind(inspection: Inspection, kind: str) -> OfKind:
    chosen = choice(inspection, kind)
    draws = [line.draw for line in reversed(chosen.draws)]
    used = list({draw.caseload_id: draw.caseload for draw in draws}.values())
    if chosen.caseload and not used:
        used = [chosen.caseload]
    return OfKind(
        choice=chosen,
        lists=[_list(inspection, caseload) for caseload in used],
        draws=[_draw(inspection, draw) for draw in draws],
    )


def _list(inspection: Inspection, caseload: CaseloadList) -> ListUsed:
    found = lists_of(inspection).get(pk=caseload.pk)
    left_out = list(problem_rows(caseload).only("number", "problem", "left_out_reason", "caseload"))
    return ListUsed(found, len(left_out) + eligible_rows(caseload).count(), eligible_rows(caseload).count(), left_out)


def _draw(inspection: Inspection, draw: Draw) -> DrawTold:
    titles = GROUPS[case_kind(inspection, draw.kind).code]
    cases = draw.cases.select_related("row").defer("row__name").order_by("pk")
    return DrawTold(
        draw, [titles[group] for group in draw.groups], targets_of(draw) if draw.groups else [], list(cases)
    )
