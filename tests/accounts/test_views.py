"""Signing in and out over HTTP, and what is refused."""

import importlib
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import clear_url_caches
from django.utils import timezone

import accounts.urls
import config.urls
from accounts import clock
from accounts.models import AuditEvent, Session, User
from tests.factories import inspection_with_team
from tests.people import PASSWORD

WRONG = "The email address or the password is not right. Check both and try again."


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """The same hash with the smallest work that it allows: the failures here are many."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


@pytest.fixture
def lead(people) -> User:
    people.lead.set_password(PASSWORD)
    people.lead.save()
    return people.lead


@pytest.fixture
def demo(settings):
    """Addresses are made when Django starts, so they are made again with the demo switched on."""
    settings.DEMO = True
    make_addresses_again()
    yield
    settings.DEMO = False
    make_addresses_again()


def make_addresses_again() -> None:
    importlib.reload(accounts.urls)
    importlib.reload(config.urls)
    clear_url_caches()


def sign_in(client, email: str, password: str = PASSWORD, to: str = "/sign-in/", **headers):
    return client.post(to, {"email": email, "password": password}, **headers)


def errors(response) -> list[str]:
    return [message for messages in response.context["form"].errors.values() for message in messages]


def test_signing_in_leads_to_my_work(client, lead):
    response = sign_in(client, lead.email)
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").context["request"].user == lead


def test_the_email_address_may_be_typed_in_capitals(client, lead):
    assert sign_in(client, lead.email.upper()).url == "/"


def test_signing_in_and_out_is_recorded(client, lead):
    sign_in(client, lead.email)
    client.post("/sign-out/")
    assert list(AuditEvent.objects.order_by("id").values_list("person", "verb")) == [
        (lead.pk, "signed in"),
        (lead.pk, "signed out"),
    ]


@pytest.mark.parametrize(
    ("email", "password", "expected"),
    [
        ("", "", ["Enter your email address", "Enter your password"]),
        ("lead", "x", ["Enter an email address in the correct format, like name@example.com"]),
        ("lead@people.example", "wrong", [WRONG]),
        ("nobody@people.example", "wrong", [WRONG]),
        ("x" * 243 + "@example.org", "x", ["Email address must be 254 characters or fewer"]),
        ("x" * 300 + "@example.org", "x", ["Email address must be 254 characters or fewer"]),
        ("lead@people.example", "x" * 1001, ["Password must be 1,000 characters or fewer"]),
    ],
)
def test_each_fault_has_its_own_sentence(client, lead, email, password, expected):
    assert errors(sign_in(client, email, password)) == expected


def test_known_and_unknown_addresses_get_the_same_answer_after_the_same_work(client, lead, monkeypatch):
    """The time goes into hashing: one hash for either."""
    hashed = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *args: hashed.append("encode") or encode(*args))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *args: hashed.append("verify") or verify(*args))
    known, unknown = sign_in(client, lead.email, "wrong"), sign_in(client, "nobody@people.example", "wrong")
    assert len(hashed) == 2
    assert known.status_code == unknown.status_code == 200
    assert without_what_was_typed(known, lead.email) == without_what_was_typed(unknown, "nobody@people.example")


def without_what_was_typed(response, email: str) -> list[str]:
    lines = response.content.decode().replace(email, "").splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("change", [{"is_active": False}, {"ends_on": clock.today() - timedelta(days=1)}])
def test_an_ended_account_is_told_nothing_more_than_a_wrong_password(client, lead, change):
    User.objects.filter(pk=lead.pk).update(**change)
    assert errors(sign_in(client, lead.email)) == [WRONG]
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/inspections/?page=2", "/inspections/?page=2"),
        ("/inspections/%23evidence-2.1.1a", "/inspections/#evidence-2.1.1a"),
        ("/inspections/?page=2%23evidence-2.1.1a", "/inspections/?page=2#evidence-2.1.1a"),
        ("/sign-out/%23evidence-2.1.1a", "/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/no/such/page/", "/"),
        ("/sign-out/", "/"),
    ],
)
def test_after_signing_in_only_pages_of_ours_that_open_follow(client, lead, wanted, given):
    assert sign_in(client, lead.email, to=f"/sign-in/?next={wanted}").url == given


def test_a_page_asked_for_before_signing_in_comes_after_it(client, lead):
    asked = client.get("/inspections/")
    assert asked.url == "/sign-in/?next=/inspections/"
    assert sign_in(client, lead.email, to=asked.url).url == "/inspections/"


def test_whoever_is_signed_in_is_not_asked_again(client, lead):
    client.force_login(lead)
    assert client.get("/sign-in/").url == "/"


def test_signing_out_needs_a_post_and_empties_the_browser(client, lead):
    client.force_login(lead)
    assert client.get("/sign-out/").status_code == 405
    response = client.post("/sign-out/")
    assert (response.url, response["Clear-Site-Data"]) == ("/sign-in/", '"cache", "storage"')
    assert client.get("/").url == "/sign-in/?next=/"
    assert Session.objects.count() == 0


def test_signing_out_twice_is_no_fault(client, people):
    assert client.post("/sign-out/").url == "/sign-in/"


def test_a_session_from_before_signing_in_is_not_kept(client, lead):
    client.get("/sign-in/")
    sign_in(client, lead.email)
    first = client.cookies["sessionid"].value
    client.post("/sign-out/")
    sign_in(client, lead.email)
    assert client.cookies["sessionid"].value != first


def fail(client, email: str, times: int, **headers):
    return [sign_in(client, email, "wrong", **headers).status_code for _ in range(times)]


def test_the_eighth_failure_locks_out_for_a_quarter_of_an_hour(client, lead):
    assert fail(client, lead.email, 8) == [200] * 7 + [429]
    locked = sign_in(client, lead.email)
    assert (locked.status_code, locked.context["minutes"]) == (429, 15)
    assert Session.objects.count() == 0


def test_an_unknown_address_is_locked_out_alike(client, people):
    assert fail(client, "nobody@people.example", 9) == [200] * 7 + [429] * 2


def test_trying_while_locked_out_does_not_make_it_longer(client, lead):
    fail(client, lead.email, 8)
    earlier = timedelta(minutes=10)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - earlier)
    assert sign_in(client, lead.email).context["minutes"] == 5
    assert sign_in(client, lead.email).context["minutes"] == 5


def test_after_the_cool_off_the_password_opens_again(client, lead):
    fail(client, lead.email, 8)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=15))
    assert sign_in(client, lead.email).url == "/"


def test_another_browser_at_the_same_address_does_not_start_counting_anew(client, lead):
    fail(client, lead.email, 7)
    assert fail(client, lead.email, 1, headers={"user-agent": "another"}) == [429]


def test_failures_of_one_person_lock_nobody_else_out(client, lead, people):
    fail(client, people.deputy.email, 8)
    assert sign_in(client, lead.email).url == "/"


def test_signing_in_forgets_the_failures_before_it(client, lead):
    fail(client, lead.email, 7)
    sign_in(client, lead.email)
    client.post("/sign-out/")
    assert fail(client, lead.email, 7) == [200] * 7


def test_without_a_token_of_ours_nobody_is_signed_in(lead):

    assert sign_in(Client(enforce_csrf_checks=True), lead.email).status_code == 403


def test_outside_demo_mode_the_demo_sign_in_does_not_exist(client, people):
    User.objects.filter(pk=people.lead.pk).update(is_demo=True)
    assert client.post("/demo/sign-in/", {"person": people.lead.email}).status_code == 404
    assert "demo_people" not in client.get("/sign-in/").content.decode()


@pytest.mark.usefixtures("demo")
def test_a_demo_person_signs_in_by_name_alone(client, people):
    User.objects.filter(pk=people.lead.pk).update(is_demo=True)
    assert [person.name for person in client.get("/sign-in/").context["demo_people"]] == ["Lead"]
    response = client.post("/demo/sign-in/", {"person": people.lead.email, "next": "/inspections/"})
    assert (response.status_code, response.url) == (302, "/inspections/")
    assert AuditEvent.objects.get().detail == {"how": "demo"}


@pytest.mark.usefixtures("demo")
def test_nobody_else_signs_in_without_a_password(client, people):
    assert client.post("/demo/sign-in/", {"person": people.lead.email}).status_code == 404
    assert client.post("/demo/sign-in/").status_code == 404


@pytest.mark.parametrize("key", ["abcdefgh\\000ij", "abcdefgh-ij", "äbcdefghij", "short"])
def test_a_session_cookie_that_was_never_given_is_none(db, key):
    response = Client(HTTP_COOKIE=f'sessionid="{key}"').get("/inspections/")
    assert (response.status_code, response.url) == (302, "/sign-in/?next=/inspections/")


def test_what_was_not_shown_yet_goes_with_whoever_signs_out(client, people):
    inspection = inspection_with_team(people, stage="scheduled")
    client.force_login(people.lead)
    client.post(f"/inspections/{inspection.ref}/stage/", {"stage": "fieldwork"})
    assert client.cookies["messages"].value != ""
    client.post("/sign-out/")
    client.force_login(people.deputy)
    assert list(client.get("/").context["messages"]) == []


# --- staying signed in ---------------------------------------------------------------------------------------


def test_staying_signed_in_lets_the_session_last_as_long_as_a_new_one(client, people, settings):
    client.force_login(people.lead)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=4))
    said = client.post("/stay-signed-in/").json()
    left = Session.objects.get().expire_date - timezone.now()
    assert settings.SESSION_COOKIE_AGE - 60 < left.total_seconds() <= settings.SESSION_COOKIE_AGE
    assert settings.SESSION_COOKIE_AGE - 60 < said["ends_in"] <= settings.SESSION_COOKIE_AGE
    ends = Session.objects.get().expire_date.astimezone(clock.LONDON)
    assert said["ends_at"] == f"{ends:%I:%M%p}".lstrip("0").lower()
    assert client.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert AuditEvent.objects.first().verb == "stayed signed in"


def test_a_session_that_ended_is_not_brought_back(client, people):
    client.force_login(people.lead)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert client.post("/stay-signed-in/").status_code == 401
    assert AuditEvent.objects.count() == 0


def test_a_form_sent_to_an_address_that_is_not_there_gets_its_text_back(client, people):
    client.force_login(people.lead)
    response = client.post("/nowhere/", {"reason": "Typed at length", "csrfmiddlewaretoken": "x"})
    assert response.status_code == 404
    assert [(field.label, field.text) for field in response.context["typed"]] == [("Reason", "Typed at length")]
    assert "Copy what you typed" not in client.get("/nowhere/").content.decode()


def test_a_form_that_is_too_large_is_not_found_all_the_same(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    assert client.post("/nowhere/", {"a": "1", "b": "2"}).status_code == 404
