"""Who is at the meeting, over HTTP: recorded by item, and nothing is decided without a quorum."""

import html
import re

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import AuditEvent
from ratings.actions.decisions import NoQuorum, decide
from ratings.models import Attendance, Meeting
from ratings.queries.meetings import meeting_of
from tests.ratings.given import REASON, decided, frozen_meeting, meeting_started, signed_in

pytestmark = pytest.mark.django_db


def address(meeting: Meeting, path: str = "members/") -> str:
    return f"/inspections/{meeting.inspection.ref}/panel/{path}"


def recorded(meeting: Meeting) -> dict[str, object]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("person").order_by("pk")
    return {row.person.name: row.leaves_for if row.present else "not here" for row in rows}


def text(response) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_everybody_is_there_until_somebody_says_otherwise(people):
    meeting = meeting_started(people)
    assert recorded(meeting) == {"Lead": [], "Deputy": [], "Chair": [], "Member": []}
    page = text(signed_in(people.member).get(address(meeting, "")))
    assert "3 people are needed to decide (our default: no number is published)" in page
    assert "Member Panel member Yes Nothing None" in page


def test_who_left_for_which_item_is_recorded_and_kept_with_the_decision(people):
    meeting = meeting_started(people)
    posted = {
        "present": [people.lead.pk, people.chair.pk, people.member.pk, people.deputy.pk],
        "leaving-1": [people.deputy.pk],
    }
    assert signed_in(people.chair).post(address(meeting), posted)["Location"] == address(meeting, "")
    assert recorded(meeting) == {"Lead": [], "Deputy": ["V1"], "Chair": [], "Member": []}
    decided(meeting, people.chair, V1_2="yes", V1="good")
    there = dict(AuditEvent.objects.filter(verb="recorded a decision").values_list("subject", "detail__there"))
    present = [people.lead.pk, people.deputy.pk, people.chair.pk, people.member.pk]
    assert there == {"V1.2": present, "V1": [pk for pk in present if pk != people.deputy.pk]}


def test_without_a_quorum_the_page_says_so_and_nothing_is_decided(people):
    meeting = meeting_started(people)
    client = signed_in(people.chair)
    client.post(address(meeting), {"present": [people.lead.pk, people.chair.pk]})
    assert "There is no quorum: the ratification meeting needs 3 people to decide, and 2 are here" in text(
        client.get(address(meeting, ""))
    )
    response = client.post(address(meeting, "victims/"), {"item": "V1.2", "value": "yes", "reason": REASON, "seen": 0})
    sentence = "There is no quorum for V1.2: the ratification meeting needs 3 people to decide, and 2 are here"
    assert response.context["form"].errors["__all__"] == [sentence]
    assert REASON in response.content.decode()
    assert meeting.decisions.count() == 0


def test_whoever_left_the_room_does_not_record_the_decision(people):
    meeting = meeting_started(people)
    present = [people.lead.pk, people.chair.pk, people.member.pk, people.deputy.pk]
    signed_in(people.lead).post(address(meeting), {"present": present, "leaving-0": [people.chair.pk]})
    with pytest.raises(NoQuorum, match=r"You are not in the room for V1\.2"):
        decide(meeting=meeting, item="V1.2", value="yes", reason=REASON, seen=0, by=people.chair)
    decide(meeting=meeting, item="V1.2", value="yes", reason=REASON, seen=0, by=people.lead)


def test_somebody_with_an_interest_takes_no_part_and_does_not_count(people):
    meeting = meeting_started(people)
    interest = {"kind": "personal", "declared_at": clock.now()}
    people.member.interests.create(service=meeting.inspection.service, **interest)
    people.deputy.interests.create(service=meeting.inspection.service, **interest)
    page = text(signed_in(people.chair).get(address(meeting, "")))
    assert "Member Panel member Takes no part Nothing Yes" in page
    assert "and 2 are here" in page


def test_leaving_without_being_there_is_refused_and_what_was_ticked_stays(people):
    meeting = meeting_started(people)
    response = signed_in(people.lead).post(
        address(meeting), {"present": [people.lead.pk], "leaving-0": [people.deputy.pk, 0]}
    )
    assert list(response.context["form"].errors) == ["leaving-0"]
    response = signed_in(people.lead).post(
        address(meeting), {"present": [people.lead.pk], "leaving-0": [people.deputy.pk]}
    )
    sentence = "Deputy cannot leave for V1.2 without being here. Tick that they are here first"
    assert response.context["form"].errors == {"leaving-0": [sentence]}
    assert recorded(meeting) == {"Lead": [], "Deputy": [], "Chair": [], "Member": []}


def test_once_the_record_is_frozen_who_was_there_stands(people):
    meeting = frozen_meeting(people)
    page = signed_in(people.chair).post(address(meeting), {"present": [people.chair.pk]})
    assert "The record is frozen. Take the decisions up again before you change who was here" in text(page)
    assert recorded(meeting)["Lead"] == []
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Attendance.objects.filter(meeting=meeting).update(present=False)


def test_the_queries_of_the_meeting_page_are_at_most_twelve(people, django_assert_max_num_queries):
    meeting = frozen_meeting(people)
    client = signed_in(people.chair)
    with django_assert_max_num_queries(12):
        client.get(address(meeting, ""))
    assert meeting_of(meeting.inspection) is not None
