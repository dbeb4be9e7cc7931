"""Whoever a rating meeting waits for finds it on their page, and nobody else does."""

from datetime import date

import pytest

from inspections.models import Inspection, Stage
from inspections.work import WorkItem
from ratings.actions.signatures import sign
from ratings.queries.meetings import meeting_of, page_state
from ratings.queries.work import work_for
from tests.ratings.given import at_rating, frozen_meeting, meeting_started

pytestmark = pytest.mark.django_db

OTHERS = ("deputy", "assistant", "assessor", "member", "head", "quality", "communications", "contact", "stranger")


def texts(person) -> list[str]:
    return [item.text for item in work_for(person)]


def both(people) -> dict[str, list[str]]:
    assert [texts(getattr(people, name)) for name in OTHERS] == [[]] * len(OTHERS)
    return {"lead": texts(people.lead), "chair": texts(people.chair)}


def test_the_meeting_waits_to_be_started(people):
    inspection = at_rating(people)
    inspection.timeline.create(
        step="rating_meeting",
        position=1,
        title="Ratification meeting",
        planned=date(2027, 6, 16),
        anticipated=date(2027, 6, 17),
    )
    assert both(people) == {key: ["Start the ratification meeting"] for key in ("lead", "chair")}
    assert work_for(people.chair) == [
        WorkItem(
            text="Start the ratification meeting",
            href=f"/inspections/{inspection.ref}/panel/",
            inspection=f"Reading, {inspection.ref}",
            due=date(2027, 6, 17),
        )
    ]


def test_a_panel_is_called_a_panel(people):
    at_rating(people, "iyjs")
    assert texts(people.lead) == ["Start the ratings panel"]


def test_a_started_meeting_waits_for_decisions(people):
    meeting_started(people)
    assert both(people) == {key: ["Decide at the ratification meeting"] for key in ("lead", "chair")}


def test_a_frozen_record_waits_for_those_who_have_not_signed(people):
    meeting = frozen_meeting(people)
    assert both(people) == {key: ["Sign off the ratings"] for key in ("lead", "chair")}
    sign(meeting=meeting, shown=page_state(meeting_of(meeting.inspection)), by=people.chair)
    assert both(people) == {"lead": ["Sign off the ratings"], "chair": []}


def test_signed_ratings_wait_for_the_lead_to_tell_the_service(people):
    inspection = at_rating(people)
    Inspection.objects.filter(pk=inspection.pk).update(stage=Stage.SIGNED)
    assert both(people) == {"lead": ["Tell the service"], "chair": []}


def test_a_declared_interest_leaves_nothing_to_do(people):
    inspection = at_rating(people)
    people.chair.interests.create(service=inspection.service, kind="personal", declared_at=inspection.created_at)
    assert both(people) == {"lead": ["Start the ratification meeting"], "chair": []}


def test_it_is_one_query_however_many_inspections_there_are(people, django_assert_num_queries):
    at_rating(people)
    with django_assert_num_queries(1):
        work_for(people.lead)
