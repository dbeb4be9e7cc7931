"""The service asks for a change of a meeting that it was sent; whoever plans the timetable answers."""

from datetime import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.actions.timetable import cancel
from cases.queries.timetable import booked, to_json
from inspections.models import Inspection, Notification, Slot, SlotRequest, TimetableVersion
from inspections.tasks import send_mail
from tests.factories import inspection_with_team, slot
from tests.pages import fetch, text_of

THEIRS = "/service/YI-27-014/timetable/"
OURS = "/inspections/YI-27-014/timetable/"
MONDAY = datetime(2027, 6, 7, 13, tzinfo=clock.LONDON)
ASKED = {"reason": "She is at court", "times": "Tuesday"}


@pytest.fixture
def inspection(people, settings, client) -> Inspection:
    settings.CLOCK = "2027-05-20T09:00"
    client.force_login(people.contact)
    return inspection_with_team(people, ref="YI-27-014", stage="announced")


@pytest.fixture
def met(people, inspection) -> Slot:
    return slot(inspection, MONDAY, people=[people.lead], met=["Anna"], title="Meeting with staff")


def send(people, inspection) -> None:
    slots = to_json(map(booked, inspection.slots.all()))
    number = inspection.timetable_versions.count() + 1
    TimetableVersion.objects.create(
        inspection=inspection, number=number, slots=slots, sent_at=clock.now(), sent_by=people.lead
    )


@pytest.fixture
def sent(people, inspection, met) -> Slot:
    send(people, inspection)
    return met


def ask(client, met: Slot, **typed):
    return client.post(f"{THEIRS}{met.pk}/change/", ASKED | typed)


def answer(client, **typed):
    return client.post(f"{OURS}requests/{SlotRequest.objects.get().pk}/", typed)


def errors(response) -> list[str]:
    return [message for messages in response.context["form"].errors.values() for message in messages]


def test_before_the_timetable_was_sent_there_is_nothing_to_ask_about(client, people, inspection, met):
    assert (ask(client, met).status_code, client.get(THEIRS).status_code) == (404, 404)
    send(people, inspection)
    later = slot(inspection, MONDAY.replace(hour=15), people=[people.lead])
    assert [ask(client, one).status_code for one in (later, met)] == [404, 302]


def test_the_lead_sees_the_request_where_they_plan_and_the_service_sees_the_answer(client, people, sent):
    ask(client, sent)
    assert "Not answered yet" in text_of(client.get(THEIRS).content.decode())
    told = Notification.objects.values_list("person__name", flat=True)
    assert sorted(told) == ["Deputy", "Lead"]
    assert "She is at court" in text_of(fetch(client, people.deputy, OURS))
    assert "She is at court" in text_of(fetch(client, people.deputy, f"{OURS}{sent.pk}/"))
    assert "She is at court" not in text_of(fetch(client, people.assistant, OURS))
    client.force_login(people.lead)
    assert errors(answer(client, answer="not_possible")) == ["Say why it is not possible"]
    assert errors(answer(client)) == ["Select your answer"]
    assert answer(client, answer="not_possible", why="The board meets on Tuesday").url == OURS
    assert errors(answer(client, answer="not_possible", why="Again")) == ["Somebody has answered this already"]
    page = text_of(fetch(client, people.contact, THEIRS))
    assert "Not possible. The board meets on Tuesday" in page
    assert "Ask for a change" in page
    send_mail()
    assert [(message.to, "Anna" in message.body) for message in mail.outbox] == [(["contact@people.example"], False)]


def test_agreed_is_what_was_done(client, people, sent):
    ask(client, sent)
    client.force_login(people.lead)
    early = answer(client, answer="moved")
    assert errors(early) == ["Change or cancel the slot first, then say that it was changed"]
    sent.refresh_from_db()
    cancel(by=people.lead, slot=sent, version=sent.version, reason="Moved")
    assert answer(client, answer="moved").url == OURS
    assert "Agreed: it was changed" in text_of(fetch(client, people.contact, THEIRS))


def test_what_cannot_be_asked(client, settings, sent):
    assert errors(ask(client, sent, reason="", times="")) == [
        "Say why it does not suit",
        "Say which other times would suit",
    ]
    ask(client, sent)
    twice = ask(client, sent, reason="Typed with care")
    assert errors(twice) == ["You have asked for a change of this already. We will answer soon"]
    assert "Typed with care" in twice.content.decode()
    settings.CLOCK = "2027-06-07T13:00"
    SlotRequest.objects.all().delete()
    assert errors(ask(client, sent)) == ["This has begun already. Contact the lead inspector"]


@pytest.mark.parametrize("broken", [{"reason": ""}, {"answer": "moved"}, {"why": "No"}, {"answer": "maybe"}])
def test_the_database_refuses_nonsense(people, sent, broken):
    fields = ASKED | {"slot_version": 1, "asked_at": clock.now(), "asked_by": people.contact}
    with pytest.raises(IntegrityError), transaction.atomic():
        SlotRequest.objects.create(slot=sent, **(fields | broken))


def test_the_number_of_queries_does_not_grow(client, people, inspection, sent):
    counts = []
    for hour in (14, 15):
        more = slot(inspection, MONDAY.replace(hour=hour), people=[people.lead], met=[f"Worker {hour}"])
        send(people, inspection)
        ask(client, more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(THEIRS).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
