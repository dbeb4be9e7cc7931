"""Signing in by e-mail: a link and a code, for contacts of services and nobody else."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.actions import forget_sign_in_requests
from accounts.models import AuditEvent, Session, SignInRequest
from accounts.rules import NEWER, OLD, TOO_MANY_TRIES, UNKNOWN_LINK, USED, WRONG_CODE, link_problem, minutes_to_wait
from inspections.models import OutgoingMail
from inspections.tasks import send_mail
from tests.factories import inspection_with_team
from tests.races import at_once

NOON = datetime(2027, 6, 8, 12, 0, tzinfo=clock.LONDON)
ASK, CODE = "/sign-in/link/", "/sign-in/code/"
CONTACT = "contact@people.example"
PAGE = "/service/YI-27-014/"


@pytest.fixture(autouse=True)
def _inspection(people, settings):
    at(settings)
    return inspection_with_team(people, ref="YI-27-014")


def at(settings, minutes: int = 0) -> None:
    settings.CLOCK = (NOON + timedelta(minutes=minutes)).isoformat()


def ask(client, email: str = CONTACT, to: str = f"{ASK}?next={PAGE}"):
    response = client.post(to, {"email": email})
    send_mail()
    return response


def sent() -> tuple[str, str]:
    """Link and code of the last e-mail."""
    body = mail.outbox[-1].body
    return re.search(r"/sign-in/link/\S+", body)[0], re.search(r"\d{6}$", body, re.MULTILINE)[0]


def said(response) -> str:
    """Why a link or a code was refused."""
    if "problem" in response.context:
        return response.context["problem"]
    return response.context["form"].errors["sign_in_code"][0]


def enter(client, code: str):
    return client.post(CODE, {"sign_in_code": code})


def test_the_link_shows_a_button_and_the_button_signs_in_once_and_leads_to_the_page_asked_for(client, people):
    assert ask(client).url == CODE
    link, _ = sent()
    for _ in range(2):  # whoever looks at it
        assert Client().get(link).context["problem"] is None
    opened = Client()
    assert (opened.post(link).url, opened.get(PAGE).status_code) == (PAGE, 200)
    assert said(Client().post(link)) == USED
    assert list(Session.objects.values_list("person", flat=True).exclude(person=None)) == [people.contact.pk]
    events = AuditEvent.objects.order_by("id").values_list("person", "verb", "detail")
    assert list(events) == [
        (None, "wrote a sign-in link", {}),
        (people.contact.pk, "signed in", {"how": "e-mail link"}),
    ]


def test_the_code_signs_in_where_it_was_asked_for_and_not_once_more(client, people):
    ask(client, "Contact@People.Example")
    _, code = sent()
    assert enter(client, f" {code[:3]} {code[3:]} ").url == PAGE
    assert client.get(PAGE).status_code == 200
    other = Client()
    assert enter(other, code).url == ASK
    ask(other, CONTACT)
    assert said(enter(other, code)) == WRONG_CODE


@pytest.mark.parametrize("email", ["nobody@people.example", "lead@people.example"])
def test_whoever_is_unknown_or_staff_gets_the_same_answers_and_no_e_mail(people, email):
    pages = []
    for address in (CONTACT, email):
        client = Client()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            asked = client.post(ASK, {"email": address})
        send_mail()
        body = client.get(CODE).content.decode().replace(address, "").partition("<form")[0]
        wrong = [said(enter(client, "00000" + str(number))) for number in range(6)]
        pages.append((asked.status_code, asked.url, len(queries), body, wrong))
    assert pages[0] == pages[1]
    assert pages[0][4] == [WRONG_CODE] * 5 + [TOO_MANY_TRIES]
    assert [message.to for message in mail.outbox] == [[CONTACT]]


def test_a_code_is_tried_five_times_and_then_the_right_one_does_not_open(client):
    ask(client)
    link, code = sent()
    for number in range(5):
        enter(client, f"{(int(code) + 1 + number) % 1_000_000:06}")
    assert said(enter(client, code)) == TOO_MANY_TRIES
    assert client.post(link).status_code == 302  # a guesser does not shut the owner of the mailbox out


def test_only_the_newest_opens_and_for_fifteen_minutes(client, settings):
    ask(client)
    first = sent()
    ask(client)
    second = sent()
    assert said(client.get(first[0])) == NEWER
    at(settings, 15)
    assert (said(client.post(second[0])), said(enter(client, second[1]))) == (OLD, OLD)
    at(settings, 14)
    assert client.post(second[0]).status_code == 302


@pytest.mark.parametrize("token", ["x", "a" * 43, "0"])
def test_a_link_that_was_never_given_says_no_more_than_that(client, token):
    assert (said(client.get(f"{ASK}{token}/")), said(client.post(f"{ASK}{token}/"))) == (UNKNOWN_LINK, UNKNOWN_LINK)


def test_link_and_code_stand_nowhere_in_the_database(client):
    ask(client)
    link, code = sent()
    token = link.split("/")[-2]
    asked, written = SignInRequest.objects.get(), OutgoingMail.objects.get()
    stored = " ".join(map(str, [*vars(asked).values(), *vars(written).values()]))
    assert token not in stored
    assert not re.search(rf"\b{code}\b", stored)


def test_a_link_of_somebody_whose_account_has_ended_is_dead(client, people):
    ask(client)
    link, _ = sent()
    type(people.contact).objects.filter(pk=people.contact.pk).update(is_active=False)
    assert said(client.post(link)) == UNKNOWN_LINK


def test_an_address_and_a_sender_may_ask_only_so_often(client, settings):
    assert [ask(client).status_code for _ in range(6)] == [302] * 5 + [429]
    rows = (SignInRequest(email=f"n{n}@x.example", sender="127.0.0.1", asked_at=clock.now()) for n in range(294))
    SignInRequest.objects.bulk_create(rows)
    assert [ask(client, f"n{n}@people.example").status_code for n in range(2)] == [302, 429]
    assert client.post(ASK, {"email": CONTACT}, REMOTE_ADDR="192.0.2.7").context["minutes"] == 60
    at(settings, 60)
    assert ask(client).status_code == 302


@pytest.mark.parametrize(
    ("typed", "error"),
    [("", "Enter the code"), ("12345", "The code has 6 digits"), ("١٢٣٤٥٦", "The code has 6 digits")],
)
def test_a_code_that_cannot_be_one_is_no_try(client, typed, error):
    ask(client)
    assert said(enter(client, typed)) == error
    assert SignInRequest.objects.get().tries == 0


def test_a_page_of_another_site_is_not_gone_to(client):
    ask(client, to=f"{ASK}?next=https://evil.example/")
    assert client.post(sent()[0]).url == "/"


def test_a_request_is_forgotten_after_a_day_with_its_e_mail(client, settings):
    ask(client)
    at(settings, 24 * 60 + 1)
    forget_sign_in_requests()
    assert (SignInRequest.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_a_link_at_once_one_is_signed_in(client):
    for _ in range(5):
        ask(client)
        link, _ = sent()
        statuses = at_once([lambda link=link: Client().post(link).status_code] * 2)
        assert sorted(statuses) == [200, 302]


@pytest.mark.parametrize(
    ("minutes", "used", "newer", "problem"),
    [
        (0, False, False, None),
        (14, False, False, None),
        (15, False, False, OLD),
        (0, False, True, NEWER),
        (20, True, True, USED),
    ],
)
def test_what_a_link_says(minutes, used, newer, problem):
    now = NOON + timedelta(minutes=minutes)
    assert link_problem(asked_at=NOON, used=used, newer=newer, now=now) == problem


@pytest.mark.parametrize(
    ("ago", "wait"), [([], 0), ([1, 2], 0), ([1, 2, 3], 57), ([1, 2, 60], 0), ([1, 2, 59], 1), ([0, 0, 0, 0], 60)]
)
def test_how_long_to_wait(ago, wait):
    assert minutes_to_wait([NOON - timedelta(minutes=minutes) for minutes in ago], 3, NOON) == wait
