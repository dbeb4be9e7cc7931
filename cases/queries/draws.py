"""What is read about drawing: from which list, within which limits, how the sample compares, and how it was drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Length

from cases.models import Case, CaseloadList, CaseloadRow, Draw
from cases.queries.caseload import accepted_list, case_kind, eligible_rows
from cases.queries.sample import sample_of, value_of
from cases.rules import sampling, targets
from cases.rules.sampling import Candidate, Share, Size, SizeRefused
from cases.rules.targets import Target
from inspections.models import Inspection
from standards.schema import CaseKind, SampleLimit

GROUPS = {
    "child": {
        "work_type": "Work type",
        "sex": "Sex",
        "ethnicity": "Ethnicity",
        "age_band": "Age when fieldwork starts",
        "care_experienced": "Care experience",
        "team": "Team",
        "worker": "Case manager",
    },
    "victim": {
        "sex": "Sex",
        "ethnicity": "Ethnicity",
        "age_band": "Age when fieldwork starts",
        "team": "Team",
        "worker": "Victim worker",
    },
}
USUAL_GROUPS = {"child": ["work_type", "sex"], "victim": ["worker"]}


def columns_of(inspection: Inspection, kind: str, chosen: Iterable[str]) -> list[str]:
    """What the standards demand comes first, whatever was chosen."""
    return sampling.columns(case_kind(inspection, kind).strata, chosen)


def candidate(row: CaseloadRow, columns: Iterable[str], on: date) -> Candidate:
    return Candidate(row.local_reference, tuple(value_of(row, column, on) for column in columns))


def limit_of(inspection: Inspection, kind: str) -> SampleLimit:
    return inspection.standards.sample_limit(kind, inspection.fieldwork_start)


def settled_size(inspection: Inspection, kind: str, asked: int, eligible: int) -> Size:
    """Within the limits of the standards. Raises SizeRefused."""
    limit, words = limit_of(inspection, kind), case_kind(inspection, kind)
    return sampling.settle_size(asked, eligible, limit.minimum, limit.maximum, words.plural)


def draws_of(inspection: Inspection, kind: str) -> QuerySet[Draw]:
    """Newest first, each with its cases."""
    return (
        Draw.objects.filter(inspection=inspection, kind=kind)
        .select_related("caseload", "drawn_by")
        .prefetch_related(Prefetch("cases", Case.objects.order_by(Length("ref"), "ref")))
        .order_by("-number")
    )


def drawn_again(draw: Draw) -> list[str]:
    """The service's references that the stored list, seed, size, groups and targets give: those that were drawn."""
    candidates = candidates_of(draw.caseload, draw.groups, draw.inspection.fieldwork_start)
    wanted = targets.read(draw.targets)
    drawn = sampling.draw(candidates, size_of(draw, len(candidates)), draw.seed, wanted)
    return [case.reference for case in drawn]


def size_of(draw: Draw, eligible: int) -> int:
    """How many cases it drew: all of them where its note says so."""
    return eligible if draw.note else min(draw.size, eligible)


def candidates_of(caseload: CaseloadList, groups: Sequence[str], on: date) -> list[Candidate]:
    return [candidate(row, groups, on) for row in eligible_rows(caseload)]


def plan(inspection: Inspection, kind: str, size: int, groups: Sequence[str]) -> list[Target]:
    """What a sample of this size would take from each group. Raises SizeRefused where there is nothing to set."""
    caseload = accepted_list(inspection, kind)
    columns = columns_of(inspection, kind, groups)
    candidates = candidates_of(caseload, columns, inspection.fieldwork_start) if caseload else []
    settled = settled_size(inspection, kind, size, len(candidates))
    if settled.note:
        raise SizeRefused(settled.note)
    found = targets.table(candidates, settled.cases)
    if len(found) > targets.MOST_GROUPS:
        raise targets.TooManyGroups(f"There are {len(found)} groups. Choose fewer columns to set a target for each")
    return found


def targets_of(draw: Draw) -> list[Target]:
    """Every group of a draw with what was taken from it and what its share is, rounded as the page of targets did."""
    candidates = candidates_of(draw.caseload, draw.groups, draw.inspection.fieldwork_start)
    wanted = targets.read(draw.targets)
    return targets.table(candidates, size_of(draw, len(candidates)), wanted, "" if wanted else draw.seed)


