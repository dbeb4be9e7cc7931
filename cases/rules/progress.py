"""How far case reads have come: one section, one case, one reader, one day, all of them."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from cases.rules.answers import CaseForm, Kept

NOT_STARTED = "Not yet started"
IN_PROGRESS = "In progress"
INTERVIEWED = "Interviewed"
SENT = "Sent"
CHECKED = "Checked"
ALL_ANSWERED = "All answered"
OPTIONAL = "Optional"


@dataclass(frozen=True)
class Progress:
    """`answered` of `asked` questions of one case, how far the rest has come, and the day by which it should be sent.

    `interview` is the day for which its interview is booked.
    """

    ref: str
    kind: str
    reader: str
    answered: int
    asked: int
    sent_on: date | None
    due: date
    checked: bool = False
    interview: date | None = None
    interviewed: bool = False

    @property
    def sent(self) -> bool:
        return self.sent_on is not None

    @property
    def state(self) -> str:
        if self.sent:
            return CHECKED if self.checked else SENT
        if self.interviewed:
            return INTERVIEWED
        return IN_PROGRESS if self.answered else NOT_STARTED

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down, so that 100 means all of it."""
        return 100 * self.answered // self.asked if self.asked else 0

    def is_behind(self, today: date) -> bool:
        return not self.sent and self.due < today


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
    interviewed: int
    checked: int
    planned: int
    behind: int

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


def summary(name: str, rows: Iterable[Progress], today: date) -> Summary:
    """`planned` are the reads that should have been sent before today, `behind` those of them that were not.

    Each case is in one of the states; `sent` counts also what was checked after that.
    """
    rows = list(rows)
    states = [row.state for row in rows]
    return Summary(
        name=name,
        cases=len(rows),
        not_started=states.count(NOT_STARTED),
        in_progress=states.count(IN_PROGRESS),
        sent=sum(row.sent for row in rows),
        answered=sum(row.answered for row in rows),
        asked=sum(row.asked for row in rows),
        interviewed=states.count(INTERVIEWED),
        checked=states.count(CHECKED),
        planned=sum(row.due < today for row in rows),
        behind=sum(row.is_behind(today) for row in rows),
    )


def by_reader(rows: Iterable[Progress], today: date) -> list[Summary]:
    """In the order of names; cases without a reader come first, for they need somebody."""
    found: dict[str, list[Progress]] = {}
    for row in rows:
        found.setdefault(row.reader, []).append(row)
    return [summary(reader, found[reader], today) for reader in sorted(found)]


def due_day(interview: date | None, complete: date, working_day_after: Callable[[date], date]) -> date:
    """The day by which a read should be sent: the working day after its interview, at the latest when case data are
    complete. Ours, for nothing is published (docs/rules/progress.md)."""
    return complete if interview is None else min(working_day_after(interview), complete)


@dataclass(frozen=True)
class DayProgress:
    """One day of fieldwork: interviews and reads, as planned and as done, and reads up to its end."""

    day: date
    interviews: int
    held: int
    planned: int
    sent: int
    planned_so_far: int
    sent_so_far: int

    @property
    def missing(self) -> int:
        return max(0, self.planned_so_far - self.sent_so_far)


def by_day(rows: Iterable[Progress], days: Iterable[date]) -> list[DayProgress]:
    """What was sent on a day that is not listed is in the figures up to the next."""
    rows = list(rows)
    return [
        DayProgress(
            day=day,
            interviews=sum(row.interview == day for row in rows),
            held=sum(row.interview == day and row.interviewed for row in rows),
            planned=sum(row.due == day for row in rows),
            sent=sum(row.sent_on == day for row in rows),
            planned_so_far=sum(row.due <= day for row in rows),
            sent_so_far=sum(row.sent_on is not None and row.sent_on <= day for row in rows),
        )
        for day in days
    ]


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
