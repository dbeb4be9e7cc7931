"""What is read about the interviews of cases: the slot, who may see which of its cases, topics, notes and ticks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from accounts import clock
from accounts.models import User
from cases.models import (
    TOOK_PLACE,
    Answer,
    Case,
    Interview,
    InterviewNote,
    Note,
    Query,
    Source,
    TopicCovered,
)
from cases.queries.answers import content_of as answer_of
from cases.queries.answers import form_of
from cases.queries.cases import may, pairing
from cases.queries.notes import kept_note
from cases.queries.timetable import with_bookings
from cases.rules.answers import Content
from cases.rules.interviews import FOR_ALL, LOOSE, OTHER, Timing, Topic, open_topics, standing_topics
from cases.rules.notes import KeptNote
from cases.rules.timetable import clock_words, day_words
from inspections import access
from inspections.models import Inspection, Slot
from inspections.queries import parties_of, relations
from standards.schema import Interview as Wanted


def wanted_for(inspection: Inspection, kind: str) -> Wanted | None:
    """The interview of the standards about this kind of case."""
    return next((each for each in inspection.standards.interviews if each.case_kind == kind), None)


def interview_kinds(inspection: Inspection) -> tuple[str, ...]:
    return tuple(each.code for each in inspection.standards.interviews)


def slots_about(case: Case) -> list[Slot]:
    """The interviews booked for a case. First the one in question: the next without an outcome, or the last."""
    slots = Slot.objects.filter(covered__case=case, standing=True, kind__in=interview_kinds(case.inspection))
    found = list(with_bookings(slots).select_related("interview"))
    for slot in found:
        slot.inspection = case.inspection
    waiting = [slot for slot in found if not slot.outcome]
    first = waiting[0] if waiting else found[-1] if found else None
    return [first, *(slot for slot in found if slot is not first)] if first else []


def slot_about(case: Case) -> Slot | None:
    return next(iter(slots_about(case)), None)


def interview_words(case: Case) -> str:
    """How it stands, for a list: Booked for Tuesday 8 June, 2pm."""
    slot = slot_about(case)
    if slot is None:
        return "Not booked"
    interview, begins = interview_of(slot), local(slot.period.lower)
    if interview and interview.outcome:
        return interview.get_outcome_display()
    if slot.outcome:
        return slot.get_outcome_display()
    if interview and interview.started_at:
        return f"Started at {clock_words(local(interview.started_at))}"
    return f"Booked for {day_words(begins.date())}, {clock_words(begins)}"


def interview_of(slot: Slot) -> Interview | None:
    return slot.interview if hasattr(slot, "interview") else None


def cases_of(person: User, slot: Slot) -> list[Case]:
    """Those that it covers and this person may see, with what they are to each."""
    cases = (
        Case.reads.filter(slot_cases__slot=slot)
        .select_related("row", "reader", "sent_by")
        .annotate(**relations(person, "inspection", "inspection__service"), **pairing(person))
        .order_by("ref")
    )
    found = []
    for case in cases:
        case.inspection = slot.inspection
        case.inspection.parties = parties_of(person, case)
        if may(person, case, access.SEE_CASE):
            found.append(case)
    return found


def is_writable(person: User, case: Case) -> bool:
    """Whether this person writes notes about it now: its reader, until it is sent."""
    return may(person, case, access.READ_CASE) and not (case.sent_at or case.left_at)


def timing_of(slot: Slot) -> Timing:
    """In the zone of the service's clocks."""
    wanted = next(each for each in slot.inspection.standards.interviews if each.code == slot.kind)
    interview = interview_of(slot)
    if interview is None or (interview.outcome and interview.outcome not in TOOK_PLACE):
        return Timing(None, None, wanted.minutes)
    started, finished = (moment and local(moment) for moment in (interview.started_at, interview.finished_at))
    return Timing(started, finished, wanted.minutes)


def local(moment: datetime) -> datetime:
    return moment.astimezone(clock.LONDON)


@dataclass(frozen=True)
class Said:
    """A text that was noted on a topic, as the latest of its notes has it."""

    item: UUID
    note: KeptNote
    cases: tuple[str, ...]


@dataclass(frozen=True)
class CaseTopics:
    """What there is to talk about one case; None as the case: what is asked for all of them at once."""

    case: Case | None
    topics: Sequence[Topic]
    covered: frozenset[str] = frozenset()
    said: dict[str, list[Said]] = field(default_factory=dict)


