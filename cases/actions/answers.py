"""Saves one answer, in one statement: docs/saving.md tells its way."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection

from accounts import clock
from accounts.models import User
from cases.models import Case
from cases.queries.answers import form_of, standing
from cases.rules.answers import Content, Kept, Standing, refusal
from cases.rules.queries import change_problem
from inspections.models import Stage

# Locks in the order that holds everywhere: inspection, case, query, answer, and the chain of audit events last. Each
# part reads from the one before it, so the case is still its reader's, in fieldwork, and unsent or asked about when the
# answer is written, and the rest happens only if the answer was. The lock of the query shows whether it was closed
# meanwhile; `version = base` is compared with the row as locked, not as first seen.
SAVE = """
WITH inspection AS MATERIALIZED (
  SELECT id, ref FROM inspections_inspection WHERE id = %(inspection)s AND stage = %(stage)s FOR NO KEY UPDATE
), held AS MATERIALIZED (
  SELECT c.id, c.inspection_id, c.ref, c.second_of_id, c.sent_at, inspection.ref AS inspection_ref
  FROM cases_case c JOIN inspection ON inspection.id = c.inspection_id
  WHERE c.id = %(case)s AND c.reader_id = %(by)s AND c.left_at IS NULL
    AND NOT EXISTS (SELECT FROM cases_answerversion WHERE save_id = %(save_id)s)
  FOR NO KEY UPDATE OF c
), asked AS MATERIALIZED (
  SELECT q.id FROM cases_query q JOIN held ON q.case_id = held.id
  WHERE %(says_why)s AND held.sent_at IS NOT NULL AND q.question = %(question)s AND q.closed_at IS NULL
  FOR NO KEY UPDATE OF q
), own AS MATERIALIZED (
  SELECT * FROM held WHERE sent_at IS NULL OR EXISTS (SELECT FROM asked)
), given AS (
  SELECT %(value)s::varchar AS value, %(na_reason)s::varchar AS na_reason, %(evidence)s::text AS evidence,
    %(despite_reason)s::varchar AS despite_reason, %(change_reason)s::varchar AS change_reason
), made AS (
  INSERT INTO cases_answer (
    case_id, inspection_id, question, is_key, value, na_reason, evidence, despite_reason, change_reason,
    version, changed_at, changed_by_id)
  SELECT own.id, own.inspection_id, %(question)s, %(is_key)s, given.*, 1, %(now)s, %(by)s
  FROM own, given WHERE %(base)s = 0
  ON CONFLICT (case_id, question) DO NOTHING
  RETURNING id
), changed AS (
  UPDATE cases_answer a
  SET value = given.value, na_reason = given.na_reason, evidence = given.evidence,
    despite_reason = given.despite_reason, change_reason = given.change_reason,
    version = %(base)s + 1, changed_at = %(now)s, changed_by_id = %(by)s
  FROM own, given
  WHERE a.case_id = own.id AND a.question = %(question)s AND a.version = %(base)s
  RETURNING a.id
), kept AS (
  INSERT INTO cases_answerversion (
    answer_id, version, value, na_reason, evidence, despite_reason, change_reason, at, by_id, save_id)
  SELECT answer.id, %(base)s + 1, given.*, %(now)s, %(by)s, %(save_id)s
  FROM (SELECT id FROM made UNION ALL SELECT id FROM changed) answer, given
  RETURNING version
), begun AS (
  UPDATE cases_case c SET started_at = %(now)s FROM kept WHERE c.id = %(case)s AND c.started_at IS NULL
), moved AS (
  UPDATE inspections_inspection i SET evidence_version = evidence_version + 1, evidence_changed_at = %(now)s
  FROM kept, own WHERE i.id = own.inspection_id AND %(is_key)s AND own.second_of_id IS NULL
), recorded AS (
  INSERT INTO accounts_auditevent (at, person_id, verb, inspection, subject, detail)
  SELECT %(now)s, %(by)s, 'answer saved', own.inspection_ref, own.ref || ' ' || %(question)s, %(detail)s::jsonb
  FROM own, kept
)
SELECT version FROM kept
"""


@dataclass(frozen=True)
class Receipt:
    """Given after the commit, and given again for the same save."""

    question: str
    version: int
    saved_at: datetime


class NotSaved(Exception):
    """Nothing was written."""


class AnswerRefused(NotSaved):
    """No answer could be this. The text says so to the person."""


class SaveIdReused(AnswerRefused):
    """The id came with another answer before."""


class StaleAnswer(NotSaved):
    """The answer is not what the save was based on. `theirs` is what it is; version 0 if there is none."""

    def __init__(self, theirs: Kept) -> None:
        super().__init__("This answer changed elsewhere.")
        self.theirs = theirs


class CaseClosed(NotSaved):
    """The case takes no answers from this person now."""

    def __init__(self, found: Standing) -> None:
        super().__init__("This case takes no more answers.")
        self.found = found


def save_answer(
    *,
    by: User,
    case: Case,
    question: str,
    content: Content,
    base_version: int,
    save_id: UUID,
) -> Receipt:
    """One statement, and so one transaction: what it returns is committed. Raises NotSaved, in one of its kinds."""
    if sentence := refusal(form_of(case), question, content):
        raise AnswerRefused(sentence)
    now = clock.now()
    identity = {"question": question, "base": base_version, "save_id": save_id, "now": now}
    if version := _written(_place(by, case, question) | _words(case, question, content, base_version) | identity):
        return Receipt(question, version, now)
    return _receipt_of_a_repeat(by, case, question, content, standing(case, question, save_id))


def _place(by: User, case: Case, question: str) -> dict[str, Any]:
    return {
        "by": by.pk,
        "case": case.pk,
        "inspection": case.inspection_id,
        "stage": Stage.FIELDWORK,
        "is_key": form_of(case).questions[question].is_key,
    }


def _words(case: Case, question: str, content: Content, base_version: int) -> dict[str, Any]:
    """The event gets the digest of the words, never the words; of a second read not even that, for the first reader
    may see the log.

    `says_why`: a sent answer that is asked about may become this.
    """
    said = {} if case.second_of_id else {"value": content.value, "sha256": content.digest()}
    says_why = bool(content.change_reason) and change_problem(form_of(case), question, content) is None
    return asdict(content) | {"detail": json.dumps({"version": base_version + 1, **said}), "says_why": says_why}


def _written(values: dict[str, Any]) -> int | None:
    """The new version. None if nothing was written; another save may have taken the same id at the same moment."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(SAVE, values)
            row = cursor.fetchone()
    except IntegrityError as error:
        if "save_id" in str(error):
            return None
        raise
    return row[0] if row else None


def _receipt_of_a_repeat(by: User, case: Case, question: str, content: Content, found: Standing) -> Receipt:
    earlier = found.same_id
    if earlier:
        if (found.same_id_case, earlier.question, earlier.content) == (case.pk, question, content):
            return Receipt(question, earlier.version, earlier.at)
        raise SaveIdReused("This answer came under the id of another. Copy your text and open the page again.")
    if is_closed(found, by, changing=bool(content.change_reason)):
        raise CaseClosed(found)
    if found.sent_at and (problem := change_problem(form_of(case), question, content)):
        raise AnswerRefused(problem[1])
    raise StaleAnswer(found.now or Kept(question, Content(), 0, "The record", clock.now()))


def is_closed(found: Standing, by: User, *, changing: bool = False) -> bool:
    """`changing`: with a reason, as a sent answer may be changed while somebody asks about it."""
    sent = found.sent_at and not (changing and found.asked)
    return bool(sent or found.left_at) or found.reader_id != by.pk or found.stage != Stage.FIELDWORK
