"""How far case reads have come: one section, one case, one reader, all of them."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from cases.rules.answers import CaseForm, Kept

NOT_STARTED = "Not yet started"
IN_PROGRESS = "In progress"
SENT = "Sent"
ALL_ANSWERED = "All answered"
OPTIONAL = "Optional"


@dataclass(frozen=True)
class Progress:
    """`answered` of `asked` questions of one case."""

    ref: str
    kind: str
    reader: str
    answered: int
    asked: int
    sent: bool

    @property
    def state(self) -> str:
        if self.sent:
            return SENT
        return IN_PROGRESS if self.answered else NOT_STARTED

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down, so that 100 means all of it."""
        return 100 * self.answered // self.asked if self.asked else 0


@dataclass(frozen=True)
class Summary:
    """Of the cases of one reader, or of one kind, or of all."""

    name: str
    cases: int
    not_started: int
    in_progress: int
    sent: int
    answered: int
    asked: int

    @property
    def sent_words(self) -> str:
        return f"{self.sent} of {counted(self.cases, 'case')} sent"

    @property
    def answered_words(self) -> str:
        return f"{self.answered} of {counted(self.asked, 'question')} answered"

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 0


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(name: str, rows: Iterable[Progress]) -> Summary:
    rows = list(rows)
    states = [row.state for row in rows]
    return Summary(
        name=name,
        cases=len(rows),
        not_started=states.count(NOT_STARTED),
        in_progress=states.count(IN_PROGRESS),
        sent=states.count(SENT),
        answered=sum(row.answered for row in rows),
        asked=sum(row.asked for row in rows),
    )


def by_reader(rows: Iterable[Progress]) -> list[Summary]:
    """In the order of names; cases without a reader come first, for they need somebody."""
    found: dict[str, list[Progress]] = {}
    for row in rows:
        found.setdefault(row.reader, []).append(row)
    return [summary(reader, found[reader]) for reader in sorted(found)]


@dataclass(frozen=True)
class SectionProgress:
    code: str
    title: str
    answered: int
    asked: int
    needed: bool = True

    @property
    def state(self) -> str:
        if self.answered == self.asked:
            return ALL_ANSWERED
        if self.answered:
            return IN_PROGRESS
        return NOT_STARTED if self.needed else OPTIONAL


def answered_codes(form: CaseForm, answers: Mapping[str, Kept]) -> set[str]:
    """Of the questions that the form asks."""
    asked = form.questions
    return {code for code, kept in answers.items() if code in asked and asked[code].answered_by(kept.content)}


def section_progress(form: CaseForm, answered: Set[str]) -> list[SectionProgress]:
    return [
        SectionProgress(section.code, section.title, len(answered & codes), len(codes), section.counts)
        for section in form.sections
        for codes in [{question.code for question in section.questions}]
    ]
