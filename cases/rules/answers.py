"""The questions of a case read in the order in which they are asked, and what an answer to one may be."""

import hashlib
import json
from collections.abc import Collection, Container, Iterator
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from functools import cached_property
from uuid import UUID

from standards.schema import AnswerOption, CaseSection, KeyQuestion, NotApplicableReason, Prompt, Standards
from standards.schema import Section as StandardsSection

EVIDENCE_LIMIT = 100_000
REASON_LIMIT = 1_000
NOT_APPLICABLE = "na"


@dataclass(frozen=True)
class Content:
    """What one answer says. `na_reason` is the code of one of the standards' reasons.

    `despite_reason`: why the judgement stands against its prompts. `change_reason`: why it changed after it was sent.
    """

    value: str = ""
    na_reason: str = ""
    evidence: str = ""
    despite_reason: str = ""
    change_reason: str = ""

    def digest(self) -> str:
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()


PARTS = tuple(field.name for field in fields(Content))
"""The names of what an answer consists of: in forms, messages and columns."""


@dataclass(frozen=True)
class Kept:
    """One version of one answer, with who made it."""

    question: str
    content: Content
    version: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Save:
    """One answer to be saved, as based on `base_version` (0: on none), under an id that no other save has."""

    question: str
    content: Content
    base_version: int
    save_id: UUID


@dataclass(frozen=True)
class GivenUp(Save):
    """An answer that was not saved: its writer gave it up for another version."""

    gave_way_to: int


@dataclass(frozen=True)
class Standing:
    """How things stood when nothing was saved: the case, the answer, and what had come under the id of the save.

    `asked`: somebody asks about the answer in an open query.
    """

    reader_id: int | None
    reader: str
    given_at: datetime | None
    sent_at: datetime | None
    sent_by: str
    left_at: datetime | None
    stage: str
    now: Kept | None
    same_id: Kept | None
    same_id_case: int | None
    asked: bool = False


@dataclass(frozen=True)
class Question:
    """A prompt, or the key question that its prompts lead to. `position` counts from 1 within the section.

    One that is not `needed` may stay open when the read is sent. One without options is answered in words.
    """

    code: str
    text: str
    label: str
    guidance: str
    illustrative: bool
    is_key: bool
    section: str
    position: int
    options: tuple[AnswerOption, ...]
    needed: bool = True

    @property
    def field(self) -> str:
        """The part of the answer that is given first."""
        return "value" if self.options else "evidence"

    def answered_by(self, content: Content) -> bool:
        return bool(content.value if self.options else content.evidence.strip())

    def __hash__(self) -> int:
        return hash(self.code)  # the page of sixty looks each of them up by what it is


@dataclass(frozen=True)
class Group:
    """Prompts with the key question that they lead to; None where nothing is judged."""

    key: Question | None
    prompts: tuple[Question, ...]


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    groups: tuple[Group, ...]

    @property
    def questions(self) -> Iterator[Question]:
        for group in self.groups:
            yield from group.prompts
            if group.key:
                yield group.key

    @property
    def counts(self) -> bool:
        """Whether it holds anything that ratings are made of."""
        return any(group.key for group in self.groups)


