"""A new version of the meeting: signed ratings are opened again, or one of the two returns the record unsigned.

The version before stays as it was, with its signatures. The new one has the evidence as it is now, and takes over what
was decided; it stands once chair and lead have signed it.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions import back_to_rating, tell
from inspections.actions.refused import Refused
from inspections.models import Inspection, Stage
from ratings.actions.meetings import AlreadySigned, NotFrozen, gather, held, lock, refuse_other_standards, stamp
from ratings.actions.signatures import ChangedSinceOpened, signed_as, signing_role
from ratings.models import SIGNING_ROLES, Decision, Meeting
from ratings.queries import evidence as answers
from ratings.queries.meetings import Agenda, meeting_of
from ratings.queries.versions import reopening_differences, reopening_state


class AlreadyOpen(Refused):
    """There is a version that has not been signed off."""


class NothingToReturn(Refused):
    """Nobody has signed."""


@transaction.atomic
def reopen(*, inspection: Inspection, because: str, shown: Mapping[str, Any], by: User) -> Meeting:
    """`shown` is the state (queries.versions.reopening_state) of the page that the person read before opening."""
    inspection = held(inspection.pk)
    meeting = meeting_of(inspection)
    if meeting is None or not meeting.signed_at or inspection.stage not in (Stage.SIGNED, Stage.TOLD):
        raise AlreadyOpen("These ratings are open already, so nothing was done")
    if changes := reopening_differences(shown, reopening_state(meeting)):
        raise ChangedSinceOpened(changes)
    after_telling = inspection.stage == Stage.TOLD
    new = next_version(meeting, because, by)
    back_to_rating(inspection)
    tell_signers(new, f"The ratings of {inspection.service.name}, {inspection.ref}, are open again")
    detail = {**detail_of(new, meeting), "after the service was told": "yes" if after_telling else "no"}
    record(by=by, verb="opened the signed ratings again", inspection=inspection.ref, detail=detail)
    return new


@transaction.atomic
def give_back(*, meeting: Meeting, because: str, by: User) -> Meeting:
    """One has signed; the other returns the record instead of signing it."""
    inspection = held(meeting.inspection_id)
    meeting = lock(meeting)
    refuse_give_back(meeting, inspection, by)
    new = next_version(meeting, because, by)
    tell_signers(new, f"The ratings of {inspection.service.name}, {inspection.ref}, were returned unsigned", but=by)
    record(by=by, verb="returned the ratings unsigned", inspection=inspection.ref, detail=detail_of(new, meeting))
    return new


def refuse_give_back(meeting: Meeting, inspection: Inspection, by: User) -> None:
    role = signing_role(inspection, by)
    if meeting.signed_at or Meeting.objects.filter(replaces=meeting).exists():
        raise AlreadySigned("This version is closed. Load the page again")
    if not meeting.frozen_at:
        raise NotFrozen("The record is not frozen, so there is nothing to return")
    signature = meeting.signatures.first()
    if signature is None:
        raise NothingToReturn("Nobody has signed this record yet. Take up the decisions again instead")
    if by.pk == signature.person_id or role == signature.role:
        raise AlreadySigned(f"This record is signed as {signed_as(signature)}. The other who signs can return it")


def next_version(meeting: Meeting, because: str, by: User) -> Meeting:
    inspection = meeting.inspection
    refuse_other_standards(inspection)
    new = Meeting.objects.create(
        inspection=inspection,
        number=meeting.number + 1,
        replaces=meeting,
        because=because,
        started_at=clock.now(),
        started_by=by,
        **stamp(inspection, answers.to_stamp(inspection)),
    )
    take_over(meeting, new)
    gather(new, by)
    return new


def take_over(meeting: Meeting, new: Meeting) -> None:
    """What stood, in the order in which it was decided, with who decided it, when and why."""
    standing = sorted(Agenda(meeting).latest.values(), key=lambda decision: decision.pk)
    Decision.objects.bulk_create(
        Decision(
            meeting=new,
            item=decision.item,
            value=decision.value,
            reason=decision.reason,
            decided_at=decision.decided_at,
            decided_by_id=decision.decided_by_id,
        )
        for decision in standing
    )


def detail_of(new: Meeting, replaced: Meeting) -> dict[str, Any]:
    return {"reason": new.because, "version": new.number, "replaces": replaced.record_digest}


def tell_signers(new: Meeting, text: str, but: User | None = None) -> None:
    """Chair and lead, but not whoever did it."""
    places = new.inspection.memberships.filter(until__isnull=True, role__in=SIGNING_ROLES)
    people = [person for person in places.values_list("person", flat=True) if but is None or person != but.pk]
    key = f"{new.inspection.ref} ratings version {new.number}"
    tell(people=people, key=key, text=text, to="ratings:meeting", inspection=new.inspection)
