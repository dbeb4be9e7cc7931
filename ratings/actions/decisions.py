"""The meeting decides one item. Decisions are only ever added to; the latest on an item stands."""

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.refused import Refused
from ratings.actions.meetings import Frozen, lock
from ratings.models import Decision, Meeting
from ratings.queries.meetings import Agenda, AgendaItem
from ratings.queries.members import members_of
from ratings.rules.meeting import pair_words
from ratings.rules.quorum import Member, missing_quorum, there_for


class DecidedMeanwhile(Refused):
    """There is a decision that the person has not seen."""


class NoQuorum(Refused):
    """Too few are in the room, or whoever records is not."""


class NotPermitted(Refused):
    """The value is not among those that may be chosen now."""


@transaction.atomic
def decide(*, meeting: Meeting, item: str, value: str, reason: str, seen: int, by: User) -> Decision:
    """`seen` is the latest decision on this item's standard that the person had seen when they decided; 0 for none."""
    meeting = lock(meeting)
    refuse(meeting, Agenda(meeting).item(item), value, seen)
    members = members_of(meeting)
    refuse_without_quorum(meeting, members, item, by)
    decision = Decision.objects.create(
        meeting=meeting, item=item, value=value, reason=reason, decided_at=clock.now(), decided_by=by
    )
    there = [member.person for member in there_for(members, item)]
    detail = {"value": value, "reason": reason, "evidence_digest": meeting.evidence_digest, "there": there}
    record(by=by, verb="recorded a decision", inspection=meeting.inspection.ref, subject=item, detail=detail)
    return decision


def refuse(meeting: Meeting, found: AgendaItem, value: str, seen: int) -> None:
    if meeting.frozen_at:
        raise Frozen("The record is frozen. Take the decisions up again before you change one")
    if found.seen > seen:
        raise DecidedMeanwhile("Somebody recorded a decision after you opened this page. Read it, then decide")
    if value not in dict(found.item.options):
        raise NotPermitted(pair_words(found.item))


def refuse_without_quorum(meeting: Meeting, members: list[Member], item: str, by: User) -> None:
    if problem := missing_quorum(meeting.inspection.kind.meeting, members, item):
        raise NoQuorum(problem)
    if any(member.person == by.pk and not member.is_there_for(item) for member in members):
        raise NoQuorum(f"You are not in the room for {item}, so somebody else records what is decided")
