"""My cases and the line for one's role, on My work today."""

from datetime import date, datetime, timedelta

import pytest

from accounts import clock
from accounts.models import User
from cases.models import Case, Query
from inspections.models import TimelineStep
from tests.factories import inspection_with_team, sampled_cases, slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-06-08T09:00"
    return inspection_with_team(people, ref="YI-27-001")


def test_each_of_ones_cases_says_how_far_it_has_come(client, people, inspection):
    first, second, _ = sampled_cases(inspection, reader=people.assistant)
    Case.objects.filter(ref="C-03").update(reader=people.deputy)
    Case.objects.filter(pk=second.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    begins = datetime(2027, 6, 9, 10, tzinfo=clock.LONDON)
    slot(inspection, begins, people=[people.assistant], cases=[first])
    slot(inspection, begins + timedelta(days=1), cases=[first])
    for question in ("2.1.1", "2.1.2"):
        Query.objects.create(case=second, question=question, asked_at=clock.now(), asked_by=people.quality)
    client.force_login(people.assistant)
    shown = [
        (case.ref, case.state, case.answered, case.interview, case.open_queries)
        for case in client.get("/").context["cases"]
    ]
    assert shown == [("C-01", "Not yet started", 0, begins, 0), ("C-02", "Sent", 0, None, 2)]


@pytest.mark.parametrize(
    ("name", "text", "href"),
    [
        ("head", "1 step late in all inspections", "/programme/"),
        ("administrator", "2 accounts ending within a week", "/notifications/"),
        (
            "chair",
            "The next that you chair: Wednesday 16 June 2027. Reading, YI-27-001",
            "/inspections/YI-27-001/timeline/",
        ),
        ("assistant", None, None),
    ],
)
def test_there_is_a_line_for_ones_role(client, people, inspection, name, text, href):
    for code, day in (("planning_meeting", date(2027, 6, 7)), ("rating_meeting", date(2027, 6, 16))):
        TimelineStep.objects.create(
            inspection=inspection, step=code, position=1, title=code, planned=day, anticipated=day
        )
    User.objects.filter(pk__in=[people.assessor.pk, people.member.pk]).update(ends_on=date(2027, 6, 14))
    client.force_login(getattr(people, name))
    strip = client.get("/").context["strip"]
    assert (strip and strip.text, strip and strip.href) == (text, href)
