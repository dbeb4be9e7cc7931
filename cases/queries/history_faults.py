"""Answers that are not what their history says, found in the database as it lies."""

from collections.abc import Iterator

from django.db import connection

NOW = """
SELECT c.ref, a.question, i.ref FROM cases_answer a
JOIN cases_case c ON c.id = a.case_id JOIN inspections_inspection i ON i.id = c.inspection_id
LEFT JOIN cases_answerversion v ON v.answer_id = a.id AND v.version = a.version
WHERE v.id IS NULL OR (a.value, a.na_reason, a.evidence, a.despite_reason, a.change_reason)
  IS DISTINCT FROM (v.value, v.na_reason, v.evidence, v.despite_reason, v.change_reason)
ORDER BY i.ref, c.ref, a.question LIMIT 100
"""
VERSIONS = """
SELECT v.answer_id, count(*), max(v.version), min(v.version), bool_or(a.id IS NULL), max(a.version)
FROM cases_answerversion v LEFT JOIN cases_answer a ON a.id = v.answer_id GROUP BY v.answer_id
HAVING count(*) <> max(v.version) OR min(v.version) <> 1 OR bool_or(a.id IS NULL) OR max(a.version) <> max(v.version)
ORDER BY v.answer_id LIMIT 100
"""


def history_faults() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        for case, question, inspection in cursor.fetchall():
            yield f"{inspection}, {case}, {question}: the answer is not what its history says last."
        cursor.execute(VERSIONS)
        for answer, *_ in cursor.fetchall():
            yield f"The history of answer {answer}: versions are missing, or the answer itself is."
