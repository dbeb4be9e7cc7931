"""What is noticed in the texts of a case. Names of an inspection's lists are held for a few minutes, never longer."""

import time
from dataclasses import dataclass, field
from hashlib import sha256

from cases.models import Case, CaseloadRow
from cases.rules.answers import Content
from cases.rules.identifiers import Warned, warnings
from cases.rules.names import Names, names_of

HELD_SECONDS = 300
HELD_INSPECTIONS = 20
HELD_FINDINGS = 20_000


@dataclass(frozen=True)
class Held:
    names: Names
    until: float
    findings: dict[bytes, tuple[Warned, ...]] = field(default_factory=dict)


_held: dict[int, Held] = {}


def noticed(case: Case, content: Content) -> tuple[Warned, ...]:
    """In the evidence and the reasons of one answer. Most of the time it costs no statement."""
    text = "\n".join(filter(None, (content.evidence, content.despite_reason, content.change_reason)))
    return found_in(text, held_for(case.inspection_id)) if text.strip() else ()


def found_in(text: str, held: Held) -> tuple[Warned, ...]:
    """Looked for once in the same text. Only its digest is held."""
    digest = sha256(text.encode()).digest()
    if digest not in held.findings:
        if len(held.findings) >= HELD_FINDINGS:
            held.findings.clear()
        held.findings[digest] = warnings(text, held.names)
    return held.findings[digest]


def names_on_lists(inspection_id: int) -> Names:
    """Of the children and victims on every list of it that was accepted."""
    return held_for(inspection_id).names


def held_for(inspection_id: int) -> Held:
    held = _held.get(inspection_id)
    if held and held.until > time.monotonic():
        return held
    rows = CaseloadRow.objects.filter(caseload__inspection=inspection_id, caseload__accepted_at__isnull=False)
    names = names_of(rows.exclude(name="").values_list("name", flat=True).distinct())
    _forget_old()
    held = _held[inspection_id] = Held(names, time.monotonic() + HELD_SECONDS)
    return held


def _forget_old() -> None:
    now = time.monotonic()
    for key, held in list(_held.items()):
        if held.until <= now:
            _held.pop(key, None)
    while len(_held) >= HELD_INSPECTIONS:
        _held.pop(next(iter(_held)), None)
