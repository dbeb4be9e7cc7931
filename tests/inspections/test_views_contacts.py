"""Who of a service can use its pages: invited, ended, and what each chose."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import clock
from accounts.models import AuditEvent, Session, SignInRequest, User
from inspections.actions.contacts import invite
from inspections.actions.refused import Refused
from inspections.models import Inspection, ServiceContact
from inspections.tasks import send_mail
from tests.factories import inspection_with_team
from tests.races import at_once

ACCESS = "/service/YI-27-014/access/"
PREFERENCES = "/service/YI-27-014/preferences/"
ANNA = "anna@reading.example"


@pytest.fixture
def inspection(people, settings) -> Inspection:
    settings.CLOCK = "2027-05-20T09:00"
    return inspection_with_team(people, ref="YI-27-014", stage="announced")


@pytest.fixture
def contact(client, people, inspection) -> User:
    client.force_login(people.contact)
    return people.contact


def errors(response) -> list[str]:
    return [message for messages in response.context["form"].errors.values() for message in messages]


def ask(client, email: str = ANNA, name: str = "Anna Price"):
    return client.post(ACCESS, {"name": name, "email": email})


def link_for(email: str) -> str:
    client = Client()
    client.post("/sign-in/link/", {"email": email})
    send_mail()
    return re.search(r"/sign-in/link/\S+", mail.outbox[-1].body)[0]


def test_a_colleague_is_invited_by_e_mail_and_signs_in_with_a_link(client, people, contact):
    assert ask(client).url == ACCESS
    send_mail()
    (invitation,) = mail.outbox
    assert invitation.to == [ANNA]
    assert "/sign-in/link/?next=%2Fservice%2FYI-27-014%2F" in invitation.body
    opened = Client()
    opened.post(link_for(ANNA))
    assert opened.get(ACCESS).status_code == 200
    listed = [(one.person.name, one.place) for one in client.get(ACCESS).context["people"]]
    assert listed == [("Contact", None), ("Anna Price", 1)]
    invited = AuditEvent.objects.get(verb="invited a colleague")
    assert (invited.person, invited.inspection, invited.subject) == (people.contact, "YI-27-014", "Anna Price")


def test_whose_access_ends_is_signed_out_at_once_and_their_links_are_dead(client, contact):
    ask(client, "Anna@Reading.Example")
    anna = Client()
    anna.post(link_for(ANNA))
    unused = link_for(ANNA)
    place = ServiceContact.objects.get(person__email=ANNA)
    assert client.post(f"{ACCESS}{place.pk}/end/").url == ACCESS
    assert anna.get(ACCESS).status_code == 302
    assert Session.objects.filter(person__email=ANNA).count() == 0
    assert Client().post(unused).status_code == 200
    before = len(mail.outbox)
    client.post("/sign-in/link/", {"email": ANNA})
    send_mail()
    assert (len(mail.outbox), SignInRequest.objects.first().person) == (before, None)
    assert client.get(f"{ACCESS}{place.pk}/end/").status_code == 404
    assert ask(client).url == ACCESS  # they come back


def test_five_colleagues_have_access_and_no_sixth(client, contact):
    for number in range(5):
        ask(client, f"n{number}@reading.example")
    assert "5 colleagues can use these pages" in client.get(ACCESS).content.decode()
    refused = ask(client, "sixth@reading.example", "Somebody")
    assert errors(refused) == ["Up to 5 colleagues can use these pages. End the access of somebody first"]
    assert 'value="Somebody"' in refused.content.decode()
    assert User.objects.filter(email="sixth@reading.example").count() == 0


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("contact@people.example", "Contact can use these pages already"),
        ("lead@people.example", "This address cannot be used here. Use another, or ask the lead inspector"),
        ("nobody", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_who_cannot_be_invited(client, contact, email, error):
    assert errors(ask(client, email)) == [error]


def test_nobody_ends_their_own_access_or_that_of_whom_the_inspectorate_named(client, people, inspection, contact):
    named = inspection.service.contacts.get(person=contact)
    assert client.post(f"{ACCESS}{named.pk}/end/").status_code == 404
    ask(client)
    place = ServiceContact.objects.get(place=1)
    client.force_login(place.person)
    client.post(f"{ACCESS}{place.pk}/end/")
    place.refresh_from_db()
    assert place.until is None


@pytest.mark.parametrize(
    "broken", [{"place": 6}, {"place": 0}, {"invited_by": None}, {"language": "fr"}, {"needs": "A ramp"}]
)
def test_the_database_refuses_nonsense(people, inspection, broken):
    fields = {"person": people.outsider, "place": 1, "invited_at": clock.now(), "invited_by": people.contact}
    with pytest.raises(IntegrityError), transaction.atomic():
        inspection.service.contacts.create(**(fields | broken))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_the_fifth_at_once_one_is_refused(people, inspection):
    for number in range(4):
        invite(inspection=inspection, name="N", email=f"n{number}@x.example", by=people.contact)
    for attempt in range(5):
        calls = [
            lambda email=f"{half}{attempt}@x.example": invite(
                inspection=inspection, name="N", email=email, by=people.contact
            )
            for half in "ab"
        ]
        came = at_once(calls)
        assert sorted(isinstance(one, Refused) for one in came) == [False, True], came
        ServiceContact.objects.filter(place=5).update(until=clock.now() + timedelta(seconds=attempt))


def test_language_and_needs_are_asked_until_chosen_and_the_lead_sees_them(client, people, contact):
    home = "/service/YI-27-014/"
    assert "Choose your language" in client.get(home).content.decode()
    assert errors(client.post(PREFERENCES, {"needs": "A ramp"})) == ["Select English or Welsh"]
    assert client.post(PREFERENCES, {"language": "cy", "needs": "A ramp\0"}).url == home
    assert "Choose your language" not in client.get(home).content.decode()
    assert client.get(PREFERENCES).context["form"].initial == {"language": "cy", "needs": "A ramp"}
    client.force_login(people.lead)
    assert "Language: Welsh. Needs: A ramp" in client.get("/inspections/YI-27-014/team/").content.decode()
    client.force_login(people.member)
    assert "A ramp" not in client.get("/inspections/YI-27-014/team/").content.decode()
    assert "A ramp" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
