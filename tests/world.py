"""One inspection at a given stage, with everything that has come about by then, and an inspection of another service
that is none of its people's business. Every secret in it is a string that occurs nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.http import HttpResponse
from psycopg import sql

from accounts import clock
from accounts.models import User
from cases.models import (
    Answer,
    AnswerVersion,
    Case,
    Concern,
    Interview,
    InterviewNote,
    Kind,
    KnownWorker,
    ListUpload,
    Note,
    NoteVersion,
    Query,
    QueryMessage,
    Source,
    Told,
)
from cases.queries.calendars import digest_of
from cases.rules.caseload import parse
from documents.actions import keep
from inspections.actions.inspections import plan_timeline
from inspections.holidays import bank_holidays
from inspections.models import (
    CalendarFeed,
    DateChange,
    EvidenceFile,
    Inspection,
    Interest,
    Leave,
    Membership,
    Slot,
)
from ratings.actions.meetings import freeze, start
from ratings.actions.outcomes import tell_service
from ratings.actions.signatures import sign
from ratings.actions.snapshots import compute
from ratings.models import Meeting
from ratings.queries.meetings import meeting_or_404, page_state
from ratings.views.pack import build as build_pack
from tests.access import SECRETS, STAGES
from tests.cases.test_rules_caseload import children
from tests.discussing import discuss
from tests.evidence import send_evidence
from tests.factories import inspection_with_team, sampled_cases, slot
from tests.people import People
from tests.preparing import elsewhere, prepare
from tests.ratings.given import CHILDREN, REASON, answered, decided
from tests.routes import Route
from tests.secret_text import secret_text
from tests.voicing import Voices, hear

QUESTION = "2.1.1"
SLOTS = {
    "cases:slot",
    "cases:change-slot",
    "cases:cancel-slot",
    "cases:slot-outcome",
    "cases:ask-for-change",
    "cases:slot-calendar-file",
}
TOPICS = {"cases:add-card", "cases:draft-finding"}
TOKEN = "a-calendar-of-the-lead"
PARTS = {"cases:write-discussion": "notes", "inspections:person-part": "when"}  # "agencies" is one of a review
OWNED = frozenset({"case_ref", "meeting", "slot"})  # parts of addresses that say whose something is
READERS = ("lead", "assistant", "assessor")
SECOND_READER = "quality"  # reads the sender's case again
SENDER = "second_assistant"  # has sent their case, so that it counts
COMPUTED = [
    ("ratings_snapshot", "result", "jsonb"),
    ("ratings_snapshot", "evidence", "jsonb"),
    ("ratings_snapshot", "overall", "text"),
    ("ratings_meeting", "record", "jsonb"),
    ("ratings_meeting", "evidence", "jsonb"),
    ("ratings_decision", "value", "text"),
]
TURN_ROUND = """
UPDATE {} SET {} = replace(
  regexp_replace({}::text, 'good|requires_improvement|outstanding', 'inadequate', 'g'), '"yes"', '"no"')::{}
