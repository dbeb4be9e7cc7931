"""How a rating came about: one page for each node of the trace, down to one case's answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from cases.models import Answer, AnswerVersion, Value
from ratings.models import Decision
from ratings.queries.figures import Figures
from ratings.rules import Node
from ratings.rules.evidence import CountedAnswer
from standards.schema import KeyQuestion

CASES = ("key_question", "count")
GROUPS = (
    (Value.YES, "Sufficient"),
    (Value.NO, "Not sufficient"),
    (Value.NOT_APPLICABLE, "Not applicable, so in neither number"),
)


@dataclass(frozen=True)
class CaseRow:
    """`words` says why it is where it is; an answer is there when it counts somewhere."""

    case: str
    words: str
    answer: CountedAnswer | None = None


@dataclass(frozen=True)
class CaseGroup:
    title: str
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True)
class NodePage:
    """`path` leads from the overall rating to the node; `question` is there where cases are counted."""

    path: tuple[Node, ...]
    node: Node
    question: KeyQuestion | None
    groups: tuple[CaseGroup, ...]
    decision: Decision | None


def node_page(figures: Figures, code: str) -> NodePage:
    """Http404 for a code that is not in the trace."""
    try:
        path = figures.trace.path(code)
    except KeyError:
        raise Http404 from None
    node = path[-1]
    question = question_of(figures, path) if node.kind in CASES else None
    groups = tuple(case_groups(figures, question)) if question else ()
    return NodePage(path, node, question, groups, decision_of(figures, node))


def question_of(figures: Figures, path: tuple[Node, ...]) -> KeyQuestion:
    code = next(node.code for node in path if node.kind == "key_question")
    return figures.inspection.standards.key_question(code)


def decision_of(figures: Figures, node: Node) -> Decision | None:
    """Where the node's value is one that people chose."""
    if figures.agenda is None or node.kind not in ("answer", "choice", "standard"):
        return None
    found = figures.agenda.latest.get(node.code.removesuffix(".choice"))
    return found if found and found.value == node.value else None


def case_groups(figures: Figures, question: KeyQuestion) -> Iterable[CaseGroup]:
    """Every case that the question could be asked of is in exactly one group."""
    answers = figures.evidence.answers_to(question.code)
    for value, title in GROUPS:
        found = (answer for answer in answers.values() if answer.value == value)
        yield CaseGroup(title, tuple(CaseRow(answer.case, na_words(figures, answer), answer) for answer in found))
    kind = question.case_kind or ""
    silent = (case for case in figures.evidence.sampled(kind) if case.case not in answers)
    yield CaseGroup("Not answered yet", tuple(CaseRow(case.case, "") for case in silent))
    left_out = (case for case in figures.evidence.left_out if case.kind == kind)
    yield CaseGroup("Left out", tuple(CaseRow(case.case, case.reason) for case in left_out))


def na_words(figures: Figures, answer: CountedAnswer) -> str:
    """Why the question does not apply, in the words of the standards."""
    reasons = {reason.code: reason.label for reason in figures.inspection.standards.not_applicable_reasons}
    return reasons.get(answer.na_reason, answer.na_reason)


@dataclass(frozen=True)
class PromptAnswer:
    code: str
    text: str
    words: str


@dataclass(frozen=True)
class AnswerPage:
    """One case's answer as it counts, the words of its evidence at that version, and its prompts as they are now."""

    path: tuple[Node, ...]
    question: KeyQuestion
    counted: CountedAnswer
    words: str
    na_reason: str
    version: AnswerVersion | None
    prompts: tuple[PromptAnswer, ...]
    now: Answer

    @property
    def changed_since(self) -> bool:
        return self.now.version != self.counted.version

    @property
    def changed_words(self) -> str:
        return f"This answer has changed since. It is now {label(self.now)}. The figures keep the answer below."


def answer_page(figures: Figures, code: str, case: str) -> AnswerPage:
    """Http404 unless this case's answer to this key question counts."""
    counted = figures.evidence.answer(code, case)
    if counted is None:
        raise Http404
    path = figures.trace.path(code)
    question = figures.inspection.standards.key_question(code)
    given = given_answers(figures, question, case)
    now = given[code]
    version = now.versions.select_related("by").filter(version=counted.version).first()
    prompts = tuple(
        PromptAnswer(prompt.code, prompt.text, label(given.get(prompt.code)))
        for prompt in question.prompts
        if prompt.code in given or not prompt.only_if
    )
    return AnswerPage(
        path=path,
        question=question,
        counted=counted,
        words=Value(counted.value).label,
        na_reason=na_words(figures, counted),
        version=version,
        prompts=prompts,
        now=now,
    )


def given_answers(figures: Figures, question: KeyQuestion, case: str) -> dict[str, Answer]:
    codes = [question.code, *(prompt.code for prompt in question.prompts)]
    answers = Answer.objects.filter(inspection=figures.inspection, case__ref=case, question__in=codes)
    return {answer.question: answer for answer in answers}


def label(answer: Answer | None) -> str:
    return str(Value(answer.value).label) if answer and answer.value else "Not answered"
