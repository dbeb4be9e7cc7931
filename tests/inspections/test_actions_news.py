"""What is new to people comes into one e-mail, at once or once a day, and never what it is."""

import pytest
from django.core import mail

from accounts import clock
from accounts.models import User
from inspections.actions.notifications import tell
from inspections.models import Inspection, Notification, OutgoingMail
from inspections.tasks import send_mail, write_news
from tests.factories import inspection_with_team
from tests.races import at_once


@pytest.fixture
def inspection(people, settings) -> Inspection:
    """Tuesday 8 June 2027, 6:00am in London."""
    settings.CLOCK = "2027-06-08T06:00"
    return inspection_with_team(people, ref="YI-27-014")


def leave_word(inspection, *people, key="a") -> None:
    tell(
        people=[person.pk for person in people],
        key=key,
        text="C-07 was given to Rhian Pugh",
        to="inspections:timeline",
        inspection=inspection,
    )


def wants(person, news: str) -> None:
    User.objects.filter(pk=person.pk).update(email_news=news)


def sent_at(settings, moment: str) -> list[tuple[str, str, str]]:
    """What goes out by then, to whom."""
    settings.CLOCK, mail.outbox = moment, []
    for _ in range(2):
        write_news()
        send_mail()
    return sorted((one.to[0].split("@")[0], one.subject, one.body.splitlines()[0]) for one in mail.outbox)


def test_once_a_day_at_half_past_seven_with_what_was_new_by_then(people, inspection, settings):
    leave_word(inspection, people.lead, key="a")
    leave_word(inspection, people.lead, people.deputy, key="b")
    assert sent_at(settings, "2027-06-08T07:29") == []
    subject = "Youth inspection: something to do, YI-27-014"
    assert sent_at(settings, "2027-06-08T07:30") == [
        ("deputy", subject, "There is 1 new notification for you."),
        ("lead", subject, "There are 2 new notifications for you."),
    ]
    leave_word(inspection, people.lead, key="c")
    assert sent_at(settings, "2027-06-08T23:00") == []
    assert sent_at(settings, "2027-06-09T09:15") == [("lead", subject, "There is 1 new notification for you.")]


def test_at_once_and_not_at_all(people, inspection, settings):
    wants(people.lead, "at_once")
    wants(people.deputy, "none")
    leave_word(inspection, people.lead, people.deputy)
    assert [to for to, _, _ in sent_at(settings, "2027-06-08T06:01")] == ["lead"]
    assert sent_at(settings, "2027-06-08T09:00") == []


def test_what_was_read_or_has_an_email_of_its_own_is_not_new(people, inspection, settings):
    leave_word(inspection, people.lead, people.deputy)
    Notification.objects.filter(person=people.lead).update(read_at=clock.now())
    own = {"subject": "s", "sentence": "s", "link": "/", "queued_at": clock.now(), "next_try_at": clock.now()}
    OutgoingMail.objects.create(person=people.deputy, key="a", **own)
    assert sent_at(settings, "2027-06-08T09:00") == [("deputy", "s", "s")]


def test_nothing_is_written_of_an_inspection_that_one_has_left(people, inspection, settings):
    leave_word(inspection, people.assistant)
    inspection.memberships.filter(person=people.assistant).update(until=clock.now())
    assert sent_at(settings, "2027-06-08T09:00") == []


def test_the_email_says_nothing_of_a_case_or_a_person(people, inspection, settings):
    leave_word(inspection, people.lead)
    sent_at(settings, "2027-06-08T07:30")
    assert mail.outbox[0].body == f"There is 1 new notification for you.\n\n{settings.SITE_URL}/notifications/\n"


@pytest.mark.django_db(transaction=True)
def test_twins_write_one_email(people, settings):
    settings.CLOCK = "2027-06-08T07:00"
    inspection = inspection_with_team(people)
    leave_word(inspection, people.lead, people.deputy, people.assistant)
    settings.CLOCK = "2027-06-08T07:30"
    at_once([write_news] * 4)
    assert sorted(OutgoingMail.objects.values_list("person__name", "notifications__key")) == [
        ("Assistant", "a"),
        ("Deputy", "a"),
        ("Lead", "a"),
    ]
