"""What the pages of a case read show, as plain data for the templates."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from cases.rules.answers import CaseForm, Content, Kept, Question, Section
from cases.rules.identifiers import Warned


@dataclass(frozen=True)
class Block:
    """One question with its answer. `theirs` is what somebody else made of it meanwhile, `error` what is wrong.

    `warnings` are what its text should be looked at again for.
    """

    question: Question
    content: Content
    words: str
    version: int
    save_id: UUID
    theirs: Kept | None = None
    their_words: str = ""
    error: str = ""
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True)
class GroupPage:
    prompts: tuple[Block, ...]
    key: Block | None

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


Notice = Callable[[Content], tuple[Warned, ...]]


def group_pages(
    form: CaseForm,
    section: Section,
    answers: Mapping[str, Kept],
    unsaved: Mapping[str, Unsaved],
    notice: Notice = lambda content: (),
) -> list[GroupPage]:
    def block(question: Question) -> Block:
        found = _block(form, question, answers.get(question.code), unsaved.get(question.code))
        return replace(found, warnings=warnings) if (warnings := notice(found.content)) else found

    return [
        GroupPage(tuple(map(block, group.prompts)), block(group.key) if group.key else None) for group in section.groups
    ]


def _block(form: CaseForm, question: Question, kept: Kept | None, unsaved: Unsaved | None) -> Block:
    content = unsaved.content if unsaved else kept.content if kept else Content()
    theirs = unsaved.theirs if unsaved else None
    return Block(
        question=question,
        content=content,
        words=form.words(content, question),
        version=unsaved.base_version if unsaved else kept.version if kept else 0,
        save_id=uuid4(),
        theirs=theirs,
        their_words=form.words(theirs.content, question) if theirs else "",
        error=unsaved.error if unsaved else "",
    )


def warned(pages: Iterable[GroupPage]) -> list[Block]:
    """The blocks with something to look at again."""
    blocks = [block for page in pages for block in (*page.prompts, page.key)]
    return [block for block in blocks if block and block.warnings]


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
            if group.key and (kept := _given(group.key, answers)):
                yield Judgement(group.key, section, form.words(kept.content), kept.content.evidence)


def _given(question: Question, answers: Mapping[str, Kept]) -> Kept | None:
    kept = answers.get(question.code)
    return kept if kept and kept.content != Content() else None


@dataclass(frozen=True)
class NoLongerAsked:
    """An answer to a question that the facts of the case have taken out since. It is kept, and asks for nothing."""

    question: Question
    words: str
    evidence: str


def no_longer_asked(form: CaseForm, whole: CaseForm, answers: Mapping[str, Kept]) -> list[NoLongerAsked]:
    """`whole` asks everything that is ever asked about this kind of case."""
    return [
        NoLongerAsked(question, whole.words(kept.content, question), kept.content.evidence)
        for code, question in whole.questions.items()
        if code not in form.questions and (kept := _given(question, answers))
    ]


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
    question = form.questions.get(kept.question)
    return Change(
        kept=kept,
        words=form.words(kept.content, question),
        words_before=form.words(before, question) if before else "",
        evidence_before=before.evidence if before else "",
        first=before is None,
    )
