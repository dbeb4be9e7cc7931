"""Now and next: what of today's timetable is somebody's own."""

from datetime import datetime, timedelta

import pytest

from accounts import clock
from tests.factories import inspection_with_team, sampled_cases, slot
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db

TEN = datetime(2027, 6, 8, 10, tzinfo=clock.LONDON)
HOUR = timedelta(hours=1)


def shown(client, person) -> str:
    page = text_of(fetch(client, person, "/"))
    return page[page.index("Now and next") : page.index("To do, by when")].strip()


def test_what_goes_on_and_what_comes_today_is_named_with_whom_and_where(client, people, settings):
    settings.CLOCK = "2027-06-08T10:20"
    inspection = inspection_with_team(people)
    cases = sampled_cases(inspection, reader=people.assistant, count=1)
    slot(inspection, TEN, people=[people.assistant], met=["Alex Demo"], place="Room 1", cases=cases, title="Interview")
    slot(inspection, TEN + 4 * HOUR, people=[people.assistant], title="Team call", remote=True)
    slot(inspection, TEN - 2 * HOUR, people=[people.assistant], title="Over")
    slot(inspection, TEN + 24 * HOUR, people=[people.assistant], title="Tomorrow")
    slot(inspection, TEN + HOUR, people=[people.lead], title="Of somebody else")
    assert shown(client, people.assistant) == (
        f"Now and next Now , until 11:00am: Interview , Alex Demo, Room 1 Reading, {inspection.ref} "
        f"2pm to 3pm: Team call , On Teams Reading, {inspection.ref}"
    )


def test_a_day_without_anything_says_so(client, people, settings):
    settings.CLOCK = "2027-06-08T10:20"
    inspection_with_team(people)
    assert shown(client, people.assistant) == "Now and next Nothing booked today."


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_queries_for_any_number_of_slots(
    client, people, settings, count, django_assert_max_num_queries
):
    settings.CLOCK = "2027-06-08T08:00"
    inspection = inspection_with_team(people)
    for number in range(count):
        slot(inspection, TEN + number * HOUR, people=[people.stranger, people.assistant], met=[f"Worker {number}"])
    client.force_login(people.assistant)
    with django_assert_max_num_queries(20):
        client.get("/")


def test_whoever_has_left_the_team_sees_none_of_it(client, people, settings):
    settings.CLOCK = "2027-06-08T08:00"
    inspection = inspection_with_team(people)
    slot(inspection, TEN, people=[people.assistant])
    inspection.memberships.filter(person=people.assistant).update(until=clock.now())
    assert shown(client, people.assistant) == "Now and next Nothing booked today."
