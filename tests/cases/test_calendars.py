"""Calendar files and the private feed: what calendars get, and whom they never name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts import clock
from cases.rules.calendar import Event, calendar, escaped, fold
from inspections.models import CalendarFeed, Inspection, Slot
from tests.factories import inspection_with_team, sampled_cases, slot
from tests.pages import fetch, text_of

TEN = datetime(2027, 6, 8, 10, tzinfo=clock.LONDON)
NOW = datetime(2027, 6, 1, 8, tzinfo=UTC)


def test_a_calendar_has_its_lines_in_utc():
    event = Event("slot-1@YI-27-001", 3, "YI-27-001: Interview, C-04", TEN, TEN + timedelta(minutes=90), "Room 1; hall")
    assert calendar("YI-27-001", [event], NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Youth inspection fieldwork//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:YI-27-001",
        "BEGIN:VEVENT",
        "UID:slot-1@YI-27-001",
        "SEQUENCE:3",
        "DTSTAMP:20270601T080000Z",
        "DTSTART:20270608T090000Z",
        "DTEND:20270608T103000Z",
        "SUMMARY:YI-27-001: Interview\\, C-04",
        "LOCATION:Room 1\\; hall",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "written"), [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("a\r\nb\nc\rd", "a\\nb\\nc\\nd"), ("plain", "plain")]
)
def test_text_is_escaped(text, written):
    assert escaped(text) == written


@pytest.mark.parametrize("line", ["x" * 300, "SUMMARY:" + "ŵ" * 120, "🙂" * 50, "short"])
def test_long_lines_are_folded_and_no_letter_is_cut(line):
    folded = list(fold(line))
    assert max(len(part.encode()) for part in folded) <= 75
    assert folded[0] + "".join(part[1:] for part in folded[1:]) == line
    assert [part[0] for part in folded[1:]] == [" "] * (len(folded) - 1)


@pytest.fixture
def inspection(people) -> Inspection:
    made = inspection_with_team(people)
    cases = sampled_cases(made, reader=people.assistant, count=1)
    named = {"people": [people.assistant], "met": ["Planted Worker"], "place": "Room 1", "cases": cases}
    slot(made, TEN, 90, kind="case_manager", title="Interview about Planted Child", **named)
    slot(made, TEN, 60, kind="context_visit", people=[people.lead])
    return made


def address(inspection, name, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref} | more)


@pytest.mark.django_db
def test_one_slot_is_a_file(client, people, inspection):
    pk = Slot.objects.get(kind="case_manager").pk
    client.force_login(people.lead)
    response = client.get(address(inspection, "slot-calendar-file", pk=pk))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"SUMMARY:{inspection.ref}: Interview with the case manager C-01" in response.content.decode()
    assert "LOCATION:Room 1" in response.content.decode()
    assert "Planted" not in response.content.decode()


@pytest.mark.django_db
def test_ones_own_slots_are_a_file_and_no_others(client, people, inspection):
    client.force_login(people.assistant)
    text = client.get(address(inspection, "my-calendar-file")).content.decode()
    assert (text.count("BEGIN:VEVENT"), "Context visit" in text, "Planted" in text) == (1, False, False)


def made(client, person) -> str:
    client.force_login(person)
    page = text_of(client.post(reverse("cases:calendar"), {"make": "1"}).content.decode())
    return next(word for word in page.split() if word.endswith(".ics"))


@pytest.mark.django_db
def test_the_private_address_needs_no_sign_in_and_names_nobody(client, people, inspection):
    url = made(client, people.assistant)
    client.logout()
    text = client.get(url).content.decode()
    assert (text.count("BEGIN:VEVENT"), "Planted" in text) == (1, False)
    assert CalendarFeed.objects.get().digest not in url


@pytest.mark.django_db
def test_a_replaced_or_removed_address_no_longer_works(client, people, inspection):
    first = made(client, people.assistant)
    second = made(client, people.assistant)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert "not shown again" not in text_of(fetch(client, people.assistant, reverse("cases:calendar")))
    client.post(reverse("cases:calendar"), {"remove": "1"})
    assert client.get(second).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "0" * 500])
def test_an_address_that_nobody_made_is_not_found(client, token):
    assert client.get(reverse("cases:calendar-feed", kwargs={"token": token})).status_code == 404


@pytest.mark.django_db
def test_who_left_the_team_or_the_office_gets_nothing(client, people, inspection):
    url = made(client, people.assistant)
    inspection.memberships.filter(person=people.assistant).update(until=clock.now())
    assert client.get(url).content.decode().count("BEGIN:VEVENT") == 0
    people.assistant.is_active = False
    people.assistant.save()
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_a_cancelled_slot_is_cancelled_in_the_calendar(client, people, inspection):
    url = made(client, people.assistant)
    cancelled = {"standing": False, "cancelled_at": clock.now(), "cancelled_by": people.lead, "cancelled_reason": "Ill"}
    Slot.objects.filter(kind="case_manager").update(**cancelled)
    assert "STATUS:CANCELLED" in client.get(url).content.decode()
