"""What the pages of a case read show, as plain data for the templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from cases.rules.answers import CaseForm, Content, Group, Kept, Question, Section


@dataclass(frozen=True)
class QueryMark:
    words: str
    href: str


@dataclass(frozen=True)
class Agreed:
    """Somebody agreed with an answer; `changed` when it is another answer since."""

    by: str
    at: datetime
    changed: bool


@dataclass(frozen=True)
class Marks:
    """What others made of one answer after it was sent."""

    queries: tuple[QueryMark, ...]
    agreed: tuple[Agreed, ...]


NO_MARKS: Mapping[str, Marks] = {}


@dataclass(frozen=True)
class Block:
    """One question with its answer. `theirs` is what somebody else made of it meanwhile, `error` what is wrong."""

    question: Question
    content: Content
    words: str
    version: int
    save_id: UUID
    theirs: Kept | None = None
    their_words: str = ""
    error: str = ""
    marks: Marks | None = None


@dataclass(frozen=True)
class GroupPage:
    prompts: tuple[Block, ...]
    key: Block

    @property
    def yes(self) -> int:
        return sum(block.content.value == "yes" for block in self.prompts)


@dataclass(frozen=True)
class Unsaved:
    """What was typed and could not be saved, and why: it changed elsewhere (`theirs`), or it is refused (`error`)."""

    content: Content
    base_version: int
    theirs: Kept | None = None
    error: str = ""


def group_pages(
    form: CaseForm,
    section: Section,
    answers: Mapping[str, Kept],
    unsaved: Mapping[str, Unsaved],
    marks: Mapping[str, Marks] = NO_MARKS,
) -> list[GroupPage]:
    def block(question: Question) -> Block:
        code = question.code
        made = _block(form, question, answers.get(code), unsaved.get(code))
        return replace(made, marks=marks[code]) if code in marks else made

    return [GroupPage(tuple(map(block, group.prompts)), block(group.key)) for group in section.groups]


def _block(form: CaseForm, question: Question, kept: Kept | None, unsaved: Unsaved | None) -> Block:
    content = unsaved.content if unsaved else kept.content if kept else Content()
    theirs = unsaved.theirs if unsaved else None
    return Block(
        question=question,
        content=content,
        words=form.words(content),
        version=unsaved.base_version if unsaved else kept.version if kept else 0,
        save_id=uuid4(),
        theirs=theirs,
        their_words=form.words(theirs.content) if theirs else "",
        error=unsaved.error if unsaved else "",
    )


@dataclass(frozen=True)
class Judgement:
    """The answer to a key question, as shown beside other sections."""

    question: Question
    section: Section
    words: str
    evidence: str


def judgements(form: CaseForm, answers: Mapping[str, Kept], but: str = "") -> Iterator[Judgement]:
    """Those given so far, of all sections but one."""
    for section in form.sections:
        for group in section.groups if section.code != but else ():
            if kept := _given(group, answers):
                yield Judgement(group.key, section, form.words(kept.content), kept.content.evidence)


def _given(group: Group, answers: Mapping[str, Kept]) -> Kept | None:
    kept = answers.get(group.key.code)
    return kept if kept and kept.content != Content() else None


def age(born: date, today: date) -> int:
    """In whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@dataclass(frozen=True)
class Change:
    """One version of an answer beside the one that it replaced, if there was one."""

    kept: Kept
    words: str
    words_before: str
    evidence_before: str
    first: bool

    @property
    def evidence_changed(self) -> bool:
        return self.kept.content.evidence != self.evidence_before


def change(form: CaseForm, kept: Kept, before: Content | None) -> Change:
    return Change(
        kept=kept,
        words=form.words(kept.content),
        words_before=form.words(before) if before else "",
        evidence_before=before.evidence if before else "",
        first=before is None,
    )
