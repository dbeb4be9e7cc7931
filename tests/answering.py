"""Answers for tests, given the way the product takes them."""

from uuid import uuid4

from cases.actions.answers import save_answer
from cases.models import AnswerVersion
from cases.queries.answers import form_of
from cases.rules.answers import Content


def save(
    case, by, question="2.1.1a", value="yes", evidence="Heard.", base=0, na_reason="", save_id=None, despite_reason=""
):
    return save_answer(
        by=by,
        case=case,
        question=question,
        content=Content(value, na_reason, evidence, despite_reason),
        base_version=base,
        save_id=save_id or uuid4(),
    )


def versions(case, question="2.1.1a") -> list[tuple[int, str, str]]:
    kept = AnswerVersion.objects.filter(answer__case=case, answer__question=question).order_by("version")
    return list(kept.values_list("version", "value", "evidence"))


def answer_all(case, person, but=()) -> None:
    """What must be answered before the read is sent."""
    for code, question in form_of(case).questions.items():
        if question.needed and code not in but:
            save(case, person, code, "yes", "Seen." if question.is_key else "")
