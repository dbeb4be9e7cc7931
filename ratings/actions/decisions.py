"""The meeting decides one item. Decisions are only ever added to; the latest on an item stands."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.actions import record
from accounts.models import User
from inspections.actions.refused import Refused
from ratings.actions.meetings import Frozen, lock
from ratings.models import Decision, Meeting
from ratings.queries.discretion import as_it_stood, findings_by_item
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
def decide(
    *,
    meeting: Meeting,
    item: str,
    value: str,
    reason: str,
    seen: int,
    by: User,
    findings: Sequence[int] = (),
    dissent: str = "",
) -> Decision:
    """`seen` is the latest decision on this item's standard that the person had seen when they decided; 0 for none.

    `findings` are the numbers of agreed findings on which it rests; they are kept as they stand now.
    """
    meeting = lock(meeting)
    refuse(meeting, Agenda(meeting).item(item), value, seen)
    members = members_of(meeting)
    refuse_without_quorum(meeting, members, item, by)
    rests_on = chosen_findings(meeting, item, findings)
    said = {"value": value, "reason": reason, "findings": rests_on, "dissent": dissent}
    decision = Decision.objects.create(meeting=meeting, item=item, **said, decided_at=clock.now(), decided_by=by)
    there = [member.person for member in there_for(members, item)]
    detail: dict[str, Any] = {"value": value, "reason": reason, "evidence_digest": meeting.evidence_digest}
    detail |= {"there": there} | ({"findings": list(findings)} if findings else {})
    record(by=by, verb="recorded a decision", inspection=meeting.inspection.ref, subject=item, detail=detail)
    return decision


def chosen_findings(meeting: Meeting, item: str, numbers: Sequence[int]) -> list[list[object]]:
    """Raises NotPermitted where one is not, or no longer, agreed."""
    if not numbers:
        return []
    agreed = {each.finding.number: each for each in findings_by_item(meeting.inspection).get(item, [])}
    if not set(numbers) <= set(agreed):
        raise NotPermitted("A finding that you chose is no longer agreed. Choose again")
    return as_it_stood([agreed[number] for number in sorted(set(numbers))])


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
