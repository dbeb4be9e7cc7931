"""People whom the team will meet: the service lists them, one thing a page; the team plans with what it said."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from inspections.models import Inspection, PersonToMeet
from tests.factories import inspection_with_team, slot
from tests.pages import fetch, text_of

LIST = "/service/YI-27-014/people/"
MONDAY = datetime(2027, 6, 7, 13, tzinfo=clock.LONDON)
ANNA = {"name": " Anna  Price ", "post": "Case manager"}


@pytest.fixture
def inspection(people, settings, client) -> Inspection:
    settings.CLOCK = "2027-05-20T09:00"
    client.force_login(people.contact)
    return inspection_with_team(people, ref="YI-27-014", stage="announced")


def add(client, **typed):
    return client.post(f"{LIST}new/", ANNA | typed)


def test_each_page_asks_one_thing_and_leads_to_the_next(client, inspection):
    person, asked = None, []
    following = add(client).url
    for typed in ({"available": "Not Wednesday"}, {"in_welsh": "yes"}, {"needs": "A break"}):
        asked.append(list(client.get(following).context["form"].fields))
        following = client.post(following, typed).url
    person = PersonToMeet.objects.get()
    assert (asked, following) == ([["available"], ["in_welsh"], ["needs"]], LIST)
    told = (person.name, person.post, person.available, person.in_welsh, person.needs)
    assert told == ("Anna Price", "Case manager", "Not Wednesday", True, "A break")
    assert "Anna" not in str(list(AuditEvent.objects.values_list("subject", "detail")))


def test_a_change_from_the_list_leads_back_to_it(client, inspection):
    add(client)
    address = f"{LIST}{PersonToMeet.objects.get().pk}/when/"
    assert client.post(address, {"available": "Mornings"}).url == LIST
    assert client.post(address, {"available": ""}).context["form"].errors == {"available": ["Say when they can be met"]}
    assert client.get(f"{LIST}{PersonToMeet.objects.get().pk}/nothing/").status_code == 404


def test_nobody_is_listed_twice(client, inspection):
    add(client)
    assert add(client).context["form"].errors == {"name": ["Anna Price is on the list already"]}
    add(client, name="Ben")
    address = f"{LIST}{PersonToMeet.objects.get(name='Ben').pk}/who/"
    refused = client.post(address, ANNA).context["form"].errors
    assert refused == {"name": ["Somebody else has this name. Add what tells them apart"]}


def test_whom_only_the_team_named_the_service_does_not_see_and_may_list_as_its_own(client, people, inspection):
    slot(inspection, MONDAY, people=[people.lead], met=["Anna Price"])
    known = PersonToMeet.objects.get()
    assert "Anna Price" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{known.pk}/who/").status_code == 404
    add(client)
    assert PersonToMeet.objects.get().pk == known.pk
    client.post(f"{LIST}{known.pk}/remove/")
    assert ("Anna Price" in client.get(LIST).content.decode(), PersonToMeet.objects.count()) == (False, 1)
    add(client, name="Ben")
    client.post(f"{LIST}{PersonToMeet.objects.get(name='Ben').pk}/remove/")
    assert PersonToMeet.objects.count() == 1


def test_the_team_plans_with_what_the_service_said(client, people, inspection):
    add(client)
    PersonToMeet.objects.update(available="Not Wednesday", needs="A break", in_welsh=True)
    booked = slot(inspection, MONDAY, people=[people.lead], met=["Anna Price"])
    listed = text_of(fetch(client, people.lead, "/inspections/YI-27-014/people/"))
    assert "Anna Price Case manager Not Wednesday Welsh A break" in listed
    timetable = "/inspections/YI-27-014/timetable/"
    assert "What Anna Price needs A break" in text_of(fetch(client, people.lead, f"{timetable}{booked.pk}/"))
    assert "Anna Price: Not Wednesday" in text_of(fetch(client, people.lead, f"{timetable}new/"))
    assert "Welsh" in text_of(fetch(client, people.lead, timetable))


@pytest.mark.parametrize("page", [LIST, "/inspections/YI-27-014/people/", "/service/YI-27-014/access/"])
def test_the_number_of_queries_does_not_grow(client, people, inspection, page):
    if page.startswith("/inspections"):
        client.force_login(people.lead)
    counts = []
    for names in (["Anna"], ["Ben", "Cal"]):
        for name in names:
            person = type(people.contact).objects.create(
                email=f"{name.lower()}@x.example", name=name, role="service_contact"
            )
            free = inspection.service.contacts.count()
            inspection.service.contacts.create(
                person=person, place=free, invited_at=clock.now(), invited_by=people.contact
            )
            inspection.people_to_meet.create(name=name, listed_at=clock.now(), listed_by=people.contact)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]
