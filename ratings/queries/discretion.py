"""Where people, not arithmetic, chose: what the discretion record shows of one meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.queries.findings import Stated, findings_of
from inspections.models import Inspection
from ratings.models import DiscretionKind, DiscretionNote, Meeting
from ratings.queries.meetings import Agenda, AgendaItem
from ratings.rules.decision_rules import DEPARTED, RuleState, rule_states
from standards.schema import Rule, Standard

RULE_OF_KIND = {"answer": "answer", "choice": "choice", "panel": "panel"}


@dataclass(frozen=True)
class Choice:
    """One item that people decided or have still to decide, with the rule that leaves it to them."""

    found: AgendaItem
    rule: Rule

    @property
    def options(self) -> str:
        return ", ".join(label for _, label in self.found.item.options)


@dataclass(frozen=True)
class Advice:
    """A decision rule as it stands now, and why the panel departs from it."""

    state: RuleState
    override: DiscretionNote | None

    @property
    def waits(self) -> bool:
        return self.state.state == DEPARTED and self.override is None


@dataclass(frozen=True)
class Discretion:
    """`stated` is the latest word that none was used; it stands while no decision rule is departed from."""

    choices: list[Choice]
    advice: list[Advice]
    wishes: list[DiscretionNote]
    stated: DiscretionNote | None
    by_arithmetic: tuple[Standard, ...]

    @property
    def is_used(self) -> bool:
        return any(each.state.state == DEPARTED for each in self.advice)

    @property
    def unexplained(self) -> list[str]:
        return [each.state.rule.code for each in self.advice if each.waits]


def discretion_of(agenda: Agenda) -> Discretion:
    standards, meeting = agenda.standards, agenda.meeting
    notes = list(meeting.discretion_notes.select_related("by").order_by("pk"))
    overrides = {note.rule: note for note in notes if note.kind == DiscretionKind.OVERRIDE}
    stated = [note for note in notes if note.kind == DiscretionKind.NONE]
    kind = agenda.evidence.inspection_type
    return Discretion(
        choices=[Choice(found, standards.rules[RULE_OF_KIND[found.item.kind]]) for found in agenda.items],
        advice=[Advice(state, overrides.get(state.rule.code)) for state in states_of(agenda)],
        wishes=[note for note in notes if note.kind == DiscretionKind.WISH],
        stated=stated[-1] if stated else None,
        by_arithmetic=tuple(found for found in standards.rated(kind) if found.rated_from == "cases_lowest"),
    )


def states_of(agenda: Agenda) -> tuple[RuleState, ...]:
    decided = {found.item.code: found.item.standing for found in agenda.items if found.item.standing}
    return rule_states(agenda.standards, agenda.result(), decided)


def has_stated(meeting: Meeting) -> bool:
    """Whether the latest word on discretion, wishes apart, is that none was used."""
    latest = meeting.discretion_notes.exclude(kind=DiscretionKind.WISH).order_by("-pk").first()
    return latest is not None and latest.kind == DiscretionKind.NONE


def findings_by_item(inspection: Inspection) -> dict[str, list[Stated]]:
    """The agreed findings about each item that the panel decides."""
    found: dict[str, list[Stated]] = {}
    for stated in findings_of(inspection):
        if stated.is_agreed:
            found.setdefault(stated.topic.code, []).append(stated)
    return found


def as_it_stood(findings: Sequence[Stated]) -> list[list[object]]:
    return [[each.finding.number, each.finding.version, each.said.statement] for each in findings]
