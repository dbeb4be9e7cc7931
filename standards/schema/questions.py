"""What is asked: standards, key questions, prompts and their answers."""

from dataclasses import dataclass

from standards.schema.facts import Condition


@dataclass(frozen=True)
class AnswerOption:
    code: str
    label: str
    sufficient: bool
    assessed: bool
    needs_reason: bool


@dataclass(frozen=True)
class NotApplicableReason:
    code: str
    label: str
    needs_text: bool


@dataclass(frozen=True)
class Prompt:
    """A question that is explored and never counted. Its code lasts, whatever its position."""

    code: str
    text: str
    guidance: str
    illustrative: bool
    counts: bool = False
    only_if: Condition | None = None


@dataclass(frozen=True)
class KeyQuestion:
    """`case_kind` is None where a panel answers it from evidence instead of counting cases."""

    code: str
    label: str
    text: str
    illustrative: bool
    case_kind: str | None
    answer_options: tuple[AnswerOption, ...]
    prompts: tuple[Prompt, ...]
    guidance: str = ""
    counts: bool = True


@dataclass(frozen=True)
class Standard:
    """`modular`: rated on its own, where its `scope` says so. `only_if`: the cases about which it is asked."""

    code: str
    title: str
    domain: str
    rated_from: str  # cases_lowest, victims_table, panel, or given where only its rating was ever published
    text: str
    source: str
    key_questions: tuple[KeyQuestion, ...]
    themes: tuple[Prompt, ...] = ()
    modular: bool = False
    scope: str = ""
    only_if: Condition | None = None

    def counted_questions(self) -> tuple[KeyQuestion, ...]:
        return tuple(question for question in self.key_questions if question.case_kind)


@dataclass(frozen=True)
class Domain:
    code: str
    title: str


@dataclass(frozen=True)
class Section:
    """The part of a case read that asks one standard's questions."""

    standard: Standard
    key_questions: tuple[KeyQuestion, ...]

    @property
    def code(self) -> str:
        return self.standard.code

    @property
    def title(self) -> str:
        return self.standard.title


@dataclass(frozen=True)
class CaseSection:
    """Questions of a case read that belong to no standard and count for nothing. Without options they take words."""

    code: str
    title: str
    case_kind: str
    source: str
    answer_options: tuple[AnswerOption, ...]
    prompts: tuple[Prompt, ...]
