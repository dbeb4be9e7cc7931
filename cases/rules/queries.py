"""The states of a query and of a checked read, each with its meaning as the pages say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.rules.answers import CaseForm, Content, Kept, Question
from cases.rules.checking import gaps

OPEN, ANSWERED, CLOSED = "Query open", "Answered", "Closed"
STATES = {"open": OPEN, "answered": ANSWERED, "closed": CLOSED}
MEANINGS = {
    OPEN: "The reader has not replied yet.",
    ANSWERED: "The reader has replied or changed the answer. Whoever asked reads it, then asks again or closes it.",
    CLOSED: "Whoever asked is content. The query stays here, and nothing more is added to it.",
}
READING, SENT, CHECKED = "Reading", "Sent", "Checked"
CHECK_MEANINGS = {
    READING: "The reader has not sent it yet. There is nothing to check.",
    SENT: "The reader has sent it. At least one judgement still waits for somebody to agree with it.",
    CHECKED: "Somebody other than the reader agrees with every judgement as it stands now.",
}
FIRST_OF_ASSESSOR = "First case of a local assessor"
WAITING_LONGEST = "Waiting longest"


def check_state(*, sent: bool, checked: bool) -> str:
    if not sent:
        return READING
    return CHECKED if checked else SENT


def change_problem(form: CaseForm, question: str, content: Content) -> tuple[str, str] | None:
    """The part of a change to a sent answer that is to be put right, and how; None if the change can be saved."""
    for gap in gaps(form, {question: content}):
        if gap.question.code == question:
            return gap.field, gap.sentence
    return None if content.change_reason.strip() else ("change_reason", f"Say why {question} was changed")


@dataclass(frozen=True)
class Pair:
    """One question with both answers to it."""

    question: Question
    first: Content
    second: Content
    first_words: str
    second_words: str

    @property
    def differs(self) -> bool:
        return (self.first.value, self.first.na_reason) != (self.second.value, self.second.na_reason)


def pairs(form: CaseForm, first: Mapping[str, Kept], second: Mapping[str, Kept]) -> list[Pair]:
    """In the order in which the questions are asked."""
    return [
        Pair(question, ours, theirs, form.words(ours), form.words(theirs))
        for code, question in form.questions.items()
        for ours, theirs in [(_content(first.get(code)), _content(second.get(code)))]
    ]


def _content(kept: Kept | None) -> Content:
    return kept.content if kept else Content()


def agreement_words(found: Iterable[Pair]) -> str:
    found = list(found)
    same = sum(not pair.differs for pair in found)
    return f"{same} of {len(found)} questions have the same answer"