"""


@dataclass(frozen=True)
class Secret:
    """`of` is whose case it is in; "" where it belongs to the inspection as a whole."""

    kind: str
    of: str
    text: bytes


@dataclass(frozen=True)
class World:
    stage: str
    inspection: Inspection
    place: Membership
    change: DateChange
    evidence: EvidenceFile
    slot: Slot
    interview: Slot
    interest: Interest
    known: KnownWorker
    cases: dict[str, Case]
    queries: dict[str, int]
    voices: Voices
    paper: int
    secrets: tuple[Secret, ...]

    def owners(self, route: Route, person: str) -> tuple[str, ...]:
        """Whose things this person tries at the address: another's and their own; one "" where nobody owns any."""
        if route.name == "inspections:end-interest":
            return ("stranger",)
        if OWNED.isdisjoint(route.parts):
            return ("",)
        another = next(reader for reader in READERS if reader != person)
        return (another, person) if person in self.cases else (another,)

    def address(self, route: str, reader: str) -> dict[str, object]:
        """What the addresses of the product are filled with."""
        return {
            "ref": self.inspection.ref,
            "case_ref": self.cases[reader].ref if reader in self.cases else "",
            "token": TOKEN,
            "kind": "showcase" if route == "cases:visit" else Kind.CHILD,
            "slot": self.voices.slots.get(reader, 0),
            "meeting": self.voices.meetings.get(reader, 0),
            "theme": self.voices.theme,
            "contact": self.voices.contact,
            "action": self.voices.action,
            "survey": self.voices.survey,
            "asked": 1,
            "card": self.voices.card,
            "finding": self.voices.finding,
            "topic": "V1.2" if route in TOPICS else QUESTION,
            "day": self.inspection.fieldwork_start.isoformat(),
            "number": 1,
            "section": "2.1",
            "query": self.queries.get(reader, 0),
            "question": QUESTION,
            "part": PARTS.get(route, "agencies"),
            "paper": self.paper,
            "node": f"{QUESTION}/{self.cases[SENDER].ref}",
            "step": "planning_meeting",
            "document": self.evidence.document_id,
            "pk": self.number(route, reader),
        }

    def number(self, route: str, reader: str) -> int:
        if route == "inspections:end-interest":
            return self.interest.pk
        if route in {"inspections:agree-date", "inspections:drop-date"}:
            return self.change.pk
        if route == "cases:answer-request":
            return self.slot.requests.get().pk
        if route == "inspections:service-figures":
            return self.inspection.service_id
        if route == "inspections:cancel-leave":
            return Leave.objects.get().pk
        if route in SLOTS:
            return self.slot.pk
        if route == "cases:interview-prep":
            return self.interview.pk
        if route == "inspections:end-contact":
            return self.inspection.service.contacts.get(place=1).pk
        if route in {"inspections:person-part", "inspections:remove-person"}:
            return self.inspection.people_to_meet.get(name="Worker 3").pk
        if route == "cases:end-known-worker":
            return self.known.pk
        if reader in self.cases and (concern := self.cases[reader].concerns.first()):
            return concern.pk
        return self.place.pk

    def turn_ratings_round(self) -> None:
        """Whatever was computed or decided is now inadequate."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # past the triggers that keep records
            for table, column, kind in COMPUTED:
                names = (sql.Identifier(name) for name in (table, column, column, kind))
                cursor.execute(sql.SQL(TURN_ROUND).format(*names))
            cursor.execute("SET LOCAL session_replication_role = origin")

    def secrets_in(self, response: HttpResponse) -> list[Secret]:
        said = response.content + repr(sorted(response.items())).encode()
        return [secret for secret in self.secrets if secret.text in said]


def build(people: People, stage: str) -> World:
    """`stage` and the rows that an inspection at it has."""
    inspection = inspection_with_team(people, stage=stage, inspection_type="iyjs")
    plan_timeline(inspection, inspection.standards, bank_holidays())
    cases, queries, voices = sample(people, inspection), {}, Voices()
    paper = discuss(people.contact, cases["lead"])
    if reached(stage, "fieldwork"):
        for reader, case in cases.items():
            answer(getattr(people, reader), case)
            worry(getattr(people, reader), case)
            note(getattr(people, reader), case)
        send(cases[SENDER])
        queries = {reader: ask(people.quality, case, reader) for reader, case in cases.items()}
        voices = hear(people, inspection, cases)
        compute(inspection_id=inspection.pk)
    if reached(stage, "rating"):
        meet(people, inspection)
    for uploader in ("lead", "contact"):
        upload(getattr(people, uploader), inspection)
    elsewhere(people, stage)
    met = prepare(people, inspection)
    CalendarFeed.objects.create(person=people.lead, digest=digest_of(TOKEN), made_at=clock.now())
    return World(
        stage=stage,
        inspection=inspection,
        change=later_publication(people.lead, inspection),
        slot=met,
        evidence=send_evidence(people, inspection),
        interview=interviewed(people, inspection, cases),
        place=inspection.memberships.get(person=people.member),
        interest=people.stranger.interests.get(),
        known=know_worker(people.assistant, inspection),
        cases=cases,
        queries=queries,
        voices=voices,
        paper=paper,
        secrets=tuple(secret for secret in secrets(cases) if secret.kind in SECRETS),
    )


def interviewed(people: People, inspection: Inspection, cases: dict[str, Case]) -> Slot:
    """One interview about the cases of several readers, on which each of their notes was written."""
    begins, about = clock.now() + timedelta(hours=1), [cases[reader] for reader in READERS]
    booked = slot(inspection, begins, people=[people.assistant], met=["Worker 2"], cases=about, kind="case_manager")
    notes = Note.objects.filter(case__in=about)
    held = Interview.objects.create(slot=booked) if notes else None
    InterviewNote.objects.bulk_create(
        InterviewNote(interview=held, note=note, item=note.pk, topic=QUESTION) for note in notes
    )
    return booked


def later_publication(by: User, inspection: Inspection) -> DateChange:
    """Asked for and not agreed to yet."""
    step = inspection.timeline.get(step="publication")
    day = step.anticipated + timedelta(days=7)
    moves = [[step.step, step.anticipated.isoformat(), day.isoformat()]]
    asked = {"why": "people", "reason": "Away", "asked_at": clock.now(), "asked_by": by}
    return DateChange.objects.create(inspection=inspection, step=step, day=day, moves=moves, **asked)


def reached(stage: str, needed: str) -> bool:
    return STAGES.index(stage) >= STAGES.index(needed)


def sample(people: People, inspection: Inspection) -> dict[str, Case]:
    """One child's case for each of the readers, its name a secret."""
    readers = (*READERS, SENDER)
    cases = dict(zip(readers, sampled_cases(inspection, Kind.CHILD, len(readers)), strict=True))
    for reader, case in cases.items():
        case.reader = getattr(people, reader)
        case.save()
        case.row.name = secret_text("name", reader)
        case.row.save()
    first = cases[SENDER]
    same = {"inspection": inspection, "kind": first.kind, "row": first.row, "draw": first.draw}
    second = Case.reads.create(ref=f"{first.ref}-2", reader=people.quality, second_of=first, **same)
    return cases | {SECOND_READER: second}


