"""What was said in meetings and by children, parents and carers, each with its secret in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from accounts import clock
from cases.actions.findings import Seen, Statement, add_card, draft_finding
from cases.actions.surveys import import_survey, keep_survey
from cases.models import (
    CatchUpAction,
    Contact,
    Direction,
    MeetingNote,
    Step,
    Theme,
)
from cases.rules.surveys import read_sheet
from inspections.models import (
    Inspection,
)
from tests.factories import slot
from tests.people import People
from tests.secret_text import secret_text


@dataclass(frozen=True)
class Voices:
    """What was said in meetings and by children, parents and carers: keys, each 0 before fieldwork."""

    slots: dict[str, int] = field(default_factory=dict)
    meetings: dict[str, int] = field(default_factory=dict)
    theme: int = 0
    contact: int = 0
    action: int = 0
    survey: int = 0
    card: int = 0
    finding: int = 0


def find(people: People, inspection: Inspection) -> tuple[int, int]:
    """A card and a finding that rests on it: their numbers."""
    seen = Seen("V1.2", "V1.2a", "meeting", "The board", secret_text("card", ""), "strength", "some")
    card = add_card(by=people.lead, inspection=inspection, once=uuid4(), seen=seen)
    said = Statement(secret_text("finding", ""), "strength", "some", (card,))
    made = {"inspection": inspection, "topic": "V1.2", "once": uuid4(), "said": said}
    return card.number, draft_finding(by=people.lead, **made).number


def hear(people: People, inspection: Inspection, readers: Iterable[str]) -> Voices:
    """Each reader attended a meeting and wrote its notes; a theme of a catch-up, an action and a contact."""
    now, day, by = clock.now(), inspection.fieldwork_start, people.lead
    begins = datetime(day.year, day.month, day.day, 14, tzinfo=clock.LONDON)
    made = {"inspection": inspection, "made_at": now, "made_by": by}
    slots, meetings = {}, {}
    for reader in readers:
        held = slot(inspection, begins, people=[getattr(people, reader)], kind="showcase", title="Showcase")
        notes = {"slot": held, "kind": held.kind, "held_on": day, "text": secret_text("meeting", reader)}
        note = MeetingNote.objects.create(**made, **notes, changed_at=now, changed_by=by)
        slots[reader], meetings[reader] = held.pk, note.pk
    views = secret_text("views", "")
    said = {"step": Step.CONTACT, "channel": "telephone", "day": day, "children": 1, "views": views}
    theme = {"standard": "2.1", "direction": Direction.STRENGTH, "text": secret_text("theme", ""), "day": day}
    return Voices(
        slots,
        meetings,
        Theme.objects.create(**made, **theme).pk,
        Contact.objects.create(**made, **said, once=uuid4()).pk,
        CatchUpAction.objects.create(**made, day=day, text="Ask again", owner=by).pk,
        survey(people, inspection),
        *find(people, inspection),
    )


def survey(people: People, inspection: Inspection) -> int:
    """One was imported, and each of the team is checking another."""
    content = f"What helped?,Safe?\n{secret_text('views', '')},Yes\n,Yes\n".encode()
    sheet = read_sheet(content)
    kept = {"inspection": inspection, "label": "answers.csv", "sheet": sheet}
    first = keep_survey(by=people.lead, content=content, **kept)
    found = import_survey(by=people.lead, upload=first, sheet=sheet)
    for reader in (people.lead, people.deputy, people.assistant, people.second_assistant):
        keep_survey(by=reader, content=content + b"\n", **kept)
    return found.pk
