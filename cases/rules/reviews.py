"""The review of a discussion as a document: what it prints, and what is read out of one that came back."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from cases.rules.tables import Unreadable
from cases.rules.word_files import Line, WordText

LONGEST_ANSWER = 20_000  # characters, as on the page
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEADING = "Review for the case discussion"
INSTRUCTIONS = (
    "Write in the boxes below the questions. A box can grow over several pages. Text outside the boxes is not read.",
    "Write about people without using their names.",
    "Save this document as a Word document (.docx) and upload it on the page that you got it from. You see there what "
    "was read before anything is sent.",
)
ILLUSTRATIVE = "The wording of these questions is illustrative."

NOT_OURS = "This is not the document that we gave you. Get it from this page, fill it in and upload that"
ANOTHER = "This document is about another case. Get the one for this case from this page, fill it in and upload that"
EMPTY = "The boxes in this document are empty. Write in them, save the document and upload it again"


@dataclass(frozen=True)
class Given:
    """A question of the review with what was written on it."""

    code: str
    text: str
    answer: str


@dataclass(frozen=True)
class GivenSection:
    code: str
    title: str
    illustrative: bool
    given: list[Given]

    @property
    def answered(self) -> int:
        return sum(bool(each.answer) for each in self.given)


@dataclass(frozen=True)
class Of:
    """What a document is of: it names the case by its reference and nothing else."""

    inspection: str
    discussion: int
    case: str

    @property
    def rows(self) -> dict[str, str]:
        return {"Inspection": self.inspection, "Discussion": str(self.discussion), "Case": self.case}

    @property
    def words(self) -> str:
        return f"{self.inspection}, discussion {self.discussion}, case {self.case}"


@dataclass(frozen=True)
class ReadReview:
    """`answers` by code, none of them empty. `outside` stands beside the boxes, in a place that is not read."""

    answers: dict[str, str]
    without_box: tuple[str, ...]
    outside: tuple[str, ...]
    not_read: tuple[str, ...]


@dataclass
class Boxes:
    """The boxes while they are filled, each found by the code at the beginning of the row above it."""

    questions: Mapping[str, str]
    printed: frozenset[str]
    of: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    now: str = ""

    def take(self, cells: Sequence[Sequence[str]]) -> None:
        """One row. Whatever was added to the row of a question itself belongs to its answer."""
        texts = [text for cell in cells for text in cell]
        first = next((text for text in texts if text.strip()), "")
        code = (first.split() or [""])[0]
        if code in self.questions:
            self.now = code
            rest = texts[texts.index(first) + 1 :]
            self.said.setdefault(code, []).extend(rest)
            if normal(first) != normal(title_of(code, self.questions[code])):
                self.leave(first)
        elif self.now:
            self.said[self.now].extend(texts)
        elif len(cells) > 1:
            self.of[normal(" ".join(cells[0]))] = normal(" ".join(cells[1]))

    def leave(self, text: str) -> None:
        if normal(text) not in self.printed:
            self.outside.append(text)


def normal(text: str) -> str:
    return " ".join(text.split())


def title_of(code: str, question: str) -> str:
    return f"{code} {question}"


def printed_text(sections: Iterable[GivenSection]) -> Iterator[str]:
    """Every line that the document itself prints outside its boxes."""
    yield from (HEADING, "", *INSTRUCTIONS, ILLUSTRATIVE)
    yield from (section.title for section in sections)


def read_review(document: WordText, of: Of, sections: Sequence[GivenSection]) -> ReadReview:
    """Raises Unreadable where it is not the document of this discussion, is empty, or an answer is too long."""
    questions = {each.code: each.text for section in sections for each in section.given}
    boxes = Boxes(questions, frozenset(map(normal, printed_text(sections))))
    for row, lines in groupby(document.lines, lambda line: line.row):
        if row is None:
            for line in lines:
                boxes.leave(line.text)
        else:
            boxes.take(cells_of(lines))
    refuse_others(boxes, of)
    answers = {code: text for code in questions if (text := whole(boxes.said.get(code, ())))}
    refuse_lengths(answers, questions)
    without = tuple(text for code, text in questions.items() if code not in boxes.said)
    return ReadReview(answers, without, tuple(boxes.outside), document.not_read)


def cells_of(lines: Iterable[Line]) -> list[list[str]]:
    return [[line.text for line in cell] for _, cell in groupby(lines, lambda line: line.cell)]


def whole(lines: Iterable[str]) -> str:
    """Without the blank lines at both ends."""
    return NOT_IN_XML.sub("", "\n".join(lines)).strip()


def refuse_others(boxes: Boxes, of: Of) -> None:
    if not boxes.said or not set(of.rows) <= set(boxes.of):
        raise Unreadable(NOT_OURS)
    if {label: boxes.of[label] for label in of.rows} != of.rows:
        raise Unreadable(ANOTHER)


def refuse_lengths(answers: Mapping[str, str], questions: Mapping[str, str]) -> None:
    if not answers:
        raise Unreadable(EMPTY)
    long = [
        f"The answer to “{questions[code]}” has {len(text):,} characters. It can have up to {LONGEST_ANSWER:,}. "
        "Shorten it in the document and upload it again"
        for code, text in answers.items()
        if len(text) > LONGEST_ANSWER
    ]
    if long:
        raise Unreadable(*long)