def upload(by: User, inspection: Inspection) -> None:
    """A file whose columns this person is matching, with the names of the children of the sample and another list."""
    names = [{"name": secret_text("name", reader)} for reader in (*READERS, SENDER)]
    content = children(*names)
    document = keep(by=by, purpose="caseload", label="list.csv", content=content, kept=False)
    parsed = parse(content, Kind.CHILD, clock.today())
    fields = {"headings": list(parsed.headings), "matching": dict(parsed.matching)}
    ListUpload.objects.create(
        inspection=inspection, kind=Kind.CHILD, document=document, uploaded_at=clock.now(), uploaded_by=by, **fields
    )


def ask(by: User, case: Case, reader: str) -> int:
    query = Query.objects.create(case=case, question=QUESTION, asked_at=clock.now(), asked_by=by)
    QueryMessage.objects.create(query=query, at=clock.now(), by=by, text=secret_text("query", reader), answer_version=1)
    return query.pk


def answer(by: User, case: Case) -> None:
    written = Answer.objects.create(
        case=case,
        inspection=case.inspection,
        question=QUESTION,
        is_key=True,
        value="yes",
        evidence=secret_text("evidence", name_of(by)),
        version=1,
        changed_at=clock.now(),
        changed_by=by,
    )
    AnswerVersion.objects.create(
        answer=written,
        version=1,
        value=written.value,
        evidence=written.evidence,
        at=written.changed_at,
        by=by,
        save_id=uuid4(),
    )


def worry(by: User, case: Case) -> None:
    """A concern, as whoever reads the case would raise it."""
    seen = secret_text("concern", name_of(by))
    Concern.objects.create(case=case, once=uuid4(), seen=seen, told=Told.NOT_YET, raised_at=clock.now(), raised_by=by)


def know_worker(by: User, inspection: Inspection) -> KnownWorker:
    """Of a worker whose name is on no case."""
    written = {"inspection": inspection, "worker": "Nobody's worker", "kind": "work", "declared_at": clock.now()}
    return KnownWorker.objects.create(person=by, declared_by=by, **written)


def note(by: User, case: Case) -> None:
    written = {"text": secret_text("note", name_of(by)), "source": Source.RECORD, "questions": [QUESTION], "version": 1}
    now = clock.now()
    made = Note.objects.create(case=case, created_at=now, created_by=by, changed_at=now, changed_by=by, **written)
    NoteVersion.objects.create(note=made, struck=False, at=now, by=by, save_id=uuid4(), **written)


def send(case: Case) -> None:
    case.sent_at, case.sent_by = clock.now(), case.reader
    case.save()


def meet(people: People, inspection: Inspection) -> None:
    """The meeting has decided and frozen; by the later stages it is signed off, and the service told."""
    stage = inspection.stage
    move(inspection, "rating")
    victim = sampled_cases(inspection, Kind.VICTIM, 1, sent_at=clock.now(), sent_by=people.assistant)[0]
    answered([victim], {"V1.1": "y"}, people.assistant)
    children = inspection.cases.filter(kind=Kind.CHILD)
    children.update(sent_at=clock.now(), sent_by=people.assistant)
    answered(children, dict.fromkeys(CHILDREN[1:], "yyyy"), people.assistant)
    meeting = start(inspection=inspection, by=people.lead)
    decided(meeting, people.chair, **DECISIONS)
    freeze(meeting=meeting, by=people.chair)
    build_pack(inspection, people.lead)
    if reached(stage, "signed"):
        sign_off(meeting, people)
    if reached(stage, "told"):
        tell_service(inspection=inspection, told_on=clock.today(), told_how="In a call", by=people.lead)
    move(inspection, stage)


DECISIONS = {"V1_2": "yes", "V1": "good", "_1_1": "good", "_1_2": "good", "_1_3": "good"}


def move(inspection: Inspection, stage: str) -> None:
    Inspection.objects.filter(pk=inspection.pk).update(stage=stage)
    inspection.refresh_from_db()


def sign_off(meeting: Meeting, people: People) -> None:
    for person in (people.chair, people.lead):
        sign(meeting=meeting, shown=page_state(meeting_or_404(meeting.inspection)), by=person)


def name_of(person: User) -> str:
    return person.email.partition("@")[0]


def secrets(cases: dict[str, Case]) -> Iterator[Secret]:
    yield Secret("reason", "", REASON.encode())
    yield Secret("review", "", secret_text("review", "lead").encode())
    yield Secret("write_up", "", secret_text("write_up", "lead").encode())
    yield Secret("review_draft", "", secret_text("review_draft", "lead").encode())
    yield Secret("name_read_twice", "", secret_text("name", SENDER).encode())
    for kind in ("theme", "views", "paper", "card", "finding"):
        yield Secret(kind, "", secret_text(kind, "").encode())
    for reader in READERS:
        yield Secret("name", reader, secret_text("name", reader).encode())
    for kind in ("evidence", "concern", "note", "query", "meeting"):
        for reader in cases:
            yield Secret(kind, reader, secret_text(kind, reader).encode())