@dataclass(frozen=True)
class CaseForm:
    """Everything that is asked about a case."""

    sections: tuple[Section, ...]
    options: tuple[AnswerOption, ...]
    reasons: tuple[NotApplicableReason, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.code: question for section in self.sections for question in section.questions}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Of the choices, by code."""
        return {option.code: option.label for option in self.options}

    @cached_property
    def needed(self) -> frozenset[str]:
        """The codes of the questions that must be answered before the read is sent."""
        return frozenset(code for code, question in self.questions.items() if question.needed)

    def section(self, code: str) -> Section:
        """Raises KeyError for a code that is no section of it."""
        return {section.code: section for section in self.sections}[code]

    def section_after(self, code: str) -> Section | None:
        codes = [section.code for section in self.sections]
        following = self.sections[codes.index(code) + 1 :]
        return following[0] if following else None

    def first_unanswered(self, answered: Container[str]) -> Question | None:
        """Of those that must be answered before the read is sent."""
        open_ones = (each for code, each in self.questions.items() if each.needed and code not in answered)
        return next(open_ones, None)

    def reason(self, code: str) -> NotApplicableReason | None:
        return next((reason for reason in self.reasons if reason.code == code), None)

    def words(self, content: Content, question: Question | None = None) -> str:
        """The choice as it reads on the page, with its reason: "Not applicable: Another reason"."""
        if question and not question.options and question.answered_by(content):
            return "Answered in words"
        label = self.labels.get(content.value, "Not answered")
        reason = self.reason(content.na_reason)
        return f"{label}: {reason.label if reason else content.na_reason}" if content.na_reason else label


def case_form(standards: Standards, kind: str, left_out: Collection[str] = ()) -> CaseForm:
    """`left_out`: the codes of questions that are not asked about this case."""
    sections = [_section(section, left_out) for section in standards.sections(kind)]
    sections += [_uncounted(section, left_out) for section in standards.uncounted(kind)]
    asked = tuple(section for section in sections if any(section.questions))
    return CaseForm(asked, standards.answer_options, standards.not_applicable_reasons)


def _section(section: StandardsSection, left_out: Collection[str]) -> Section:
    groups: list[Group] = []
    asked = 0
    for key_question in section.key_questions:
        if key_question.code in left_out:
            continue
        prompts = _prompts(section.code, key_question, left_out, asked)
        asked += len(prompts) + 1
        groups.append(Group(_key(section.code, key_question, asked), prompts))
    return Section(section.code, section.title, tuple(groups))


def _uncounted(section: CaseSection, left_out: Collection[str]) -> Section:
    return Section(section.code, section.title, (Group(None, _prompts(section.code, section, left_out, 0)),))


def _prompts(
    section: str, parent: KeyQuestion | CaseSection, left_out: Collection[str], before: int
) -> tuple[Question, ...]:
    asked = (prompt for prompt in parent.prompts if prompt.code not in left_out)
    return tuple(_prompt(section, parent, prompt, number) for number, prompt in enumerate(asked, start=before + 1))


def _prompt(section: str, parent: KeyQuestion | CaseSection, prompt: Prompt, position: int) -> Question:
    return Question(
        code=prompt.code,
        text=prompt.text,
        label="",
        guidance=prompt.guidance,
        illustrative=prompt.illustrative,
        is_key=False,
        section=section,
        position=position,
        options=parent.answer_options,
        needed=isinstance(parent, KeyQuestion),
    )


def _key(section: str, question: KeyQuestion, position: int) -> Question:
    return Question(
        code=question.code,
        text=question.text,
        label=question.label,
        guidance=question.guidance,
        illustrative=question.illustrative,
        is_key=True,
        section=section,
        position=position,
        options=question.answer_options,
    )


def plain_text(text: str) -> str:
    """The text with plain line ends and without what no database or page can hold: NULs and halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def refusal(form: CaseForm, code: str, content: Content) -> str:
    """Why this cannot be an answer to the question, in a sentence; "" if it can. A half-given answer can."""
    question = form.questions.get(code)
    if question is None:
        return f"This case read does not ask a question {shortened(code)}"
    if content.value not in {"", *(option.code for option in question.options)}:
        return select_sentence(question) if question.options else f"Answer {code} in words"
    if content.na_reason and content.value != NOT_APPLICABLE:
        return f"Give a reason for {code} only when it does not apply to this case"
    if content.na_reason and form.reason(content.na_reason) is None:
        return f"Choose one of the reasons why {code} does not apply to this case"
    if max(len(content.despite_reason), len(content.change_reason)) > REASON_LIMIT:
        return f"A reason must be {REASON_LIMIT:,} characters or fewer"
    if len(content.evidence) > EVIDENCE_LIMIT:
        return f"Evidence must be {EVIDENCE_LIMIT:,} characters or fewer. You have {len(content.evidence):,}"
    return ""


def select_sentence(question: Question) -> str:
    *others, last = [option.label for option in question.options]
    return f"Select {', '.join(others)} or {last} for {question.code}"


def shortened(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


def time_words(moment: datetime, today: datetime) -> str:
    """10:42am, or 10:42am on Monday 7 June 2027 when that was another day. Both times in the same zone."""
    clock = f"{moment:%I:%M%p}".lstrip("0").lower()
    return clock if moment.date() == today.date() else f"{clock} on {moment:%A} {moment.day} {moment:%B %Y}"


def closed_sentence(found: Standing, person_id: int, now: datetime) -> str:
    """Why the case takes no answer from this person. Times are said in the zone of `now`."""
    if found.reader_id is None:
        return "This case has no reader now."
    if found.reader_id != person_id:
        return f"This case was given to {found.reader}{_at(found.given_at, now)}."
    if found.left_at:
        return f"This case left the sample{_at(found.left_at, now)}."
    if found.sent_at:
        return f"This case was sent by {found.sent_by}{_at(found.sent_at, now)}."
    return "Fieldwork for this inspection has ended."


def _at(moment: datetime | None, now: datetime) -> str:
    return f" at {time_words(moment.astimezone(now.tzinfo), now)}" if moment else ""
