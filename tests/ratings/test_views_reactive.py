"""Reactive inspections: what calls for one, the window, the decision, and both inspections naming each other."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from inspections.models import Inspection, ReactiveDecision
from inspections.rules.reactive import Window, following, window
from standards import loader
from tests.factories import InspectionFactory, ServiceFactory, inspection_with_team
from tests.pages import fetch, form_on, text_of
from tests.ratings.given import frozen_meeting
from tests.world import sign_off

pytestmark = pytest.mark.django_db

LIST = "/programme/reactive/"
PAGE = f"{LIST}YI-27-001/"
YES = {"follows": "yes", "reason": "Plans are missing throughout", "day": "12 July 2027"}


def test_the_window_is_counted_from_the_last_day_of_fieldwork():
    kinds = loader.load("yj-2024").inspection_types
    found = window(date(2027, 6, 7), kinds["iyjwcv"], kinds["reactive"])
    assert found == Window(date(2027, 7, 9), date(2027, 7, 23))
    assert list(found.mondays) == [date(2027, 7, 12), date(2027, 7, 19)]
    assert [following(kinds, code) for code in ("iyjwcv", "iyjs", "reactive")] == [kinds["reactive"], None, None]


@pytest.fixture
def alerted(people, settings) -> Inspection:
    settings.CLOCK = "2027-06-14T09:00"
    return alert(inspection_with_team(people, ref="YI-27-001", stage="rating"), people)


def alert(inspection: Inspection, people) -> Inspection:
    now = clock.now()
    said = {"reason": "x", "raised_at": now, "raised_by": people.lead, "settled_because": "y"}
    inspection.alerts.create(**said, confirmed_at=now, confirmed_by=people.head)
    return inspection


def post(client, people, **data):
    client.force_login(people.head)
    return client.post(PAGE, YES | {"lead": people.stranger.pk} | data, follow=True)


def test_an_alert_calls_for_one_and_it_is_created_in_the_window(client, people, alerted):
    assert "YI-27-001 Organisational alert 9 July to 23 July 2027 Not decided yet" in text_of(
        fetch(client, people.head, LIST)
    )
    assert "YI-27-002 is planned." in text_of(post(client, people).content.decode())
    made = Inspection.objects.get(ref="YI-27-002")
    assert (made.inspection_type, made.service, made.fieldwork_start) == (
        "reactive",
        alerted.service,
        date(2027, 7, 12),
    )
    assert made.memberships.get().person == people.stranger
    assert (made.follows_from.inspection, made.follows_from.trigger) == (alerted, "alerted")
    assert "YI-27-002 follows" in text_of(fetch(client, people.head, LIST))


def test_both_inspections_name_each_other_to_those_who_may_see_both(client, people, alerted):
    post(client, people)
    home = "/inspections/{}/".format
    assert "Followed by the reactive inspection YI-27-002" in text_of(fetch(client, people.head, home("YI-27-001")))
    assert "Reactive inspection that follows YI-27-001" in text_of(fetch(client, people.head, home("YI-27-002")))
    assert "YI-27-002" not in text_of(fetch(client, people.quality, home("YI-27-001")))
    assert "YI-27-001" not in text_of(fetch(client, people.stranger, home("YI-27-002")))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            {"day": "26 July 2027"},
            "Monday 26 July 2027 is outside the window of Friday 9 July 2027 to Friday 23 July 2027",
        ),
        ({"outside_because": "None"}, "Monday 12 July 2027 is within the window of"),
        ({"day": "13 July 2027"}, "Tuesday 13 July 2027 is not a Monday"),
        ({"day": ""}, "Enter the first Monday of fieldwork"),
        ({"day": "soon"}, "Enter a date, like 3 March 2027"),
        ({"lead": ""}, "Select the lead inspector"),
        ({"lead": "9" * 40}, "Select a person from the list"),
        ({"reason": ""}, "Say why a reactive inspection follows, or does not"),
        ({"follows": "perhaps"}, "Select whether a reactive inspection follows"),
    ],
)
def test_what_keeps_it_from_being_created_is_said_and_the_rest_kept(client, people, alerted, data, sentence):
    page = post(client, people, **data).content.decode()
    assert sentence in text_of(page)
    assert form_on(page)["reason"] == (YES | data)["reason"]
    assert (Inspection.objects.count(), ReactiveDecision.objects.count()) == (1, 0)


def test_outside_the_window_it_takes_a_reason(client, people, alerted):
    post(client, people, day="26 July 2027", outside_because="The school holidays")
    assert ReactiveDecision.objects.get().outside_window_because == "The school holidays"


def test_that_none_follows_is_recorded_and_can_be_decided_again(client, people, alerted):
    post(client, people, follows="no", day="", lead="")
    assert "None follows" in text_of(fetch(client, people.head, LIST))
    post(client, people)
    assert [decision.leads_to_id is None for decision in ReactiveDecision.objects.order_by("pk")] == [True, False]


def test_one_follows_and_no_more(client, people, alerted):
    post(client, people)
    page = text_of(post(client, people, day="19 July 2027").content.decode())
    assert ("YI-27-002 follows this inspection already" in page, Inspection.objects.count()) == (True, 2)


@pytest.mark.parametrize(("rating", "words"), [("inadequate", "lowest"), ("outstanding", "highest"), ("good", "")])
def test_a_signed_rating_at_either_end_calls_for_one(client, people, rating, words):
    meeting = frozen_meeting(people)
    meeting.record["result"]["overall"] = rating
    meeting.save()
    assert "Rated in the" not in text_of(fetch(client, people.head, LIST))
    sign_off(meeting, people)
    page = text_of(fetch(client, people.head, LIST))
    assert (f"Rated in the {words} band" in page) is bool(words)


def test_without_a_reason_none_can_follow(client, people, settings):
    settings.CLOCK = "2027-06-14T09:00"
    inspection_with_team(people, ref="YI-27-001", stage="rating")
    assert "Nothing calls for a reactive inspection here" in text_of(post(client, people).content.decode())
    assert Inspection.objects.count() == 1


def test_queries_do_not_grow_with_inspections(client, people, alerted):
    few = queries_of(client, people)
    for name in ("One", "Two"):
        alert(InspectionFactory(service=ServiceFactory(name=name), created_by=people.head, stage="told"), people)
    assert queries_of(client, people) == few


def queries_of(client, people) -> int:
    client.force_login(people.head)
    with CaptureQueriesContext(connection) as found:
        client.get(LIST)
    return len(found)
