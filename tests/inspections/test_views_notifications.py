"""What a person was told, over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from inspections.models import Notification

PAGE = "/notifications/"


def tell(person, *keys: str) -> None:
    for key in keys:
        Notification.objects.create(person=person, key=key, text=f"Word {key}", link="/", created_at=clock.now())


@pytest.fixture
def lead(client, people):
    client.force_login(people.lead)
    return people.lead


def unread(person) -> list[str]:
    return sorted(person.notifications.filter(read_at__isnull=True).values_list("key", flat=True))


def test_people_see_their_own_newest_first(client, people, lead):
    tell(lead, "a", "b")
    tell(people.deputy, "c")
    page = client.get(PAGE)
    assert [notification.key for notification in page.context["pages"].rows] == ["b", "a"]
    assert page.context["unread"] == 2


def test_one_is_marked_as_read(client, lead):
    tell(lead, "a", "b")
    assert client.post(PAGE, {"notification": lead.notifications.get(key="a").pk}).url == PAGE
    assert unread(lead) == ["b"]


def test_all_are_marked_as_read(client, people, lead):
    tell(lead, "a", "b")
    tell(people.deputy, "c")
    client.post(PAGE)
    assert (unread(lead), unread(people.deputy)) == ([], ["c"])


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 40, "9" * 5000, "²", "\0"])
def test_what_is_not_ones_own_is_not_found(client, people, lead, number):
    tell(people.deputy, "c")
    assert client.post(PAGE, {"notification": number}).status_code == 404
    assert client.post(PAGE, {"notification": people.deputy.notifications.get().pk}).status_code == 404
    assert unread(people.deputy) == ["c"]


def test_reading_again_keeps_the_first_time(client, lead):
    tell(lead, "a")
    client.post(PAGE)
    first = lead.notifications.get().read_at
    client.post(PAGE, {"notification": lead.notifications.get().pk})
    assert lead.notifications.get().read_at == first


def test_nothing_yet_is_said(client, lead):
    assert "You have no notifications." in client.get(PAGE).content.decode()


def test_three_cost_what_one_costs(client, inspection, people):
    client.force_login(people.lead)
    costs = []
    for key in ("a", "b", "c"):
        Notification.objects.create(
            person=people.lead, inspection=inspection, key=key, text=key, created_at=clock.now()
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        costs.append(len(queries))
    assert costs[0] == costs[2]
