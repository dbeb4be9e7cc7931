"""The ratings as they stand: provisional from the latest snapshot, or the meeting's own from its stamp on."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inspections.models import Inspection
from ratings.models import Meeting, Snapshot
from ratings.queries import snapshots
from ratings.queries.meetings import Agenda, meeting_of
from ratings.rules import Node, node_from_json
from ratings.rules.evidence import Evidence, evidence_from_json
from ratings.rules.record import result_to_json

PROVISIONAL, STAMPED, FROZEN, SIGNED = "provisional", "stamped", "frozen", "signed"


@dataclass(frozen=True)
class Sent:
    """How far the reading of one kind of case has come."""

    plural: str
    sent: int
    sampled: int


@dataclass(frozen=True)
class Figures:
    """`agenda` is None while the figures are provisional; `stale` when the answers have moved on since."""

    inspection: Inspection
    state: str
    as_at: datetime
    version: int
    evidence: Evidence
    trace: Node
    agenda: Agenda | None = None
    stale: bool = False

    @property
    def sent(self) -> list[Sent]:
        found = ((kind.plural, self.evidence.sampled(kind.code)) for kind in self.inspection.standards.case_kinds)
        return [Sent(plural, sum(case.sent for case in cases), len(cases)) for plural, cases in found]

    @property
    def unsent(self) -> int:
        return sum(not case.sent for case in self.evidence.cases)


def figures_of(inspection: Inspection) -> Figures | None:
    """None where nothing has been computed yet."""
    if meeting := meeting_of(inspection):
        return of_meeting(inspection, meeting)
    snapshot = snapshots.latest(inspection.pk)
    return of_snapshot(inspection, snapshot) if snapshot else None


def of_snapshot(inspection: Inspection, snapshot: Snapshot) -> Figures:
    return Figures(
        inspection=inspection,
        state=PROVISIONAL,
        as_at=snapshot.computed_at,
        version=snapshot.evidence_version,
        evidence=evidence_from_json(snapshot.evidence),
        trace=without_forecast(node_from_json(snapshot.result["trace"])),
        stale=snapshot.evidence_version < inspection.evidence_version,
    )


def of_meeting(inspection: Inspection, meeting: Meeting) -> Figures:
    agenda = Agenda(meeting)
    return Figures(
        inspection=inspection,
        state=SIGNED if meeting.signed_at else FROZEN if meeting.frozen_at else STAMPED,
        as_at=meeting.started_at,
        version=meeting.evidence_version,
        evidence=agenda.evidence,
        trace=without_forecast(node_from_json(result_of(agenda)["trace"])),
        agenda=agenda,
    )


def result_of(agenda: Agenda) -> dict[str, Any]:
    """What was frozen, as it was frozen; until then, what the decisions so far give."""
    record = agenda.meeting.record
    return record["result"] if record else result_to_json(agenda.result())


def without_forecast(overall: Node) -> Node:
    """While a standard that counts is undecided, pages do not say what each choice would make of the overall rating."""
    if overall.value is not None:
        return overall
    total, *apart = overall.children
    return replace(overall, notes=(), children=(replace(total, words=overall.words), *apart))


def fixed_nodes(overall: Node) -> list[Node]:
    """The overall rating, the total, and every standard."""
    total, *apart = overall.children
    return [overall, total, *total.children, *(standard for node in apart for standard in node.children)]
