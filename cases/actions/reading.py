"""Saves a section that was posted whole, sends a case read, and opens one again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import AnswerRefused, CaseClosed, StaleAnswer, save_answer
from cases.actions.locks import locked_case
from cases.actions.set_aside import set_aside
from cases.actions.telling import tell_one
from cases.models import Case, Outcome, ReopenRequest
from cases.queries.answers import answers_of, content_at, gaps_of, standing
from cases.queries.reopening import lead_of
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
    held = locked_case(case)
    if held.inspection.stage != Stage.FIELDWORK or held.reader_id != by.pk or held.sent_at or held.left_at:
        raise CaseClosed(standing(case))
    held.row = case.row
    if found := gaps_of(held, answers_of(held)):
        raise GapsLeft(found)
    held.sent_at, held.sent_by = clock.now(), by
    held.save(update_fields=["sent_at", "sent_by"])
    _count_again(held)
    record(by=by, verb="case read sent", inspection=held.inspection.ref, subject=case.ref)


@transaction.atomic
def reopen_case(*, by: User, case: Case, reason: str) -> None:
    """Answers whoever asked for it, too. Raises NotSent."""
    held = _to_reopen(case)
    held.sent_at, held.sent_by = None, None
    held.reopened_at, held.reopened_by = clock.now(), by
    held.save(update_fields=["sent_at", "sent_by", "reopened_at", "reopened_by"])
    _count_again(held)
    decide_request(by, held, Outcome.REOPENED, reason)
    record(
        by=by, verb="case read reopened", inspection=held.inspection.ref, subject=case.ref, detail={"reason": reason}
    )


def _to_reopen(case: Case) -> Case:
    held = locked_case(case)
    if not held.sent_at or held.left_at or held.inspection.stage != Stage.FIELDWORK:
        raise NotSent(f"{case.ref} is open already, or can no longer be opened")
    if held.second_of and held.second_of.sent_at:
        raise NotSent("Both reads are sent and can be compared. The second read is not opened again")
    return held


def _count_again(case: Case) -> None:
    """A second read counts nowhere."""
    if case.second_of_id is None:
        mark_evidence_changed(case.inspection_id)


@transaction.atomic
def ask_to_reopen(*, by: User, case: Case, reason: str) -> None:
    """The lead inspector is told. Raises NotSent."""
    held = _to_reopen(case)
    if held.reader_id != by.pk or held.reopen_requests.filter(decided_at__isnull=True).exists():
        raise NotSent(f"Somebody has asked already, or {case.ref} is no longer yours to read")
    ReopenRequest.objects.create(case=held, reason=reason, asked_at=clock.now(), asked_by=by)
    tell_one(by, held.inspection, lead_of(held.inspection), f"{by.name} asks to reopen {case.ref}", home_of(held))
    record(by=by, verb="asked to reopen", inspection=held.inspection.ref, subject=case.ref)


@transaction.atomic
def refuse_to_reopen(*, by: User, case: Case, reason: str) -> None:
    """Raises NotSent if nobody asks any more."""
    held = _to_reopen(case)
    if not decide_request(by, held, Outcome.REFUSED, reason):
        raise NotSent(f"Nobody asks to reopen {case.ref} any more")
    record(by=by, verb="refused to reopen", inspection=held.inspection.ref, subject=case.ref)


def decide_request(by: User, case: Case, outcome: Outcome, reason: str) -> bool:
    """Whether there was one. Whoever asked is told."""
    request = case.reopen_requests.filter(decided_at__isnull=True).first()
    if request is None:
        return False
    request.outcome, request.outcome_reason = outcome, reason
    request.decided_at, request.decided_by = clock.now(), by
    request.save(update_fields=["outcome", "outcome_reason", "decided_at", "decided_by"])
    tell_one(by, case.inspection, request.asked_by_id, f"{outcome.label}: {case.ref}", home_of(case))
    return True


def home_of(case: Case) -> str:
    return reverse("cases:case", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})
