"""The announcement, sent once and to everybody at once, and the notes of the planning meeting."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from inspections.actions.beginnings import announce
from inspections.actions.refused import Refused
from inspections.models import Announcement, Inspection, Notification, OutgoingMail, PlanningMeeting, Service
from inspections.rules.beginnings import AGENDA, NO_WELSH, LetterFacts, announcement_problem, letter
from inspections.tasks import send_mail
from tests.inspections.conftest import plan
from tests.pages import fetch, text_of
from tests.races import at_once

PAGE = "/inspections/YI-27-001/announcement/"
PLANNING = "/inspections/YI-27-001/planning/"
LETTER = "/service/YI-27-001/letter/"
WEDNESDAY, THURSDAY = "2027-05-12T09:00", "2027-05-13T09:00"
YJB = "board@yjb.example"


@pytest.fixture
def scheduled(client, people, inspection, settings) -> Inspection:
    inspection.service.contacts.create(person=people.contact)
    settings.CLOCK = WEDNESDAY
    client.force_login(people.lead)
    return inspection


def send(client, **typed):
    return client.post(PAGE, {"yjb_email": YJB, "reason": ""} | typed)


def errors(response) -> list[str]:
    return [message for messages in response.context["form"].errors.values() for message in messages]


def test_service_board_and_heads_are_told_at_the_same_moment(client, people, scheduled):
    assert send(client).url == PAGE
    send_mail()
    assert sorted((message.to[0], message.subject) for message in mail.outbox) == [
        (YJB, "Youth inspection announced, YI-27-001"),
        ("contact@people.example", "Youth inspection: something to do, YI-27-001"),
        ("head@people.example", "Youth inspection: something to do, YI-27-001"),
    ]
    board = next(message.body for message in mail.outbox if message.to == [YJB])
    assert board == (
        "We have announced the inspection of Reading, YI-27-001. Fieldwork starts on Monday 7 June 2027.\n"
    )
    assert len(set(OutgoingMail.objects.values_list("queued_at", flat=True))) == 1
    assert Inspection.objects.get().stage == "announced"
    assert scheduled.timeline.get(step="announcement").actual == date(2027, 5, 12)
    assert AuditEvent.objects.first().detail == {"contacts": ["Contact"], "Youth Justice Board": YJB, "reason": ""}
    assert text_of(fetch(client, people.contact, LETTER)).count("Friday 14 May 2027") == 1


def test_it_is_sent_once(client, people, scheduled):
    send(client)
    again = client.post(PAGE, {"yjb_email": YJB}, follow=True)
    assert [str(message) for message in again.context["messages"]] == [
        "The inspection is announced.",
        "This inspection has been announced already. Nothing was sent again.",
    ]
    assert (Announcement.objects.count(), OutgoingMail.objects.count()) == (1, 3)
    assert "form" not in again.context or again.context["form"] is None


@pytest.mark.django_db(transaction=True)
def test_two_who_send_it_at_once_send_it_once(people, settings):
    settings.CLOCK = "2027-05-03T09:00"
    for number in range(4):
        monday = date(2027, 6, 7) + timedelta(weeks=number)
        inspection = plan(people, fieldwork_start=monday)
        said = {"yjb_email": YJB, "reason": "Late", "letter_cy": "", "by": people.lead}
        came = at_once([lambda inspection=inspection, said=said: announce(inspection=inspection, **said)] * 2)
        assert sorted(isinstance(one, Refused) for one in came) == [False, True], came
        assert OutgoingMail.objects.filter(inspection=inspection, address=YJB).count() == 1


def test_on_another_day_than_a_wednesday_it_takes_a_reason(client, settings, scheduled):
    settings.CLOCK = THURSDAY
    refused = send(client)
    assert errors(refused) == [
        "Today is Thursday 13 May 2027. Announcements go out on a Wednesday: say why this one does not"
    ]
    assert f'value="{YJB}"' in refused.content.decode()
    assert (Inspection.objects.get().stage, OutgoingMail.objects.count()) == ("scheduled", 0)
    assert send(client, reason="The lead was ill").url == PAGE
    assert "Not on a Wednesday: The lead was ill" in text_of(client.get(PAGE).content.decode())


def test_in_wales_it_does_not_go_out_without_the_letter_in_welsh(client, people, scheduled):
    Service.objects.update(nation="wales")
    Inspection.objects.update(nation="wales")
    assert errors(send(client)) == [NO_WELSH]
    assert (Inspection.objects.get().stage, OutgoingMail.objects.count()) == ("scheduled", 0)
    send(client, letter_cy="Annwyl bawb")
    page = fetch(client, people.contact, LETTER)
    assert '<section class="app-letter" lang="cy"' in page
    assert "Annwyl bawb" in page


def test_without_a_lead_or_an_address_it_does_not_go_out(client, people, scheduled):
    assert errors(send(client, yjb_email="")) == ["Enter the email address of the Board"]
    client.force_login(people.head)
    scheduled.memberships.all().delete()
    assert errors(send(client)) == ["There is no lead inspector. Add one to the team first"]


def test_nobody_is_told_where_something_fails(client, people, scheduled):
    """Everything or nothing: the address of the Board has had this mail."""
    key = {"inspection": scheduled, "key": "YI-27-001 announced", "address": YJB}
    now = Inspection.objects.get().created_at
    OutgoingMail.objects.create(**key, subject="x", sentence="x", queued_at=now, next_try_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        announce(inspection=scheduled, yjb_email=YJB, reason="", letter_cy="", by=people.lead)
    assert (Notification.objects.count(), Announcement.objects.count()) == (0, 0)
    assert Inspection.objects.get().stage == "scheduled"


@pytest.mark.parametrize(
    ("day", "reason", "refused"),
    [(12, "", False), (13, "", True), (13, "Ill", False), (11, "", True), (19, "", False)],
)
def test_when_it_may_go_out(day, reason, refused):
    assert (announcement_problem(today=date(2027, 5, day), reason=reason) is not None) == refused


def test_a_date_that_is_not_on_the_timeline_is_left_out_of_the_letter():
    facts = LetterFacts("Reading", "YI-27-001", "One week", 1, "Lead", "lead@x.example", date(2027, 6, 7), {})
    assert letter(facts)[1:3] == ["Fieldwork takes one week and starts on Monday 7 June 2027.", letter(facts)[2]]
    assert [line for line in letter(facts) if "None" in line or "due by" in line or "publish" in line] == []


@pytest.mark.parametrize("broken", [{"reason": ""}])
def test_the_database_wants_a_reason_for_another_day(people, scheduled, broken):
    fields = {"letter": [], "contacts": [], "yjb_email": YJB, "sent_by": people.lead, "sent_at": scheduled.created_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.create(inspection=scheduled, sent_on=date(2027, 5, 13), **fields, **broken)


# --- the planning meeting ---


@pytest.fixture
def announced(client, scheduled) -> Inspection:
    send(client)
    return scheduled


def notes(version: int, **typed):
    return dict.fromkeys(AGENDA, "") | {"decisions": "", "language": "", "version": version} | typed


def test_the_agenda_is_answered_bit_by_bit(client, people, announced):
    assert client.post(PLANNING, notes(0, people="The head of service")).url == PLANNING
    client.post(PLANNING, notes(1, people="The head of service", language="both", decisions="We meet at 9am"))
    shown = text_of(fetch(client, people.head, PLANNING))
    assert "Who leads for the service, and who stands in? The head of service" in shown
    assert "Language Both Decisions We meet at 9am" in shown
    meeting = PlanningMeeting.objects.get()
    assert (meeting.version, meeting.language, meeting.saved_by) == (2, "both", people.lead)


def test_what_somebody_else_saved_meanwhile_is_shown_and_nothing_is_lost(client, people, announced):
    client.force_login(people.head)
    announced.memberships.create(person=people.deputy, role="deputy", since=announced.created_at)
    client.force_login(people.deputy)
    client.post(PLANNING, notes(0, rooms="Second floor"))
    client.force_login(people.lead)
    stale = client.post(PLANNING, notes(0, rooms="First floor"))
    assert errors(stale) == [
        "Deputy saved these notes after you opened the page. Read what stands now, then save yours or change it first"
    ]
    page = stale.content.decode()
    assert ("Second floor" in page, "First floor" in page, 'name="version" value="1"' in page) == (True, True, True)
    assert PlanningMeeting.objects.get().answers["rooms"] == "Second floor"
    client.post(PLANNING, notes(1, rooms="First floor"))
    assert PlanningMeeting.objects.get().answers["rooms"] == "First floor"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"language": "fr"}, "Select English, Welsh or Both"),
        ({"people": "x" * 2001}, "It must be 2,000 characters or fewer"),
    ],
)
def test_notes_that_cannot_be_kept(client, announced, typed, error):
    assert errors(client.post(PLANNING, notes(0, **typed))) == [error]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_page_that_was_tampered_with_loses_nothing(client, announced, version):
    response = client.post(PLANNING, notes(0, people="Kept") | {"version": version})
    assert (response.status_code, "Kept" in response.content.decode()) == (200, True)
