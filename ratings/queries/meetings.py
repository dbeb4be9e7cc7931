"""One inspection's rating meeting: what is decided, what is still open, what its figures are, what changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from cases.models import Value
from inspections.models import Inspection
from ratings.models import Decision, DiscretionNote, Meeting, Signature
from ratings.queries import evidence as answers
from ratings.rules import Result, Tally, rate
from ratings.rules.evidence import CountedAnswer, Evidence, evidence_from_json, tallies_of
from ratings.rules.meeting import Item, items, rating_input
from ratings.rules.record import record_of, replacing
from standards.schema import Standards


def versions_of(inspection: Inspection) -> QuerySet[Meeting]:
    """Every version of its meeting, the latest first, with decisions and signatures."""
    decisions = Prefetch("decisions", Decision.objects.select_related("decided_by").order_by("pk"))
    signatures = Prefetch("signatures", Signature.objects.select_related("person").order_by("pk"))
    meetings = Meeting.objects.select_related("started_by", "frozen_by").filter(inspection=inspection)
    return meetings.prefetch_related(decisions, signatures).order_by("-number")


def meeting_of(inspection: Inspection) -> Meeting | None:
    """The latest version of the inspection's meeting."""
    meeting = versions_of(inspection).first()
    if meeting:
        meeting.inspection = inspection
    return meeting


def meeting_or_404(inspection: Inspection) -> Meeting:
    meeting = meeting_of(inspection)
    if meeting is None:
        raise Http404
    return meeting


@dataclass(frozen=True)
class AgendaItem:
    """One item with the decision that stands; `superseded` is the latest where it no longer stands.

    `seen` names the latest decision that this item hangs on: whoever decides says which they had seen.
    """

    item: Item
    decision: Decision | None
    superseded: Decision | None
    seen: int
    note: str = ""


