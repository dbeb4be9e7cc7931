"""My settings, over HTTP."""

import re

import pytest

from accounts.models import AuditEvent, User
from tests.pages import fetch, inputs

PAGE = "/account/"
DAILY = {"email_news": "digest"}
THE_REST = {"speaks_welsh": "no", **DAILY}


def switched(person) -> bool:
    return User.objects.get(pk=person.pk).quick_answers


def test_quick_answers_are_off_until_they_are_switched_on(client, people):
    assert inputs(fetch(client, people.assistant, PAGE), "radio") == {
        "quick_answers": "off",
        "speaks_welsh": "no",
        "email_news": "digest",
    }
    assert client.post(PAGE, {"quick_answers": "on", **THE_REST}).url == PAGE
    assert (switched(people.assistant), switched(people.deputy)) == (True, False)
    assert inputs(fetch(client, people.assistant, PAGE), "radio") == {
        "quick_answers": "on",
        "speaks_welsh": "no",
        "email_news": "digest",
    }


def test_a_change_is_recorded_and_the_same_again_is_none(client, people):
    client.force_login(people.assistant)
    for choice in ("on", "on", "off"):
        client.post(PAGE, {"quick_answers": choice, **THE_REST})
    events = AuditEvent.objects.filter(verb="switched quick answers").order_by("pk")
    assert [(event.person, event.detail) for event in events] == [
        (people.assistant, {"on": True}),
        (people.assistant, {"on": False}),
    ]


def test_who_speaks_welsh_says_so_once_and_it_is_recorded(client, people):
    client.force_login(people.assistant)
    for speaks in ("yes", "yes"):
        client.post(PAGE, {"quick_answers": "off", "speaks_welsh": speaks, **DAILY})
    assert inputs(fetch(client, people.assistant, PAGE), "radio") == {
        "quick_answers": "off",
        "speaks_welsh": "yes",
        "email_news": "digest",
    }
    assert list(AuditEvent.objects.values_list("person__name", "verb", "detail")) == [
        ("Assistant", "said whether they speak Welsh", {"speaks": True})
    ]


def test_welsh_is_asked_for_again_where_it_is_not_said(client, people):
    client.force_login(people.assistant)
    response = client.post(PAGE, {"quick_answers": "on", "speaks_welsh": "perhaps", **DAILY})
    assert response.context["form"].errors["speaks_welsh"] == ["Select Yes or No"]
    assert switched(people.assistant) is False


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


def test_a_service_contact_is_offered_no_page_that_only_staff_may_open(client, people):
    assert [offered(client, person) for person in (people.contact, people.assistant)] == [
        [],
        ["/account/calendar/", "/account/interests/"],
    ]


def offered(client, person) -> list[str]:
    links = re.findall(r'href="(/account/[a-z]+/)"', fetch(client, person, PAGE))
    return sorted(set(links))


def test_how_news_comes_is_chosen_and_recorded_once(client, people):
    client.force_login(people.assistant)
    for news in ("at_once", "at_once"):
        client.post(PAGE, {"quick_answers": "off", "speaks_welsh": "no", "email_news": news})
    assert User.objects.get(pk=people.assistant.pk).email_news == "at_once"
    assert list(AuditEvent.objects.values_list("verb", "detail")) == [
        ("chose when news comes by e-mail", {"news": "at_once"})
    ]
    response = client.post(PAGE, {"quick_answers": "off", "speaks_welsh": "no", "email_news": "hourly"})
    assert response.context["form"].errors["email_news"] == ["Select how you want to hear"]
