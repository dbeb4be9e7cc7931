"""What an interview about a case is prepared with, how long it may last, and what it came to."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from cases.rules.answers import CaseForm, Content, Group, Question, Section
from cases.rules.timetable import clock_words, length_words
from standards.schema import InterviewTopic

OTHER, LOOSE, FOR_ALL = "other", "notes", "for-all"
"""Codes of topics that belong to no question: anything else, what was noted, anything else about all cases."""

LONGEST_LOOSE = 300


@dataclass(frozen=True)
class Topic:
    """Something to talk about. Notes on it are linked to `questions`; `why` says what makes it a topic.

    `section` is where its question is asked; "" for a topic that is no open question.
    """

    code: str
    title: str
    questions: tuple[str, ...] = ()
    why: str = ""
    asks: tuple[str, ...] = ()
    section: str = ""


def standing_topics(topics: Iterable[InterviewTopic], forms: Sequence[CaseForm]) -> list[Topic]:
    """What every such interview asks, where at least one of its cases asks the question."""
    return [
        Topic(topic.code, topic.title, (topic.question,), asks=topic.asks)
        for topic in topics
        if any(topic.question in form.questions for form in forms)
    ]


def open_topics(
    form: CaseForm,
    answers: Mapping[str, Content],
    asked_about: Collection[str],
    loose: Sequence[str],
    used: Container[str],
) -> list[Topic]:
    """The open questions of one case in the order in which they are asked, then its notes without a question.

    `asked_about`: questions with an open query. `loose`: texts of notes that are linked to nothing. `used`: codes of
    topics that something was noted or ticked on; they stay, whatever became of their question.
    """
    found = [
        topic
        for section in form.sections
        if section.counts
        for group in section.groups
        for topic in _group_topics(section, group, answers, asked_about, used)
    ]
    if loose or LOOSE in used:
        texts = tuple(text if len(text) <= LONGEST_LOOSE else f"{text[:LONGEST_LOOSE]}…" for text in loose)
        found.append(Topic(LOOSE, "Notes that are not linked to a question", why="You wrote them down", asks=texts))
    return found


def _group_topics(
    section: Section, group: Group, answers: Mapping[str, Content], asked_about: Collection[str], used: Container[str]
) -> list[Topic]:
    """A group of which nothing is answered is one topic; otherwise each of its open questions is one."""
    questions = [*group.prompts, *([group.key] if group.key else [])]
    begun = any(each.answered_by(answers.get(each.code, Content())) for each in questions)
    if group.key and group.prompts and not begun and not any(each.code in used for each in group.prompts):
        asks = tuple(f"{each.code} {each.text}" for each in group.prompts)
        title = f"{section.title}: {group.key.label[:1].lower()}{group.key.label[1:]}"
        return [Topic(group.key.code, title, (group.key.code,), "Nothing is answered yet", asks, section.code)]
    found = []
    for each in questions:
        why = _why(each, answers.get(each.code, Content()), asked_about)
        if why or each.code in used:
            found.append(Topic(each.code, each.text, (each.code,), why or "Answered since", section=section.code))
    return found


def _why(question: Question, answer: Content, asked_about: Collection[str]) -> str:
    """A key question that nobody answered is a judgement to make, and nothing to ask anybody."""
    reasons = []
    if not question.is_key and not question.answered_by(answer):
        reasons.append("Not answered yet")
    if answer.value == "no":
        reasons.append("Answered No")
    if question.code in asked_about:
        reasons.append("Somebody asks about this answer")
    return ". ".join(reasons)


def new_item(slot: int, case: str, topic: str, number: int) -> UUID:
    """The id of the next note on a topic. The same until there is one, so that a text kept on a computer finds it."""
    return uuid5(NAMESPACE_URL, f"interview {slot} {case} {topic} {number}")


def of_case(item: UUID, case: str) -> UUID:
    """Of a text that is kept with several cases, the id that it has with this one."""
    return uuid5(item, case)


def asked_of(form: CaseForm, questions: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in questions if code in form.questions)


# --- time ---


@dataclass(frozen=True)
class Timing:
    """From when to when, in one zone, and the limit of the standards in minutes."""

    started: datetime | None
    finished: datetime | None
    limit: int

    @property
    def ends(self) -> datetime | None:
        return self.started + timedelta(minutes=self.limit) if self.started else None

    def over(self, now: datetime) -> int:
        """By how many whole minutes it is longer than it may be."""
        if self.started is None:
            return 0
        return max(0, (((self.finished or now) - self.started) // timedelta(minutes=1)) - self.limit)

    def words(self, now: datetime) -> str:
        if self.started is None:
            return f"It can last up to {length_words(self.limit)}."
        if self.finished is None:
            return f"Started at {clock_words(self.started)}. It can last until {clock_words(self.ends or now)}."
        taken = (self.finished - self.started) // timedelta(minutes=1)
        return f"Held from {clock_words(self.started)} to {clock_words(self.finished)}, {length_words(taken)}."

    def over_words(self, now: datetime) -> str:
        over = self.over(now)
        return f"It overran by {length_words(over)}." if over else ""


def between(timing: Timing, started: datetime, finished: datetime) -> Timing:
    return replace(timing, started=started, finished=finished)


# --- what becomes of it ---


@dataclass(frozen=True)
class Result:
    """What is recorded of an interview. `took_place` ones have both times; the others say what comes next."""

    outcome: str
    started: datetime | None
    finished: datetime
    instead: str = ""
    next_step: str = ""