def topics_for(cases: Sequence[Case], slot: Slot | None = None) -> list[CaseTopics]:
    """Of each case, then those that are the same for all: apart where the interview covers several cases."""
    interview = interview_of(slot) if slot else None
    several = slot is not None and len(slot.covered.all()) > 1
    ticks, said = _ticks(interview), _said(interview, cases, several)
    loose, queried, answers = _loose(cases), _queried(cases), _answers(cases)
    standing = _standing(cases)
    found = []
    for case in cases:
        key = case.pk
        used = ticks[key] | {topic for topic, of_case in said[key].items() if of_case}
        topics = open_topics(form_of(case), answers[key], queried[key], loose[key], used)
        topics += [*([] if several else standing), _other(case.ref if several else "")]
        found.append(CaseTopics(case, topics, frozenset(ticks[key]), said[key]))
    if several:
        shared = [*standing, Topic(FOR_ALL, "Anything else about all of these cases")]
        found.append(CaseTopics(None, shared, frozenset(ticks[None]), said[None]))
    return found


def known_topics(case: Case) -> set[str]:
    """The codes that a topic of this case can have. What was open when a page was drawn may be answered by now."""
    return {*form_of(case).questions, OTHER, LOOSE, FOR_ALL, *(topic.code for topic in _standing([case]))}


def is_about_all(slot: Slot, case: Case, topic: str) -> bool:
    """Whether it is talked about once for all cases of the interview."""
    shared = {FOR_ALL, *(each.code for each in _standing([case]))}
    return len(slot.covered.all()) > 1 and topic in shared


def _other(ref: str) -> Topic:
    return Topic(OTHER, f"Anything else about {ref}" if ref else "Anything else")


def _standing(cases: Sequence[Case]) -> list[Topic]:
    if not cases:
        return []
    inspection, wanted = cases[0].inspection, wanted_for(cases[0].inspection, cases[0].kind)
    topics = inspection.standards.topics(wanted.code) if wanted else ()
    return standing_topics(topics, [form_of(case) for case in cases])


def _answers(cases: Iterable[Case]) -> dict[int, dict[str, Content]]:
    found: dict[int, dict[str, Content]] = defaultdict(dict)
    for answer in Answer.objects.filter(case__in=cases):
        found[answer.case_id][answer.question] = answer_of(answer)
    return found


def _queried(cases: Iterable[Case]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Query.objects.filter(case__in=cases, closed_at__isnull=True).values_list("case_id", "question")
    for case, question in rows:
        found[case].add(question)
    return found


def _loose(cases: Iterable[Case]) -> dict[int, list[str]]:
    """What was noted while reading and is linked to no question."""
    found: dict[int, list[str]] = defaultdict(list)
    notes = Note.objects.filter(case__in=cases, questions=[], struck_at__isnull=True).exclude(source=Source.INTERVIEW)
    for case, text in notes.order_by("created_at", "id").values_list("case_id", "text"):
        found[case].append(text)
    return found


def _ticks(interview: Interview | None) -> dict[int | None, set[str]]:
    found: dict[int | None, set[str]] = defaultdict(set)
    if interview:
        rows = TopicCovered.objects.filter(interview=interview).values_list("case_id", "topic")
        for case, topic in rows:
            found[case].add(topic)
    return found


def _said(interview: Interview | None, cases: Sequence[Case], several: bool) -> dict[int | None, dict[str, list[Said]]]:
    """By case and topic, in the order of their writing, struck out ones too; under None what is about all cases."""
    found: dict[int | None, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    if interview is None:
        return found
    rows = InterviewNote.objects.filter(interview=interview, note__case__in=cases)
    together: dict[UUID, list[InterviewNote]] = defaultdict(list)
    for row in rows.select_related("note__changed_by", "note__case").order_by("note__created_at", "id"):
        together[row.item].append(row)
    shared = {topic.code for topic in _standing(cases)} | {FOR_ALL} if several else set()
    for item, group in together.items():
        latest = max((row.note for row in group), key=lambda note: note.version)
        place = None if group[0].topic in shared else latest.case_id
        refs = tuple(row.note.case.ref for row in group)
        found[place][group[0].topic].append(Said(item, kept_note(latest), refs))
    return found
