"""My settings, over HTTP."""

import pytest

from accounts.models import AuditEvent, User
from tests.pages import fetch, inputs

PAGE = "/account/"


def switched(person) -> bool:
    return User.objects.get(pk=person.pk).quick_answers


def test_quick_answers_are_off_until_they_are_switched_on(client, people):
    assert inputs(fetch(client, people.assistant, PAGE), "radio") == {"quick_answers": "off"}
    assert client.post(PAGE, {"quick_answers": "on"}).url == PAGE
    assert (switched(people.assistant), switched(people.deputy)) == (True, False)
    assert inputs(fetch(client, people.assistant, PAGE), "radio") == {"quick_answers": "on"}


def test_a_change_is_recorded_and_the_same_again_is_none(client, people):
    client.force_login(people.assistant)
    for choice in ("on", "on", "off"):
        client.post(PAGE, {"quick_answers": choice})
    events = AuditEvent.objects.filter(verb="switched quick answers").order_by("pk")
    assert [(event.person, event.detail) for event in events] == [
        (people.assistant, {"on": True}),
        (people.assistant, {"on": False}),
    ]


@pytest.mark.parametrize("choice", ["", "perhaps", "\0"])
def test_anything_else_is_asked_again(client, people, choice):
    client.force_login(people.assistant)
    response = client.post(PAGE, {"quick_answers": choice})
    assert response.context["form"].errors["quick_answers"] == ["Select On or Off"]


@pytest.mark.parametrize(("name", "offered"), [("assistant", True), ("assessor", True), ("contact", False)])
def test_the_navigation_offers_it_to_staff(client, people, name, offered):
    client.force_login(getattr(people, name))
    navigation = client.get(PAGE).context["navigation"]
    assert ("My settings" in [link.text for link in navigation]) is offered
