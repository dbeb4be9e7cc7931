"""What a case read still lacks before it can be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cases.rules.answers import NOT_APPLICABLE, CaseForm, Content, Group, Question, Section, select_sentence

UNANSWERED = Content()
OPPOSITE = {"yes": "no", "no": "yes"}
FEWEST_PROMPTS = 3
"""Fewer than these, answered Yes or No, say nothing against a judgement."""


@dataclass(frozen=True)
class Gap:
    """`field` is the part of the answer to put right: one of PARTS."""

    question: Question
    field: str
    sentence: str


def gaps(form: CaseForm, answers: Mapping[str, Content], sent: Mapping[str, Content] | None = None) -> list[Gap]:
    """In the order in which the questions are asked. `sent`: what a read that was opened again had said."""
    values = {code: content.value for code, content in answers.items()}
    found = []
    for section in form.sections:
        against = {group.key.code: against_prompts(group, values) for group in section.groups if group.key}
        for question in section.questions:
            content = answers.get(question.code, UNANSWERED)
            lacking = _lacks(form, section, question, content)
            lacking += _unexplained(question, content, against.get(question.code, ""), sent)
            found += [Gap(question, field, sentence) for field, sentence in lacking]
    return found


def _unexplained(
    question: Question, content: Content, against: str, sent: Mapping[str, Content] | None
) -> list[tuple[str, str]]:
    found = [("despite_reason", against)] if against and not content.despite_reason.strip() else []
    given = content.change_reason.strip()
    if sent is not None and not given and changed(content, sent.get(question.code, UNANSWERED)):
        found.append(("change_reason", f"Say why {question.code} was changed"))
    return found


def changed(content: Content, sent: Content) -> bool:
    """Whether it says something else than was sent."""
    return replace(content, change_reason="") != replace(sent, change_reason="")


def against_prompts(group: Group, values: Mapping[str, str]) -> str:
    """What asks for a reason where a judgement says the opposite of most of its prompts; "" where it does not.

    Only prompts answered Yes or No speak, and only if there are enough of them. Half of them is not most.
    """
    judged = values.get(group.key.code, "") if group.key else ""
    said = [value for value in (values.get(prompt.code, "") for prompt in group.prompts) if value in OPPOSITE]
    against = said.count(OPPOSITE.get(judged, ""))
    if group.key is None or len(said) < FEWEST_PROMPTS or 2 * against <= len(said):
        return ""
    labels = {option.code: option.label for option in group.key.options}
    return (
        f"You answered {labels[judged]}, but {against} of {len(said)} prompts are {labels[OPPOSITE[judged]]}. Say why"
    )


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
