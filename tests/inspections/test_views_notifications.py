"""What a person was told, over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from inspections.models import Notification
from tests.factories import inspection_with_team

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


def told_of(person, inspection) -> Notification:
    return Notification.objects.create(
        person=person, inspection=inspection, key="k", text="Word k", created_at=clock.now()
    )


def leave_team(person, inspection):
    inspection.memberships.filter(person=person).update(until=clock.now())


def declare_interest(person, inspection):
    person.interests.create(service=inspection.service, kind="other", declared_at=clock.now())


def become_contact(person, inspection):
    inspection.service.contacts.create(person=person)


def leave_service(person, inspection):
    inspection.service.contacts.filter(person=person).update(until=clock.now())


@pytest.mark.parametrize(
    ("name", "goes"),
    [
        ("assistant", leave_team),
        ("assistant", declare_interest),
        ("assistant", become_contact),
        ("head", declare_interest),
        ("contact", leave_service),
    ],
)
def test_whoever_has_no_part_any_more_reads_nothing_more_of_that_inspection(client, people, name, goes):
    person, inspection = getattr(people, name), inspection_with_team(people)
    client.force_login(person)
    tell(person, "a")
    number = told_of(person, inspection).pk
    assert (listed(client), client.get(PAGE).context["unread"]) == (["k", "a"], 2)
    goes(person, inspection)
    assert (listed(client), client.get(PAGE).context["unread"]) == (["a"], 1)
    assert client.post(PAGE, {"notification": number}).status_code == 404
    client.post(PAGE)
    assert unread(person) == ["k"]


def listed(client) -> list[str]:
    return [notification.key for notification in client.get(PAGE).context["pages"].rows]


def test_a_contact_of_the_service_reads_what_they_were_told(client, people):
    inspection = inspection_with_team(people)
    client.force_login(people.contact)
    number = told_of(people.contact, inspection).pk
    assert listed(client) == ["k"]
    client.post(PAGE, {"notification": number})
    assert unread(people.contact) == []


def test_reading_is_recorded_once(client, lead):
    tell(lead, "a", "b")
    for _ in range(2):
        client.post(PAGE, {"notification": lead.notifications.get(key="a").pk})
    for _ in range(2):
        client.post(PAGE)
    events = AuditEvent.objects.order_by("id").values_list("verb", "subject", "detail")
    assert list(events) == [("read a notification", "a", {}), ("read all notifications", "", {"count": 1})]
