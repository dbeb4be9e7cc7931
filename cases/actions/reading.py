"""Saves a section that was posted whole, sends a case read, and opens one again."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import AnswerRefused, CaseClosed, StaleAnswer, save_answer
from cases.models import Case
from cases.queries.answers import answers_of, content_at, form_of, standing
from cases.rules.answers import Content, Kept, Save
from cases.rules.checking import Gap, gaps
from cases.rules.reading import Unsaved
from inspections.actions import mark_evidence_changed
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage


class GapsLeft(Exception):
    """The read cannot be sent yet."""

    def __init__(self, found: list[Gap]) -> None:
        super().__init__("This case read has gaps.")
        self.found = found


class NotSent(Refused):
    """Only a sent read of an inspection in fieldwork can be opened again."""


def save_section(*, by: User, case: Case, saves: Iterable[Save]) -> dict[str, Unsaved]:
    """Each answer that the person changed, on its own. Returns those that were not saved. Raises CaseClosed."""
    unsaved = {}
    for save in _changed(case, list(saves)):
        try:
            save_answer(by=by, case=case, **vars(save))
        except StaleAnswer as stale:
            unsaved[save.question] = Unsaved(save.content, save.base_version, theirs=stale.theirs)
        except AnswerRefused as refused:
            unsaved[save.question] = Unsaved(save.content, save.base_version, error=str(refused))
    return unsaved


def _changed(case: Case, saves: list[Save]) -> list[Save]:
    """Less those that already say so, and those left as the form showed them, whoever changed them since."""
    now = answers_of(case)
    differing = [save for save in saves if save.content != _content(now, save.question)]
    based_earlier = {save.question: save.base_version for save in differing if save.base_version != _version(now, save)}
    shown = content_at(case, based_earlier) if any(based_earlier.values()) else {}
    return [
        save
        for save in differing
        if save.question not in based_earlier or save.content != shown.get(save.question, Content())
    ]


def _content(answers: Mapping[str, Kept], question: str) -> Content:
    return answers[question].content if question in answers else Content()


def _version(answers: Mapping[str, Kept], save: Save) -> int:
    return answers[save.question].version if save.question in answers else 0


@transaction.atomic
def send_case(*, by: User, case: Case) -> None:
    """Raises GapsLeft, or CaseClosed where it is no longer theirs to send. No save comes between check and sending."""
    held = _held(case)
    if held.inspection.stage != Stage.FIELDWORK or held.reader_id != by.pk or held.sent_at or held.left_at:
        raise CaseClosed(standing(case))
    answers = {code: kept.content for code, kept in answers_of(case).items()}
    held.row = case.row
    if found := gaps(form_of(held), answers):
        raise GapsLeft(found)
    held.sent_at, held.sent_by = clock.now(), by
    held.save(update_fields=["sent_at", "sent_by"])
    mark_evidence_changed(held.inspection_id)
    record(by=by, verb="case read sent", inspection=held.inspection.ref, subject=case.ref)


@transaction.atomic
def reopen_case(*, by: User, case: Case, reason: str) -> None:
    """Raises NotSent."""
    held = _held(case)
    if not held.sent_at or held.left_at or held.inspection.stage != Stage.FIELDWORK:
        raise NotSent(f"{case.ref} is open already, or can no longer be opened")
    held.sent_at, held.sent_by = None, None
    held.reopened_at, held.reopened_by = clock.now(), by
    held.save(update_fields=["sent_at", "sent_by", "reopened_at", "reopened_by"])
    mark_evidence_changed(held.inspection_id)
    record(
        by=by, verb="case read reopened", inspection=held.inspection.ref, subject=case.ref, detail={"reason": reason}
    )


def _held(case: Case) -> Case:
    """The row as it is now, locked after its inspection: the order in which saving an answer takes them too."""
    inspection = Inspection.objects.select_for_update(no_key=True).get(pk=case.inspection_id)
    held = Case.reads.select_for_update(no_key=True).get(pk=case.pk)
    held.inspection = inspection
    return held
