"""Decisions are added, never changed; whoever decides must have seen what was decided before."""

import pytest

from accounts.models import AuditEvent
from ratings.actions.decisions import DecidedMeanwhile, NotPermitted, decide
from ratings.actions.meetings import Frozen
from ratings.queries.meetings import Agenda, meeting_of
from tests.ratings.given import REASON, decided, frozen_meeting, meeting_started

pytestmark = pytest.mark.django_db


def agenda(meeting):
    return Agenda(meeting_of(meeting.inspection))


def test_the_latest_decision_stands_and_the_earlier_one_stays(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    decided(meeting, people.lead, V1_2="yes")
    assert agenda(meeting).item("V1.2").decision.decided_by == people.lead
    assert [decision.value for decision in meeting.decisions.all()] == ["no", "yes"]


def test_a_decision_is_in_the_log_with_its_reason(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes")
    event = AuditEvent.objects.filter(inspection=meeting.inspection.ref).first()
    assert (event.verb, event.subject, event.person) == ("recorded a decision", "V1.2", people.chair)
    there = [people.lead.pk, people.deputy.pk, people.chair.pk, people.member.pk]
    told = {"value": "yes", "reason": REASON, "evidence_digest": meeting.evidence_digest, "there": there}
    assert event.detail == told


def test_a_choice_outside_the_permitted_pair_is_refused(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="no")
    seen = agenda(meeting).item("V1").seen
    with pytest.raises(NotPermitted, match=r"so the panel chooses Requires improvement or Good$"):
        decide(meeting=meeting, item="V1", value="outstanding", reason=REASON, seen=seen, by=people.chair)


def test_nothing_is_chosen_before_the_answer(people):
    meeting = meeting_started(people)
    with pytest.raises(NotPermitted, match=r"^V1.1 is Good. V1.2 is not answered yet. Nothing can be chosen yet$"):
        decide(meeting=meeting, item="V1", value="good", reason=REASON, seen=0, by=people.chair)


def test_another_answer_opens_a_choice_that_it_no_longer_permits(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes", V1="outstanding")
    decided(meeting, people.chair, V1_2="no")
    found = agenda(meeting).item("V1")
    assert (found.decision, found.superseded.value) == (None, "outstanding")
    assert [item.item.code for item in agenda(meeting).open_items] == ["V1"]


def test_a_choice_that_stays_permitted_stands_and_says_that_the_answer_is_newer(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    assert agenda(meeting).item("V1").note == ""
    decided(meeting, people.chair, V1_2="no")
    found = agenda(meeting).item("V1")
    assert (found.decision.value, found.note) == (
        "good",
        "V1.2 was answered again after this choice. The choice is still permitted.",
    )


def test_whoever_has_not_seen_the_latest_decision_is_told_first(people):
    meeting = meeting_started(people)
    decided(meeting, people.chair, V1_2="yes")
    with pytest.raises(DecidedMeanwhile):
        decide(meeting=meeting, item="V1.2", value="no", reason=REASON, seen=0, by=people.lead)
    assert meeting.decisions.count() == 1


def test_decisions_on_different_standards_do_not_hinder_each_other(people):
    meeting = meeting_started(people, "iyjs")
    decided(meeting, people.chair, _1_1="good")
    decide(meeting=meeting, item="1.2", value="good", reason=REASON, seen=0, by=people.lead)
    assert sorted(agenda(meeting).decided) == ["1.1", "1.2"]


def test_a_frozen_record_takes_no_decision(people):
    meeting = frozen_meeting(people)
    seen = agenda(meeting).item("V1").seen
    with pytest.raises(Frozen):
        decide(meeting=meeting, item="V1", value="outstanding", reason=REASON, seen=seen, by=people.chair)
