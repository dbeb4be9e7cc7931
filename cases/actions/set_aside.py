"""Keeps what somebody had written when they chose another version of the answer instead."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from cases.actions.answers import AnswerRefused, CaseClosed, Receipt, SaveIdReused, is_closed
from cases.actions.locks import locked_case
from cases.models import Case, SetAside
from cases.queries.answers import content_of, form_of, standing
from cases.rules.answers import Content, GivenUp, refusal


@transaction.atomic
def set_aside(
    *, by: User, case: Case, question: str, content: Content, base_version: int, gave_way_to: int, save_id: UUID
) -> Receipt:
    """The answer stays as it is. The same id gives the first receipt again. Raises AnswerRefused or CaseClosed."""
    if sentence := refusal(form_of(case), question, content):
        raise AnswerRefused(sentence)
    locked_case(case)
    given = GivenUp(question, content, base_version, save_id, gave_way_to)
    kept = SetAside.objects.filter(save_id=save_id).first() or _kept(by, case, given)
    if (kept.case_id, kept.question, content_of(kept)) != (case.pk, question, content):
        raise SaveIdReused("This answer came under the id of another. Copy your text and open the page again.")
    return Receipt(question, kept.gave_way_to, kept.at)


def _kept(by: User, case: Case, given: GivenUp) -> SetAside:
    found = standing(case, given.question)
    if is_closed(found, by):
        raise CaseClosed(found)
    latest = found.now.version if found.now else 0
    kept = SetAside.objects.create(
        case=case,
        question=given.question,
        **asdict(given.content),
        based_on=given.base_version,
        gave_way_to=min(given.gave_way_to, latest),
        at=clock.now(),
        by=by,
        save_id=given.save_id,
    )
    detail = {"gave_way_to": kept.gave_way_to, "value": kept.value, "sha256": given.content.digest()}
    subject = f"{case.ref} {given.question}"
    record(by=by, verb="set an answer aside", inspection=case.inspection.ref, subject=subject, detail=detail)
    return kept