class Agenda:
    """A meeting's stamped evidence and its decisions, put through the rules. Pure once the meeting is read."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.standards: Standards = meeting.inspection.standards
        self.evidence: Evidence = evidence_from_json(meeting.evidence)

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        return tallies_of(self.standards, self.evidence)

    @cached_property
    def latest(self) -> dict[str, Decision]:
        """By item. Decisions come in the order in which they were taken."""
        return {decision.item: decision for decision in self.meeting.decisions.all()}

    @property
    def decided(self) -> dict[str, str]:
        return {item: decision.value for item, decision in self.latest.items()}

    @cached_property
    def items(self) -> tuple[AgendaItem, ...]:
        kind = self.evidence.inspection_type
        return tuple(map(self._agenda_item, items(self.standards, kind, self.tallies, self.decided)))

    def _agenda_item(self, item: Item) -> AgendaItem:
        latest = self.latest.get(item.code)
        seen = max((found.pk for found in self._of_standard(item.standard)), default=0)
        stands = latest if item.standing else None
        return AgendaItem(item, stands, None if stands else latest, seen, self._note(item, stands))

    def _of_standard(self, standard: str) -> list[Decision]:
        codes = {standard, *(question.code for question in self.standards.standard(standard).key_questions)}
        return [decision for decision in self.latest.values() if decision.item in codes]

    def _note(self, item: Item, stands: Decision | None) -> str:
        later = [found for found in self._of_standard(item.standard) if stands and found.pk > stands.pk]
        if item.kind != "choice" or not later:
            return ""
        return f"{later[0].item} was answered again after this choice. The choice is still permitted."

    def item(self, code: str) -> AgendaItem:
        """Raises KeyError."""
        return {found.item.code: found for found in self.items}[code]

    @property
    def open_items(self) -> list[AgendaItem]:
        return [found for found in self.items if not found.decision]

    def result(self) -> Result:
        kind = self.evidence.inspection_type
        return rate(self.standards, rating_input(self.standards, kind, self.tallies, self.decided))

    def record(self) -> dict[str, Any]:
        meeting = self.meeting
        decisions = map(decision_to_json, meeting.decisions.all())
        found = record_of(meeting.inspection.ref, meeting.number, meeting.evidence_digest, decisions, self.result())
        notes = [note_to_json(note) for note in meeting.discretion_notes.order_by("pk")]
        found |= {"discretion": notes} if notes else {}
        if meeting.replaces is None:
            return found
        return replacing(found, record_digest=meeting.replaces.record_digest, because=meeting.because)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """What was left empty is not in it, so that a record from before there were findings stays as it was."""
    more = {"findings": decision.findings, "dissent": decision.dissent}
    return {name: value for name, value in more.items() if value} | {
        "item": decision.item,
        "value": decision.value,
        "reason": decision.reason,
        "decided_at": decision.decided_at.isoformat(),
        "decided_by": decision.decided_by_id,
    }


def note_to_json(note: DiscretionNote) -> dict[str, Any]:
    said = {name: getattr(note, name) for name in ("kind", "rule", "standard", "wanted", "reason")}
    return said | {"at": note.at.isoformat(), "by": note.by_id}


def recomputed(meeting: Meeting) -> dict[str, Any]:
    """The record as stamped evidence and decisions give it today: equal to what was signed unless somebody tampered."""
    return Agenda(meeting).record()


def agenda_with(inspection: Inspection, kind: str) -> Agenda:
    """For the pages that decide items of this kind. Http404 where there is no meeting yet or it has no such item."""
    agenda = Agenda(meeting_or_404(inspection))
    if any(found.item.kind == kind for found in agenda.items):
        return agenda
    raise Http404


@dataclass(frozen=True)
class Change:
    """An answer that is no longer what was stamped. `before` or `now` is None where there is no counting answer."""

    case: str
    question: str
    before: CountedAnswer | None
    now: CountedAnswer | None

    @property
    def key(self) -> str:
        return f"{self.case} {self.question}"

    @property
    def words(self) -> str:
        if self.before and self.now and self.before.value == self.now.value:
            return f"{value_label(self.now)}, with other words of evidence"
        return f"{value_label(self.before)}, now {value_label(self.now)}"


def value_label(answer: CountedAnswer | None) -> str:
    return str(Value(answer.value).label) if answer else "not counted"


def changed_since(meeting: Meeting) -> list[Change]:
    """What no longer is as it was stamped. It moves no figure of the meeting."""
    stamped = evidence_from_json(meeting.evidence)
    before = {(answer.case, answer.question): answer for answer in stamped.answers}
    now = {(answer.case, answer.question): answer for answer in current(meeting.inspection)}
    keys = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
    return [Change(*key, before.get(key), now.get(key)) for key in keys]


def changes_to_show(meeting: Meeting) -> list[Change]:
    """As `changed_since`, without reading a single answer where none can have changed."""
    same = meeting.inspection.evidence_version == meeting.evidence_version
    return [] if same else changed_since(meeting)


def current(inspection: Inspection) -> Iterator[CountedAnswer]:
    """As `evidence.to_stamp` would take them now."""
    found: Any = answers.counting(inspection.pk).filter(case__sent_at__isnull=False)
    for values in found.values("question", "value", "version", "na_reason", case_ref=answers.CASE_REF):
        yield CountedAnswer(values.pop("case_ref"), **values)


def page_state(meeting: Meeting) -> dict[str, Any]:
    """What a sign-off page shows, small enough to travel with it: compared again when somebody signs."""
    return {
        "version": meeting.number,
        "record": meeting.record_digest,
        "decisions": {decision.item: decision.pk for decision in meeting.decisions.all()},
        "changes": {change.key: change.now.version if change.now else 0 for change in changed_since(meeting)},
    }


def differences(shown: Mapping[str, Any], now: Mapping[str, Any], then: str = "sign") -> list[str]:
    """One sentence for each thing that is not as the page showed it, with what to do `then`."""
    if shown["version"] != now["version"]:
        return [f"The ratings were opened again after you opened this page. Read the new version, then {then}"]
    cases = moved(shown["changes"], now["changes"])
    found = [f"{case} changed after you opened this page. Read the change, then {then}" for case in first_words(cases)]
    decided = moved(shown["decisions"], now["decisions"])
    found += [
        f"{item} was decided again after you opened this page. Read the decision, then {then}" for item in decided
    ]
    if not found and shown["record"] != now["record"]:
        found = [f"The record changed after you opened this page. Read it again, then {then}"]
    return found


def moved(shown: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in shown.keys() | now.keys() if shown.get(key) != now.get(key))


def first_words(keys: list[str]) -> list[str]:
    return list(dict.fromkeys(key.split()[0] for key in keys))


def signature_of(meeting: Meeting, person_id: int) -> Signature | None:
    return next((signature for signature in meeting.signatures.all() if signature.person_id == person_id), None)
