"""What a meeting says of discretion: why it departs from advice, and what somebody wished."""

from django.db import transaction

from accounts.models import User
from inspections.actions import tell
from inspections.actions.refused import Refused
from inspections.queries.team import leads_and_heads
from ratings.actions.meetings import lock
from ratings.actions.stating import note
from ratings.models import DiscretionNote, Meeting
from ratings.queries.discretion import discretion_of
from ratings.queries.meetings import Agenda


class NoDiscretion(Refused):
    """There is nothing here that discretion could be used on."""


@transaction.atomic
def override_rule(*, meeting: Meeting, rule: str, reason: str, by: User) -> DiscretionNote:
    """Raises NoDiscretion unless the panel's rating departs from this rule now."""
    meeting = open_meeting(meeting)
    advice = {each.state.rule.code: each for each in discretion_of(Agenda(meeting)).advice}
    if rule not in advice or not advice[rule].waits:
        raise NoDiscretion("The ratings do not depart from this rule now, or the reason is recorded already")
    return note(meeting, by, "recorded why a decision rule is departed from", rule=rule, reason=reason)


@transaction.atomic
def record_wish(*, meeting: Meeting, standard: str, wanted: str, reason: str, by: User) -> DiscretionNote:
    """The heads of programme are told. It changes nothing."""
    meeting = open_meeting(meeting)
    standards = meeting.inspection.standards
    found = [each.code for each in discretion_of(Agenda(meeting)).by_arithmetic]
    if standard not in found or wanted not in {rating.code for rating in standards.ratings}:
        raise NoDiscretion("Choose a standard that is rated from cases, and a rating")
    made = note(meeting, by, "recorded a wish", standard=standard, wanted=wanted, reason=reason)
    tell_heads(meeting, made)
    return made


def tell_heads(meeting: Meeting, made: DiscretionNote) -> None:
    inspection = meeting.inspection
    people = leads_and_heads([inspection])[inspection.pk]
    text = f"A wish about {made.standard} was recorded at the rating meeting of {inspection.ref}"
    key = f"{inspection.ref} wish {made.pk}"
    tell(people=people, key=key, text=text, to="ratings:discretion", inspection=inspection)


def open_meeting(meeting: Meeting) -> Meeting:
    found = lock(meeting)
    if found.frozen_at:
        raise NoDiscretion("The record is frozen. Take the decisions up again before you add to it")
    return found
