"""Two people sign the frozen record: the panel chair and the lead inspector. Then nothing moves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions import call_for_step, reach_stage, step_not_needed
from inspections.actions.refused import Refused
from inspections.models import Inspection, Membership, Stage, TeamRole
from ratings.actions.meetings import AlreadySigned, NotFrozen, held, lock
from ratings.models import SIGNING_ROLES, Meeting, Signature
from ratings.queries.meetings import differences, page_state
from ratings.rules.concern import gives_concern

EARLY_STEER = "yjb_early_steer"


class NotASigner(Refused):
    """Neither panel chair nor lead inspector."""


class ChangedSinceOpened(Refused):
    """Carries one sentence for each change."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(". ".join(sentences))


@transaction.atomic
def sign(*, meeting: Meeting, shown: Mapping[str, Any], by: User) -> Signature:
    """`shown` is the state (queries.meetings.page_state) of the page that the person read before signing.

    The inspection's row is held first: whatever changes evidence holds it too, so nothing slips in between the
    comparison and the signature.
    """
    inspection = held(meeting.inspection_id)
    meeting = lock(meeting)
    role = signing_role(inspection, by)
    refuse(meeting, role, shown, by)
    signature = Signature.objects.create(
        meeting=meeting, person=by, role=role, record_digest=meeting.record_digest, signed_at=clock.now()
    )
    record(
        by=by,
        verb="signed the ratings",
        inspection=inspection.ref,
        detail={"role": role, "record_digest": meeting.record_digest},
    )
    if meeting.signatures.count() == len(SIGNING_ROLES):
        complete(meeting, inspection, by)
    return signature


def signing_role(inspection: Inspection, person: User) -> str:
    membership = Membership.objects.filter(
        inspection=inspection, person=person, until__isnull=True, role__in=SIGNING_ROLES
    ).first()
    if membership is None:
        raise NotASigner("The panel chair and the lead inspector sign the ratings")
    return membership.role


def refuse(meeting: Meeting, role: str, shown: Mapping[str, Any], by: User) -> None:
    if Meeting.objects.filter(replaces=meeting).exists():
        raise ChangedSinceOpened(["A new version has replaced this one. Read the new version, then sign"])
    if not meeting.frozen_at:
        raise NotFrozen("The record is not frozen, so there is nothing to sign yet")
    for signature in meeting.signatures.select_related("person"):
        if signature.person_id == by.pk:
            raise AlreadySigned(f"You have signed as {signed_as(signature)}. Another person signs too")
        if signature.role == role:
            raise AlreadySigned(f"{signature.person.name} has already signed as {signed_as(signature)}")
    if changes := differences(shown, page_state(meeting)):
        raise ChangedSinceOpened(changes)


def signed_as(signature: Signature) -> str:
    return TeamRole(signature.role).label.lower()


def complete(meeting: Meeting, inspection: Inspection, by: User) -> None:
    meeting.signed_at = clock.now()
    meeting.save(update_fields=["signed_at"])
    reach_stage(inspection=inspection, stage=Stage.SIGNED, by=by)
    settle_early_steer(meeting, inspection, by)


def settle_early_steer(meeting: Meeting, inspection: Inspection, by: User) -> None:
    """The Youth Justice Board hears early of ratings that give cause for concern, and of no others."""
    if gives_concern(inspection.standards, (meeting.record or {})["result"]):
        words = "Give the Youth Justice Board an early steer"
        call_for_step(inspection=inspection, step=EARLY_STEER, words=words, by=by)
    else:
        step_not_needed(inspection=inspection, step=EARLY_STEER, by=by)
