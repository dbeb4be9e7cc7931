"""Findings behind decisions, and the discretion record, over HTTP."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cases.actions.findings import Seen, Statement, add_card, agree_finding, change_finding, draft_finding
from cases.queries.findings import stated
from inspections.models import Inspection, Notification
from ratings.actions.meetings import freeze
from ratings.models import DiscretionNote, Meeting
from ratings.queries.meetings import Agenda, meeting_of, recomputed
from standards import loader
from tests.pages import fetch, text_of
from tests.ratings.given import REASON, decided, frozen_meeting, meeting_started
from tests.ratings.test_rules_decision_rules import RULE
from tests.ratings.test_views_meeting import address, errors_of, post_decision

pytestmark = pytest.mark.django_db


def agreed_finding(people, inspection: Inspection, statement: str = "The board drives work with victims"):
    seen = Seen("V1.2", "", "data", "Figures", "Take-up rose in every quarter of the year", "strength", "strong")
    card = add_card(by=people.lead, inspection=inspection, once=uuid4(), seen=seen)
    said = Statement(statement, "strength", "some", (card,))
    made = draft_finding(by=people.lead, inspection=inspection, topic="V1.2", once=uuid4(), said=said)
    found = stated(inspection, made.number)
    for person in (people.lead, people.deputy):
        agree_finding(by=person, found=found, version=1)
    return found


def test_a_decision_rests_on_agreed_findings_as_they_stood(client, people):
    meeting = meeting_started(people)
    found = agreed_finding(people, meeting.inspection)
    missing = post_decision(people, meeting, "victims/", item="V1.2", value="yes")
    assert errors_of(missing) == ["Select the findings that this decision rests on"]
    post_decision(people, meeting, "victims/", item="V1.2", value="yes", findings=["1"], dissent="Member, for now")
    change_finding(by=people.lead, found=found, base=1, said=Statement("Changed since", "note", "weak"))
    decision = meeting.decisions.get()
    assert (decision.findings, decision.dissent) == ([[1, 1, "The board drives work with victims"]], "Member, for now")
    page = text_of(fetch(client, people.member, address(meeting.inspection, "victims/")))
    assert "Rests on F1 The board drives work with victims Disagreed Member, for now" in page


@pytest.mark.parametrize("number", ["2", "x", "9" * 30, "\0"])
def test_a_decision_rests_on_nothing_that_is_not_agreed(people, number):
    meeting = meeting_started(people)
    agreed_finding(people, meeting.inspection)
    response = post_decision(people, meeting, "victims/", item="V1.2", value="yes", findings=[number])
    assert errors_of(response) == ["A finding that you chose is no longer agreed. Choose again"]


def test_freezing_states_that_no_discretion_was_used_and_the_record_has_it(client, people):
    meeting = frozen_meeting(people)
    page = text_of(fetch(client, people.member, address(meeting.inspection, "discretion/")))
    assert "No discretion was used. Chair stated this" in page
    assert "Youth Inspection Programme 2024 publishes no decision rules, so none are applied." in page
    assert [note["kind"] for note in meeting.record["discretion"]] == ["none"]
    assert recomputed(meeting) == meeting.record


WISH = {"standard": "2.2", "wanted": "outstanding", "reason": "Two cases were close"}


def test_a_wish_is_noted_for_the_head_and_moves_nothing(client, people):
    meeting = meeting_started(people)
    before = Agenda(meeting_of(meeting.inspection)).result()
    client.force_login(people.chair)
    client.post(address(meeting.inspection, "discretion/"), WISH)
    assert Agenda(meeting_of(meeting.inspection)).result() == before
    assert "2.2: Outstanding. Two cases were close" in text_of(
        fetch(client, people.lead, address(meeting.inspection, "discretion/"))
    )
    assert Notification.objects.filter(person=people.head).latest("pk").text == (
        f"A wish about 2.2 was recorded at the rating meeting of {meeting.inspection.ref}"
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("standard", "V1", "Select the standard that it is about"),
        ("standard", "1.1\0", "Select the standard that it is about"),
        ("wanted", "excellent", "Select the rating that was wished for"),
        ("reason", " ", "Say who wished it, and why"),
    ],
)
def test_what_a_wish_lacks_is_said(client, people, field, value, sentence):
    meeting = meeting_started(people)
    client.force_login(people.chair)
    response = client.post(address(meeting.inspection, "discretion/"), WISH | {field: value})
    assert (sentence in text_of(response.content.decode()), DiscretionNote.objects.count()) == (True, False)


def test_nothing_is_added_once_the_record_is_frozen(client, people):
    meeting = frozen_meeting(people)
    client.force_login(people.chair)
    page = client.post(address(meeting.inspection, "discretion/"), WISH).content.decode()
    assert "The record is frozen. Take the decisions up again before you add to it" in text_of(page)
    said = {"kind": "wish", "standard": "2.1", "wanted": "good", "reason": "x", "at": meeting.started_at}
    with pytest.raises(IntegrityError, match="The record of this meeting is frozen"), transaction.atomic():
        DiscretionNote.objects.create(meeting=meeting, by=people.chair, **said)


@pytest.fixture
def advised(people, monkeypatch) -> Meeting:
    """A ratings panel under standards with one decision rule, which its rating of 1.1 departs from."""
    rule = replace(RULE, looks_at="2.1", at_most="requires_improvement", expects_at_most="requires_improvement")
    standards = replace(loader.load("yj-2024"), decision_rules=(rule,))
    monkeypatch.setattr(Inspection, "standards", standards)
    meeting = meeting_started(people, "iyjs")
    decided(meeting, people.chair, _1_1="good", _1_2="good", _1_3="good", V1_2="yes", V1="good")
    return meeting


def test_departing_from_a_decision_rule_needs_a_reason_before_freezing(client, people, advised):
    inspection, by = advised.inspection, people.chair
    client.force_login(by)
    page = client.post(address(inspection, "freeze/"), follow=True).content.decode()
    assert "Say why the panel departs from 1.1-work in the discretion record, then freeze" in text_of(page)
    assert "1.1-work Departed from" in text_of(fetch(client, by, address(inspection, "discretion/")))
    client.post(address(inspection, "discretion/"), {"rule": "1.1-work", "reason": REASON})
    frozen = freeze(meeting=meeting_of(inspection), by=by)
    assert [(note["kind"], note["rule"]) for note in frozen.record["discretion"]] == [("override", "1.1-work")]
    assert "Yes: the panel departs from a decision rule." in text_of(
        fetch(client, by, address(inspection, "discretion/"))
    )


@pytest.mark.parametrize("rule", ["", "1.1-other", "\0"])
def test_a_rule_that_is_not_departed_from_takes_no_reason(client, people, advised, rule):
    client.force_login(people.chair)
    page = client.post(address(advised.inspection, "discretion/"), {"rule": rule, "reason": REASON}).content.decode()
    assert "Select a rule that the panel departs from now" in text_of(page)
