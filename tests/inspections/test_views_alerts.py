"""Organisational alerts over HTTP, and who is told."""

import pytest
from django.db import IntegrityError, transaction

from inspections.models import Notification, OrganisationalAlert
from tests.factories import inspection_with_team
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db

PAGE = "/inspections/YI-27-001/alert/"


@pytest.fixture
def inspection(people):
    return inspection_with_team(people, ref="YI-27-001")


def post(client, person, path="", **data):
    client.force_login(person)
    return client.post(f"{PAGE}{path}", data, follow=True)


def told(person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_the_lead_raises_it_and_the_head_confirms_it(client, people, inspection):
    post(client, people.lead, reason="No child has had a plan since May")
    assert told(people.head) == ["An organisational alert was raised in YI-27-001"]
    post(client, people.head, "settle/", confirm="yes", reason="The figures bear it out")
    assert told(people.lead) == ["The organisational alert in YI-27-001 was confirmed"]
    alert = OrganisationalAlert.objects.get()
    assert (alert.raised_by, alert.confirmed_by, alert.refused_by) == (people.lead, people.head, None)
    page = text_of(fetch(client, people.lead, PAGE))
    assert "by Lead Confirmed No child has had a plan since May Confirmed by Head" in page


def test_there_is_one_at_a_time_and_another_after_a_refusal(client, people, inspection):
    for _ in range(2):
        post(client, people.lead, reason="Once")
    assert OrganisationalAlert.objects.count() == 1
    post(client, people.head, "settle/", confirm="no", reason="It is one case")
    post(client, people.lead, reason="Again")
    assert list(OrganisationalAlert.objects.order_by("pk").values_list("reason", flat=True)) == ["Once", "Again"]
    with pytest.raises(IntegrityError, match="alert_stands_once"), transaction.atomic():
        inspection.alerts.create(reason="x", raised_at=inspection.created_at, raised_by=people.lead)


def test_a_head_who_leads_does_not_confirm_their_own(client, people, inspection):
    inspection.alerts.create(reason="x", raised_at=inspection.created_at, raised_by=people.head)
    page = post(client, people.head, "settle/", confirm="yes", reason="Mine").content.decode()
    assert "You raised this alert. Somebody else confirms it" in text_of(page)
    assert OrganisationalAlert.objects.get().confirmed_at is None


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("", {"reason": " "}, "Say what cannot wait"),
        ("", {"reason": "x" * 4001}, "The reason must be 4,000 characters or fewer"),
        ("", {"reason": "\0"}, "Null characters are not allowed"),
        ("settle/", {"confirm": "maybe", "reason": "Kept"}, "Select whether the alert is confirmed"),
        ("settle/", {"confirm": "yes", "reason": ""}, "Say why the alert is confirmed or not"),
        ("settle/", {"confirm": "yes", "reason": "Kept"}, "No organisational alert waits to be confirmed"),
    ],
)
def test_what_is_missing_is_said(client, people, inspection, path, data, sentence):
    person = people.head if path else people.lead
    assert sentence in text_of(post(client, person, path, **data).content.decode())
