"""The keys with which browsers lock unsent answers: each person gets their own, and one a day is made."""

from base64 import b64decode
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import clock
from accounts.models import AuditEvent, DraftKey

pytestmark = pytest.mark.django_db
ADDRESS = "/unsent-key/"


@pytest.fixture
def assistant(people) -> Client:
    client = Client()
    client.force_login(people.assistant)
    return client


def test_the_first_time_of_a_day_makes_the_key_and_later_ones_give_it_again(assistant, people):
    first, again = (assistant.post(ADDRESS).json() for _ in range(2))
    key = DraftKey.objects.get()
    assert first["keys"] == again["keys"] == {str(key.pk): first["keys"][first["current"]]}
    assert b64decode(first["keys"][str(key.pk)]) == bytes(key.key)
    assert (first["keep"], first["person"], first["keep_hours"]) == (True, str(people.assistant.pk), 72)
    assert list(AuditEvent.objects.values_list("verb", "detail")) == [("key for unsent answers made", {})]


def test_the_time_is_the_servers_in_milliseconds(assistant, settings):
    settings.CLOCK = "2027-06-07T09:00:00+01:00"
    assert assistant.post(ADDRESS).json()["now"] == 1812355200000


def test_all_keys_that_are_not_forgotten_are_given_and_todays_is_named(assistant, people, settings):
    settings.CLOCK = "2027-06-07T23:59"
    yesterday = assistant.post(ADDRESS).json()["current"]
    settings.CLOCK = "2027-06-08T00:01"
    said = assistant.post(ADDRESS).json()
    assert set(said["keys"]) == {yesterday, said["current"]}
    assert yesterday != said["current"]


def test_nobody_gets_a_key_of_another(assistant, people):
    own = assistant.post(ADDRESS).json()
    other = Client()
    other.force_login(people.deputy)
    assert set(other.post(ADDRESS).json()["keys"]) & set(own["keys"]) == set()


def test_where_nothing_may_be_kept_no_key_is_made(assistant, settings):
    settings.KEEP_UNSENT = False
    assert assistant.post(ADDRESS).json() == {"keep": False}
    assert DraftKey.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_as_many_queries_for_three_keys_as_for_one(assistant, people, rows, django_assert_num_queries):
    for days in range(rows):
        moment = clock.now() - timedelta(days=days)
        day = clock.today() - timedelta(days=days)
        DraftKey.objects.create(person=people.assistant, key=bytes(32), day=day, made_at=moment)
    with django_assert_num_queries(5):
        assert len(assistant.post(ADDRESS).json()["keys"]) == rows


def test_a_key_of_another_length_is_refused_by_the_database(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftKey.objects.create(person=people.lead, key=bytes(31), day=clock.today(), made_at=clock.now())
