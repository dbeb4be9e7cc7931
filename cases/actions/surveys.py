"""A text survey comes in, its questions are chosen, it is imported without anybody's identity, and can be removed."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.models import Survey, SurveyAnswer, SurveyQuestion, SurveyUpload
from cases.rules.surveys import Answered, Sheet, answered, by_question, columns, problems
from inspections.actions.refused import Refused
from inspections.models import Inspection

KEPT_UNCHECKED = timedelta(days=7)
GONE = "This file has been imported or replaced since you opened this page. Open the surveys again"
CHANGED = "The questions have been changed since you opened this page. Open it again"
NOTHING_CHOSEN = "Choose at least one column that is a question and has answers"


@transaction.atomic
def keep_survey(*, by: User, inspection: Inspection, label: str, content: bytes, sheet: Sheet) -> SurveyUpload:
    """In place of the file that the same person had not imported yet. Raises Refused where it was imported before."""
    _lock(inspection)
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_twice(inspection, sha256)
    inspection.survey_uploads.filter(uploaded_by=by).delete()
    upload = SurveyUpload.objects.create(
        inspection=inspection,
        label=label[-200:],
        sha256=sha256,
        uploaded_at=clock.now(),
        uploaded_by=by,
        headings=sheet.headings,
        rows=sheet.rows,
        problems=sheet.problems,
        telephones=sheet.telephones,
        chosen=[column.place for column in columns(sheet) if column.asked],
    )
    record(by=by, verb="survey uploaded", inspection=inspection.ref, detail={"sha256": sha256})
    return upload


@transaction.atomic
def choose_questions(*, by: User, upload: SurveyUpload, chosen: Sequence[int]) -> None:
    """Raises Refused."""
    held = _held(upload)
    held.chosen = sorted(chosen)
    held.save(update_fields=["chosen"])
    record(by=by, verb="survey questions chosen", inspection=held.inspection.ref, detail={"columns": held.chosen})


@transaction.atomic
def import_survey(*, by: User, upload: SurveyUpload, sheet: Sheet) -> Survey:
    """`sheet` is what the page showed, with the questions of `upload`. Raises Refused."""
    _lock(upload.inspection)
    held = _held(upload)
    if held.chosen != upload.chosen:
        raise Refused(CHANGED)
    _refuse_twice(held.inspection, held.sha256)
    if not answered(sheet, held.chosen):
        raise Refused(NOTHING_CHOSEN)
    counts = {"answered": answered(sheet, held.chosen), "left_out": len(problems(sheet, held.chosen))}
    survey = Survey.objects.create(
        inspection=held.inspection,
        sha256=held.sha256,
        imported_at=clock.now(),
        imported_by=by,
        telephones=held.telephones,
        **counts,
    )
    _keep_answers(survey, by_question(sheet, held.chosen))
    held.delete()
    detail = {"survey": survey.pk, "sha256": survey.sha256, **counts}
    record(by=by, verb="survey imported", inspection=survey.inspection.ref, detail=detail)
    return survey


def _keep_answers(survey: Survey, questions: Sequence[Answered]) -> None:
    for number, question in enumerate(questions, start=1):
        kept = SurveyQuestion.objects.create(survey=survey, number=number, text=question.text)
        SurveyAnswer.objects.bulk_create(
            SurveyAnswer(question=kept, place=place, text=text, times=times)
            for place, (text, times) in enumerate(question.answers, start=1)
        )


@transaction.atomic
def remove_survey(*, by: User, survey: Survey, reason: str) -> None:
    """Its questions and answers go; that it was there, who removed it and why, stays. Raises Refused."""
    held = Survey.objects.select_for_update(of=("self",), no_key=True).select_related("inspection").get(pk=survey.pk)
    if held.removed_at:
        raise Refused("Somebody has removed this survey")
    SurveyAnswer.objects.filter(question__survey=held).delete()
    held.questions.all().delete()
    held.removed_at, held.removed_by, held.removed_reason = clock.now(), by, reason
    held.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    record(by=by, verb="survey removed", inspection=held.inspection.ref, detail={"survey": held.pk})


@transaction.atomic
def forget_unchecked() -> int:
    """Files that nobody came back to for a week. Returns how many."""
    old = SurveyUpload.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related(
        "inspection"
    )
    left = list(old.filter(uploaded_at__lt=clock.now() - KEPT_UNCHECKED))
    for upload in left:
        upload.delete()
        detail = {"sha256": upload.sha256}
        record(
            by=None, verb="removed a survey that was never imported", inspection=upload.inspection.ref, detail=detail
        )
    return len(left)


def _refuse_twice(inspection: Inspection, sha256: str) -> None:
    same = inspection.surveys.filter(sha256=sha256, removed_at=None).select_related("imported_by").first()
    if same:
        day = f"{localtime(same.imported_at, clock.LONDON):%-d %B}"
        raise Refused(
            f"{same.imported_by.name} imported this file on {day}. To import it again, remove that survey first"
        )


def _held(upload: SurveyUpload) -> SurveyUpload:
    """Locked. Raises Refused where it was imported or replaced meanwhile."""
    rows = SurveyUpload.objects.select_for_update(of=("self",), no_key=True).select_related("inspection")
    found = rows.filter(pk=upload.pk).first()
    if found is None:
        raise Refused(GONE)
    return found


def _lock(inspection: Inspection) -> None:
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