@dataclass(frozen=True)
class Comparison:
    """One column of the caseload beside the same of the sample."""

    title: str
    stratified: bool
    shares: Sequence[Share]

    @property
    def caption(self) -> str:
        return f"{self.title} (drawn in groups)" if self.stratified else self.title

    @property
    def differing(self) -> list[Share]:
        return [share for share in self.shares if share.difference]

    @property
    def caseload_rows(self) -> list[dict[str, object]]:
        """As the bars are drawn while there is no sample to compare with."""
        return [
            {
                "name": share.value,
                "percent": share.caseload_percent,
                "text": f"{share.caseload_percent}% ({share.caseload})",
            }
            for share in self.shares
        ]

    @property
    def rows(self) -> list[dict[str, object]]:
        """As the mirrored bars are drawn."""
        return [
            {
                "name": share.value,
                "left": share.caseload_percent,
                "right": share.sample_percent,
                "left_text": f"{share.caseload_percent}% ({share.caseload})",
                "right_text": f"{share.sample_percent}% ({share.sample})",
                "note": f"Exact share {share.exact}" + (f". {share.difference}" if share.difference else ""),
            }
            for share in self.shares
        ]


@dataclass(frozen=True)
class Drawn:
    """One draw as its line of the page tells it."""

    draw: Draw
    groups: Sequence[str]
    was_set: Sequence[Target]


@dataclass(frozen=True)
class Choice:
    """What the lead inspector chooses a sample from. `draws` are the newest first."""

    kind: CaseKind
    limit: SampleLimit
    caseload: CaseloadList | None
    eligible: int
    sampled: int
    comparisons: Sequence[Comparison]
    draws: Sequence[Drawn]

    @property
    def groups(self) -> Mapping[str, str]:
        return {code: title for code, title in GROUPS[self.kind.code].items() if code not in self.kind.strata}

    @property
    def demanded(self) -> list[str]:
        """Columns by which the standards always want groups."""
        return [GROUPS[self.kind.code][code] for code in self.kind.strata]

    @property
    def differences(self) -> list[str]:
        return [
            f"{each.title}, {share.value}: {share.difference}" for each in self.comparisons for share in each.differing
        ]

    @property
    def usual(self) -> dict[str, object]:
        """What the form starts with: the draw before, or the usual groups."""
        if self.draws:
            last = self.draws[0].draw
            return {"size": last.size, "groups": last.groups}
        return {"groups": USUAL_GROUPS[self.kind.code]}


def choice(inspection: Inspection, kind: str) -> Choice:
    """Compares with the list that the sample was drawn from, or else with the one that it would be drawn from."""
    words, caseload, draws = case_kind(inspection, kind), accepted_list(inspection, kind), draws_of(inspection, kind)
    rows = _rows(caseload)
    drawn_from = _rows(draws[0].caseload) if draws and draws[0].caseload != caseload else rows
    sample = [case.row for case in sample_of(inspection).filter(kind=kind)]
    titles = GROUPS[kind]
    return Choice(
        kind=words,
        limit=limit_of(inspection, kind),
        caseload=caseload,
        eligible=len(rows),
        sampled=len(sample),
        comparisons=_compared(kind, drawn_from, sample, inspection.fieldwork_start, draws[0].groups if draws else ()),
        draws=[Drawn(draw, [titles[group] for group in draw.groups], set_targets(draw)) for draw in draws],
    )


def set_targets(draw: Draw) -> list[Target]:
    """Those that the lead inspector set to something other than the caseload's share."""
    return [target for target in targets_of(draw) if target.was_set] if draw.targets else []


def _rows(caseload: CaseloadList | None) -> Sequence[CaseloadRow]:
    return list(eligible_rows(caseload).defer("name")) if caseload else []


def _compared(
    kind: str, caseload: Sequence[CaseloadRow], sample: Sequence[CaseloadRow], on: date, groups: Sequence[str]
) -> list[Comparison]:
    """Every column that the sample may be stratified by, those that it was first."""
    return [
        Comparison(
            title,
            code in groups,
            sampling.shares([value_of(row, code, on) for row in caseload], [value_of(row, code, on) for row in sample]),
        )
        for code, title in sorted(GROUPS[kind].items(), key=lambda column: column[0] not in groups)
    ]
