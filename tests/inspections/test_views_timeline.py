"""The timeline over HTTP: what it shows, and recording a step."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from inspections.actions import reach_stage

PAGE = "/inspections/YI-27-001/timeline/"


@pytest.fixture
def announced(client, people, inspection, settings):
    """On Friday 14 May 2027, two days late; the lead is signed in."""
    settings.CLOCK = "2027-05-14T09:00"
    reach_stage(inspection=inspection, stage="announced", by=people.head)
    client.force_login(people.lead)
    return inspection


def record(client, day: str, step: str = "planning_meeting"):
    return client.post(f"{PAGE}{step}/record/", {"day": day})


def test_every_step_has_three_dates_and_says_how_it_stands(client, announced):
    rows = {row.step.step: row for row in client.get(PAGE).context["rows"]}
    assert len(rows) == 12
    announcement, meeting = rows["announcement"], rows["planning_meeting"]
    assert (announcement.step.planned, announcement.step.actual) == (date(2027, 5, 12), date(2027, 5, 14))
    assert (announcement.state.value, announcement.difference) == ("Done", "2 working days late")
    assert (meeting.state.value, meeting.difference) == ("Due today", "As planned")


def test_the_next_three_come_first(client, announced):
    titles = [row.step.title for row in client.get(PAGE).context["next_steps"]]
    assert titles == [
        "Planning meeting",
        "Reviews for the multi-agency case discussions due",
        "Fieldwork starts",
    ]


def test_the_page_says_rule_and_reason(client, people, announced):
    announced.timeline.filter(step="draft_report").update(
        moved_because="Moved from Monday 12 July 2027, a bank holiday"
    )
    page = client.get(PAGE).content.decode()
    assert "The Friday after the announcement, or else the Monday." in page
    assert "Moved from Monday 12 July 2027, a bank holiday." in page


def test_a_step_is_recorded(client, people, announced):
    assert record(client, "13 May 2027").url == PAGE
    step = announced.timeline.get(step="planning_meeting")
    assert (step.actual, step.recorded_by) == (date(2027, 5, 13), people.lead)
    event = AuditEvent.objects.latest("id")
    assert (event.verb, event.subject) == ("recorded a step of the timeline", "Planning meeting")
    assert event.detail == {"happened on": "Thursday 13 May 2027"}


def test_a_recorded_date_is_corrected_and_the_log_keeps_both(client, announced):
    record(client, "13 May 2027")
    assert client.get(f"{PAGE}planning_meeting/record/").context["form"]["day"].value() == "13 May 2027"
    record(client, "14 May 2027")
    assert AuditEvent.objects.latest("id").detail == {
        "happened on": "Friday 14 May 2027",
        "instead of": "Thursday 13 May 2027",
    }
    assert announced.timeline.get(step="planning_meeting").planned == date(2027, 5, 14)


SENTENCES = [
    ("", "Enter a date, like 3 March 2027"),
    ("soon", "Enter a date, like 3 March 2027"),
    ("30 February 2027", "There is no such day as 30 February 2027. Check the day and the month"),
    ("15 May 2027", "Saturday 15 May 2027 is in the future. Record a step when it has happened"),
]


@pytest.mark.parametrize(("day", "sentence"), SENTENCES)
def test_each_fault_has_its_own_sentence(client, announced, day, sentence):
    assert record(client, day).context["form"].errors == {"day": [sentence]}
    assert announced.timeline.get(step="planning_meeting").actual is None


@pytest.mark.parametrize("step", ["fieldwork_start", "fieldwork_end", "rating_meeting", "service_told", "no_such_step"])
def test_what_moves_the_inspection_on_is_not_recorded_by_hand(client, announced, step):
    assert record(client, "13 May 2027", step).status_code == 404


def test_the_date_of_the_announcement_can_be_corrected(client, announced):
    record(client, "12 May 2027", "announcement")
    assert announced.timeline.get(step="announcement").actual == date(2027, 5, 12)


def test_members_see_the_timeline_without_the_links(client, people, announced):
    announced.memberships.create(person=people.deputy, role="deputy", since="2027-05-03T09:00Z")
    client.force_login(people.deputy)
    assert "/record/" not in client.get(PAGE).content.decode()
    assert record(client, "13 May 2027").status_code == 404


def test_before_the_announcement_nothing_is_recorded(client, people, inspection):
    client.force_login(people.lead)
    assert record(client, "3 May 2027").status_code == 404


def test_the_page_costs_five_queries_however_much_has_happened(client, announced):
    with CaptureQueriesContext(connection) as before:
        client.get(PAGE)
    for step in ("planning_meeting", "macd_reviews_due", "draft_report"):
        record(client, "14 May 2027", step)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as after:
        client.get(PAGE)
    assert len(before) == len(after) == 5
