"""What is read about answers: as they are, as they were, and why one was not saved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from cases.models import Answer, AnswerVersion, Case, SetAside
from cases.rules.answers import PARTS, CaseForm, Content, Kept, Standing, case_form
from cases.rules.checking import Gap, gaps
from cases.rules.facts import facts
from inspections.models import Inspection, standards_at
from standards.schema import Facts

FORMS = 256


@lru_cache(FORMS)
def _form(key: str, content_hash: str, kind: str, left_out: frozenset[str]) -> CaseForm:
    return case_form(standards_at(key, content_hash), kind, left_out)


def form_of(case: Case) -> CaseForm:
    """What is asked about this case. Reads no row besides the case's own of the list: standards are held as data."""
    known = facts(
        kind=case.kind,
        work_type=case.row.work_type,
        care_experienced=case.row.care_experienced,
        welsh_speaking=case.row.welsh_speaking,
        is_macd=case.is_macd,
        born=case.row.date_of_birth,
        on=case.inspection.fieldwork_start,
    )
    return form_for(case.inspection, case.kind, known)


def form_for(inspection: Inspection, kind: str, known: Facts | None = None) -> CaseForm:
    """What is asked where these facts are known; without any, everything that is ever asked about this kind of case."""
    conditions = inspection.standards.conditions if known else {}
    left_out = frozenset(code for code, condition in conditions.items() if known and not condition.holds(known))
    return _form(inspection.standards_key, inspection.standards_hash, kind, left_out)


NOW = """
SELECT a.question, a.value, a.na_reason, a.evidence, a.despite_reason, a.change_reason, a.version, changer.name,
  a.changed_at
FROM cases_answer a JOIN accounts_user changer ON changer.id = a.changed_by_id
WHERE a.case_id = %s ORDER BY a.question
"""


def answers_of(case: Case) -> dict[str, Kept]:
    """As they are now, by question."""
    with connection.cursor() as cursor:
        cursor.execute(NOW, [case.pk])
        return {row[0]: _now(case, *row) for row in cursor.fetchall()}


def _now(case: Case, question: str, *columns: Any) -> Kept:
    *words, version, by, at = columns
    return Kept(question, _for_this_opening(Content(*words), at, case), version, by, at)


def _for_this_opening(content: Content, at: datetime, case: Case) -> Content:
    """A reason for a change belongs to the opening of the read in which it was given."""
    return replace(content, change_reason="") if case.reopened_at and at <= case.reopened_at else content


def sent_content(case: Case) -> dict[str, Content] | None:
    """What each answer said when the read was opened again; None for one that never was."""
    if case.reopened_at is None:
        return None
    versions = AnswerVersion.objects.filter(answer__case=case, at__lte=case.reopened_at).select_related("answer")
    latest = versions.order_by("answer_id", "-version").distinct("answer_id")
    return {version.answer.question: content_of(version) for version in latest}


def content_at(case: Case, versions: Mapping[str, int]) -> dict[str, Content]:
    """What each question's answer said at that version; nothing for a version that never was."""
    kept = AnswerVersion.objects.filter(answer__case=case, answer__question__in=versions, version__in=versions.values())
    rows = kept.values_list("answer__question", "version", "at", *PARTS)
    return {
        question: _for_this_opening(Content(*words), at, case)
        for question, version, at, *words in rows
        if versions[question] == version
    }


def gaps_of(case: Case, answers: Mapping[str, Kept]) -> list[Gap]:
    """What it lacks before it can be sent, with these answers."""
    return gaps(form_of(case), {code: kept.content for code, kept in answers.items()}, sent_content(case))


STANDING = """
SELECT c.reader_id, coalesce(reader.name, ''),
  (SELECT max(at) FROM accounts_auditevent WHERE inspection = i.ref AND verb IN ('allocated cases', 'took over a case')
    AND detail #> ARRAY['readers', c.ref] IS NOT NULL),
  c.sent_at, coalesce(sender.name, ''), c.left_at, i.stage,
  a.question, a.value, a.na_reason, a.evidence, a.despite_reason, a.change_reason, a.version, changer.name,
  a.changed_at,
  ka.question, k.value, k.na_reason, k.evidence, k.despite_reason, k.change_reason, k.version, keeper.name, k.at,
  ka.case_id,
  EXISTS (SELECT FROM cases_query q WHERE q.case_id = c.id AND q.question = %(question)s AND q.closed_at IS NULL)
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


def standing(case: Case, question: str = "", save_id: UUID | None = None) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"case": case.pk, "question": question, "save_id": save_id})
        row = cursor.fetchone()
    reader_id, reader, given_at, sent_at, sent_by, left_at, stage = row[:7]
    now, same_id, same_id_case, asked = _kept(row[7:16]), _kept(row[16:25]), row[25], row[26]
    return Standing(reader_id, reader, given_at, sent_at, sent_by, left_at, stage, now, same_id, same_id_case, asked)


def _kept(columns: tuple[Any, ...]) -> Kept | None:
    question, *words, version, by, at = columns
    return Kept(question, Content(*words), version, by, at) if version else None


def changes_of(case: Case, question: str = "") -> QuerySet[AnswerVersion]:
    """Every version of every answer, or of one, newest first."""
    versions = AnswerVersion.objects.filter(answer__case=case).select_related("answer", "by").order_by("-at", "-id")
    return versions.filter(answer__question=question) if question else versions


def with_what_was_before(versions: Iterable[AnswerVersion]) -> list[tuple[Kept, Content | None]]:
    """Each with the words that it replaced, found in one query for all."""
    versions = list(versions)
    earlier = AnswerVersion.objects.filter(
        answer__in={version.answer_id for version in versions}, version__in={each.version - 1 for each in versions}
    )
    found = {(each.answer_id, each.version): content_of(each) for each in earlier}
    return [(_then(version), found.get((version.answer_id, version.version - 1))) for version in versions]


def set_aside_for(case: Case, shown: Iterable[Kept]) -> dict[tuple[str, int], list[Kept]]:
    """What was set aside for each of these versions of answers, oldest first."""
    versions = {(kept.question, kept.version) for kept in shown}
    rows = SetAside.objects.filter(
        case=case,
        question__in={question for question, _ in versions},
        gave_way_to__in={version for _, version in versions},
    )
    found: dict[tuple[str, int], list[Kept]] = defaultdict(list)
    for row in rows.select_related("by").order_by("at", "id"):
        found[row.question, row.gave_way_to].append(_given_up(row))
    return found


def set_aside_for_nothing(case: Case, question: str = "") -> list[Kept]:
    """What was set aside where there was no answer, newest first: of the case, or of one question."""
    rows = SetAside.objects.filter(case=case, gave_way_to=0).select_related("by").order_by("-at", "-id")
    return [_given_up(row) for row in (rows.filter(question=question) if question else rows)]


def _given_up(row: SetAside) -> Kept:
    return Kept(row.question, content_of(row), row.gave_way_to, row.by.name, row.at)


def _then(version: AnswerVersion) -> Kept:
    return Kept(version.answer.question, content_of(version), version.version, version.by.name, version.at)


def content_of(row: Answer | AnswerVersion | SetAside) -> Content:
    return Content(*(getattr(row, part) for part in PARTS))
