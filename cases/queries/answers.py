"""What is read about answers: as they are, as they were, and why one was not saved."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from cases.models import Answer, Case
from cases.rules.answers import CaseForm, Content, case_form
from standards import loader


@cache
def _form(standards_key: str, kind: str) -> CaseForm:
    return case_form(loader.load(standards_key), kind)


def form_of(case: Case) -> CaseForm:
    """Reads no row: the standards are data that the process holds."""
    return _form(case.inspection.standards_key, case.kind)


def answers_of(case: Case) -> dict[str, Answer]:
    """By question, each with who changed it last."""
    return {answer.question: answer for answer in case.answers.select_related("changed_by")}


def content_of(answer: Answer | None) -> Content:
    return Content(answer.value, answer.na_reason, answer.evidence) if answer else Content()


@dataclass(frozen=True)
class Kept:
    """One version of one answer, with who made it."""

    question: str
    content: Content
    version: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """How things stood when nothing was saved: the case, the answer, and what had come under the id of the save."""

    reader_id: int | None
    reader: str
    sent_at: datetime | None
    sent_by: str
    left_at: datetime | None
    stage: str
    now: Kept | None
    same_id: Kept | None
    same_id_case: int | None


STANDING = """
SELECT c.reader_id, coalesce(reader.name, ''), c.sent_at, coalesce(sender.name, ''), c.left_at, i.stage,
  a.question, a.value, a.na_reason, a.evidence, a.version, changer.name, a.changed_at,
  ka.question, k.value, k.na_reason, k.evidence, k.version, keeper.name, k.at, ka.case_id
FROM cases_case c
JOIN inspections_inspection i ON i.id = c.inspection_id
LEFT JOIN accounts_user reader ON reader.id = c.reader_id
LEFT JOIN accounts_user sender ON sender.id = c.sent_by_id
LEFT JOIN cases_answer a ON a.case_id = c.id AND a.question = %(question)s
LEFT JOIN accounts_user changer ON changer.id = a.changed_by_id
LEFT JOIN cases_answerversion k ON k.save_id = %(save_id)s
LEFT JOIN cases_answer ka ON ka.id = k.answer_id
LEFT JOIN accounts_user keeper ON keeper.id = k.by_id
WHERE c.id = %(case)s
"""


def standing(case: Case, question: str, save_id: UUID) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"case": case.pk, "question": question, "save_id": save_id})
        row = cursor.fetchone()
    reader_id, reader, sent_at, sent_by, left_at, stage = row[:6]
    return Standing(
        reader_id, reader, sent_at, sent_by, left_at, stage, _kept(row[6:13]), _kept(row[13:20]), same_id_case=row[20]
    )


def _kept(columns: tuple[Any, ...]) -> Kept | None:
    question, value, na_reason, evidence, version, by, at = columns
    return Kept(question, Content(value, na_reason, evidence), version, by, at) if version else None
