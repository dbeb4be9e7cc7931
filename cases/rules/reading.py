"""What the pages of a case read show, as plain data for the templates."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Protocol
from uuid import UUID, uuid4

from cases.rules.answers import CaseForm, Content, Group, Kept, Question, Section
from cases.rules.checking import UNANSWERED, against_prompts, changed
from cases.rules.identifiers import Warned
from cases.rules.marks import Run, sides


class Allocated(Protocol):
    """A case, as far as it matters who reads it."""

    reader_id: int | None
    second_of_id: int | None
    sent_at: datetime | None
    left_at: datetime | None


def can_be_taken_over(case: Allocated, person_id: int) -> bool:
    """A second read stays with whoever reads it blind."""
    return case.reader_id != person_id and not (case.sent_at or case.left_at or case.second_of_id)


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
    """What others made of one answer after it was sent. `has_agreed`: whoever looks agrees with it as it stands."""

    queries: tuple[QueryMark, ...]
    agreed: tuple[Agreed, ...]
    has_agreed: bool = False


NO_MARKS: Mapping[str, Marks] = {}


@dataclass(frozen=True)
class Block:
    """One question with its answer. `theirs` is what somebody else made of it meanwhile, `error` what is wrong.

    `changed`: in a read that was opened again, it says something else than was sent. `warnings`: what its text should
    be looked at again for.
    """

    question: Question
    content: Content
    words: str
    version: int
    save_id: UUID
    changed: bool = False
    theirs: Kept | None = None
    their_words: str = ""
    mine_marked: Sequence[Run] = ()
    theirs_marked: Sequence[Run] = ()
    error: str = ""
    marks: Marks | None = None
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True)
class GroupPage:
    """A key question with its prompts. `against` asks why the judgement says the opposite of them, if it does."""

    prompts: tuple[Block, ...]
    key: Block | None
    against: str

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The prompts, and then the key question."""
        return (*self.prompts, self.key) if self.key else self.prompts

    @property
    def label(self) -> str:
        return self.key.question.label if self.key else ""

    @property
    def yes(self) -> int:
        return sum(block.content.value == "yes" for block in self.prompts)

    @cached_property
    def next(self) -> Question | None:
        """The first that is not answered."""
        return next((each.question for each in self.blocks if not each.question.answered_by(each.content)), None)


@dataclass(frozen=True)
class Unsaved:
    """What was typed and could not be saved, and why: it changed elsewhere (`theirs`), or it is refused (`error`).

    `base` is what both began from, as far as it is known.
    """

    content: Content
    base_version: int
    theirs: Kept | None = None
    base: Content = UNANSWERED
    error: str = ""


Notice = Callable[[Content], tuple[Warned, ...]]


def group_pages(
    form: CaseForm,
    section: Section,
    answers: Mapping[str, Kept],
    unsaved: Mapping[str, Unsaved],
    sent: Mapping[str, Content] | None = None,
    marks: Mapping[str, Marks] = NO_MARKS,
    notice: Notice = lambda content: (),
) -> list[GroupPage]:
    """`sent`: what a read that was opened again had said. `marks`: what others made of its answers."""

    def block(question: Question) -> Block:
        code = question.code
        made = _block(form, question, answers.get(code), unsaved.get(code))
        warnings = notice(made.content)
        if sent is None and code not in marks and not warnings:
            return made
        return replace(made, changed=_is_changed(made, sent), marks=marks.get(code), warnings=warnings)

    return [
        _group_page(group, tuple(map(block, group.prompts)), block(group.key) if group.key else None)
        for group in section.groups
    ]


def _is_changed(block: Block, sent: Mapping[str, Content] | None) -> bool:
    return sent is not None and changed(block.content, sent.get(block.question.code, UNANSWERED))


def _group_page(group: Group, prompts: tuple[Block, ...], key: Block | None) -> GroupPage:
    values = {block.question.code: block.content.value for block in (*prompts, key) if block}
    return GroupPage(prompts, key, against_prompts(group, values))


def _block(form: CaseForm, question: Question, kept: Kept | None, unsaved: Unsaved | None) -> Block:
    content = unsaved.content if unsaved else kept.content if kept else Content()
    theirs = unsaved.theirs if unsaved else None
    mine_marked, theirs_marked = _marked(unsaved)
    return Block(
        question=question,
        content=content,
        words=form.words(content, question),
        version=unsaved.base_version if unsaved else kept.version if kept else 0,
        save_id=uuid4(),
        theirs=theirs,
        their_words=form.words(theirs.content, question) if theirs else "",
        mine_marked=mine_marked,
        theirs_marked=theirs_marked,
        error=unsaved.error if unsaved else "",
    )


def _marked(unsaved: Unsaved | None) -> tuple[Sequence[Run], Sequence[Run]]:
    """The evidence of both sides, with what each added."""
    if unsaved is None or unsaved.theirs is None:
        return (), ()
    return sides(unsaved.base.evidence, unsaved.content.evidence, unsaved.theirs.content.evidence)


def warned(pages: Iterable[GroupPage]) -> list[Block]:
    """The blocks with something to look at again."""
    return [block for page in pages for block in page.blocks if block.warnings]


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
class GaveWay:
    """What somebody had written, and set aside for a version of the answer."""

    kept: Kept
    words: str


@dataclass(frozen=True)
class Change:
    """One version of an answer beside the one that it replaced, if there was one, and what was set aside for it."""

    kept: Kept
    words: str
    words_before: str
    evidence_before: str
    first: bool
    set_aside: Sequence[GaveWay] = ()

    @property
    def evidence_changed(self) -> bool:
        return self.kept.content.evidence != self.evidence_before


def change(form: CaseForm, kept: Kept, before: Content | None, set_aside: Iterable[Kept] = ()) -> Change:
    question = form.questions.get(kept.question)
    return Change(
        kept=kept,
        words=form.words(kept.content, question),
        words_before=form.words(before, question) if before else "",
        evidence_before=before.evidence if before else "",
        first=before is None,
        set_aside=[gave_way(form, given) for given in set_aside],
    )


def gave_way(form: CaseForm, given: Kept) -> GaveWay:
    return GaveWay(given, form.words(given.content, form.questions.get(given.question)))
