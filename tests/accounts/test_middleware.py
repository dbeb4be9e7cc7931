"""One query says who asks."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.middleware import person_of
from accounts.models import Session
from accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


def session_of(client) -> SessionStore:
    return SessionStore(client.cookies["sessionid"].value)


def test_session_and_person_come_in_one_query(client, people, django_assert_num_queries):
    client.force_login(people.lead)
    session = session_of(client)
    with django_assert_num_queries(1):
        assert person_of(session) == people.lead


def test_the_session_row_names_its_person(client, people):
    client.force_login(people.lead)
    assert [session.person for session in Session.objects.all()] == [people.lead]


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"ends_on": clock.today() - timedelta(days=1)}, {"password": "new"}]
)
def test_a_closed_ended_or_changed_account_is_signed_out_at_once(client, people, change):
    client.force_login(people.lead)
    type(people.lead).objects.filter(pk=people.lead.pk).update(**change)
    assert person_of(session_of(client)).is_authenticated is False


def test_an_account_works_on_its_last_day(client, people):
    type(people.lead).objects.filter(pk=people.lead.pk).update(ends_on=clock.today())
    client.force_login(people.lead)
    assert person_of(session_of(client)) == people.lead
