"""What a case read still lacks before it can be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.rules.answers import NOT_APPLICABLE, CaseForm, Content, Question, Section, select_sentence

UNANSWERED = Content()


@dataclass(frozen=True)
class Gap:
    """`field` is the part of the answer to put right: value, na_reason or evidence."""

    question: Question
    field: str
    sentence: str


def gaps(form: CaseForm, answers: Mapping[str, Content]) -> list[Gap]:
    """In the order in which the questions are asked."""
    return [
        Gap(question, field, sentence)
        for section in form.sections
        for question in section.questions
        for field, sentence in _lacks(form, section, question, answers.get(question.code, UNANSWERED))
    ]


def _lacks(form: CaseForm, section: Section, question: Question, content: Content) -> list[tuple[str, str]]:
    """A prompt needs an answer, a key question its evidence too, and what does not apply a reason.

    What counts for nothing holds nothing up.
    """
    if not question.needed:
        return []
    if not content.value:
        return [("value", select_sentence(question))]
    found = []
    if content.value == NOT_APPLICABLE and not _has_reason(form, content):
        found.append(("na_reason", f"Say why {question.code} does not apply to this case"))
    if question.is_key and not content.evidence.strip():
        words = f"Write the evidence for {question.code} {section.title}: {lower_first(question.label)}"
        found.append(("evidence", words))
    return found


def _has_reason(form: CaseForm, content: Content) -> bool:
    """A reason that stands for "another" is told in the evidence."""
    reason = form.reason(content.na_reason)
    if reason is None:
        return bool(content.na_reason)
    return bool(content.evidence.strip()) or not reason.needs_text


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
