"""Saves a section that was posted whole, sends a case read, and opens one again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import AnswerRefused, CaseClosed, StaleAnswer, save_answer
from cases.actions.locks import held
from cases.actions.set_aside import set_aside
from cases.models import Case
from cases.queries.answers import answers_of, content_at, gaps_of, standing
from cases.rules.answers import Content, GivenUp, Kept, Save
from cases.rules.checking import Gap
from cases.rules.reading import Unsaved
from inspections.actions import mark_evidence_changed
from inspections.actions.refused import Refused
from inspections.models import Stage


class GapsLeft(Exception):
    """The read cannot be sent yet."""

    def __init__(self, found: list[Gap]) -> None:
        super().__init__("This case read has gaps.")
        self.found = found


class NotSent(Refused):
    """Only a sent read of an inspection in fieldwork can be opened again."""


def save_section(
    *, by: User, case: Case, saves: Iterable[Save], given_up: Iterable[GivenUp] = ()
) -> dict[str, Unsaved]:
    """Each answer that the person changed or gave up, on its own. Returns those that were not. Raises CaseClosed."""
    unsaved = {}
    for given in given_up:
        try:
            set_aside(by=by, case=case, **vars(given))
        except AnswerRefused as refused:
            unsaved[given.question] = Unsaved(given.content, given.base_version, error=str(refused))
    for save in _changed(case, list(saves)):
        try:
            save_answer(by=by, case=case, **vars(save))
        except StaleAnswer as stale:
            unsaved[save.question] = Unsaved(save.content, save.base_version, theirs=stale.theirs)
        except AnswerRefused as refused:
            unsaved[save.question] = Unsaved(save.content, save.base_version, error=str(refused))
    return _with_what_both_began_from(case, unsaved)


def _with_what_both_began_from(case: Case, unsaved: Mapping[str, Unsaved]) -> dict[str, Unsaved]:
    stale = {question: each.base_version for question, each in unsaved.items() if each.theirs}
    bases = content_at(case, stale) if stale else {}
    return {question: replace(each, base=bases.get(question, Content())) for question, each in unsaved.items()}


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
    locked = held(case)
    if locked.inspection.stage != Stage.FIELDWORK or locked.reader_id != by.pk or locked.sent_at or locked.left_at:
        raise CaseClosed(standing(case))
    if found := gaps_of(locked, answers_of(locked)):
        raise GapsLeft(found)
    locked.sent_at, locked.sent_by = clock.now(), by
    locked.save(update_fields=["sent_at", "sent_by"])
    mark_evidence_changed(locked.inspection_id)
    record(by=by, verb="case read sent", inspection=locked.inspection.ref, subject=case.ref)


@transaction.atomic
def reopen_case(*, by: User, case: Case, reason: str) -> None:
    """Raises NotSent."""
    locked = held(case)
    if not locked.sent_at or locked.left_at or locked.inspection.stage != Stage.FIELDWORK:
        raise NotSent(f"{case.ref} is open already, or can no longer be opened")
    locked.sent_at, locked.sent_by = None, None
    locked.reopened_at, locked.reopened_by = clock.now(), by
    locked.save(update_fields=["sent_at", "sent_by", "reopened_at", "reopened_by"])
    mark_evidence_changed(locked.inspection_id)
    record(
        by=by, verb="case read reopened", inspection=locked.inspection.ref, subject=case.ref, detail={"reason": reason}
    )
