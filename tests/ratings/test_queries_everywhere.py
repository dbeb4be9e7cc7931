"""All ratings at once are those that each inspection's own pages show; what is signed is as it was signed."""

import json

import pytest
from django.core.management import call_command

from ratings.actions.signatures import sign
from ratings.models import Meeting
from ratings.queries.everywhere import all_ratings
from ratings.queries.meetings import Agenda, meeting_of, page_state
from tests.factories import InspectionFactory
from tests.ratings.given import changed, frozen_meeting

pytestmark = pytest.mark.django_db


def found() -> list[tuple[object, ...]]:
    return [(each.ref, dict(each.standards), each.total, each.overall, each.is_signed) for each in all_ratings()]


def own(meeting: Meeting) -> tuple[object, ...]:
    result = Agenda(meeting).result()
    ratings = {code: standard.rating for code, standard in result.standards.items()}
    return meeting.inspection.ref, ratings, result.total, result.overall


def test_they_are_what_each_meeting_gives_and_a_case_that_left_counts_nowhere(people):
    meeting = frozen_meeting(people, "iyjs")
    InspectionFactory(created_by=people.head, service__name="Derby")
    assert found() == [(*own(meeting), False)]
    changed(meeting.inspection, "C-14", "2.1.2", "yes")
    assert dict(found()[0][1])["2.1"] == "good"  # 10 of 14, where 9 of 14 are not
    meeting.inspection.cases.filter(ref__in=["C-01", "C-02", "C-03"]).update(
        left_at=meeting.started_at, left_reason="Replaced"
    )
    assert dict(found()[0][1])["2.1"] == "requires_improvement"  # 7 of 11


def test_what_is_signed_is_as_it_was_signed_whatever_the_rows_say(people, capsys):
    inspection = frozen_meeting(people).inspection
    for person in (people.chair, people.lead):
        sign(meeting=meeting_of(inspection), shown=page_state(meeting_of(inspection)), by=person)
    signed = [(*own(meeting_of(inspection)), True)]
    changed(inspection, "C-14", "2.1.2", "yes")
    assert found() == signed
    call_command("ratings")
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["standards"]["2.1"] == "requires_improvement"
