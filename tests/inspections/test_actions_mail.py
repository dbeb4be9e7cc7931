"""E-mails are rows first; each is sent by one sender, once, and again only when that failed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts import clock
from inspections.actions.mail import claim, send_waiting_mail, write_mail
from inspections.models import Inspection, OutgoingMail
from inspections.tasks import send_mail
from tests.factories import inspection_with_team
from tests.product import free_port
from tests.races import at_once

NOON = "2027-06-08T12:00"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def inspection(people, settings) -> Inspection:
    settings.CLOCK, settings.SITE_URL = NOON, "https://inspection.example.org"
    return inspection_with_team(people, ref="YI-27-014")


def write(inspection, *people, key="concern 1 raised") -> None:
    write_mail(
        people=[person.pk for person in people],
        key=key,
        sentence="Somebody has raised a concern.",
        link="/inspections/YI-27-014/concerns/",
        inspection=inspection,
    )


@pytest.fixture
def no_way_out(settings) -> None:
    """Nothing listens where the mail server should be."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port()


def test_it_says_one_sentence_and_where_to_go(people, inspection):
    write(inspection, people.lead)
    send_mail()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["lead@people.example"], "Youth inspection: something to do, YI-27-014")
    assert sent.body == (
        "Somebody has raised a concern.\n\nhttps://inspection.example.org/inspections/YI-27-014/concerns/\n"
    )


def test_each_person_is_written_to_once_for_an_occasion(people, inspection):
    for _ in range(2):
        write(inspection, people.lead, people.deputy)
    for _ in range(2):
        send_waiting_mail()
    assert sorted(address for sent in mail.outbox for address in sent.to) == [
        "deputy@people.example",
        "lead@people.example",
    ]
    assert set(OutgoingMail.objects.values_list("attempts", "last_error")) == {(1, "")}


def test_what_could_not_be_sent_waits_longer_each_time(people, inspection, settings, no_way_out):
    write(inspection, people.lead)
    waits = []
    for _ in range(7):
        assert send_waiting_mail() == 0
        row = OutgoingMail.objects.get()
        waits.append((row.next_try_at - clock.now()).total_seconds() / 60)
        settings.CLOCK = row.next_try_at.isoformat()
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    assert (row.sent_at, row.attempts, row.last_error.partition(":")[0]) == (None, 7, "ConnectionRefusedError")


def test_one_failure_is_enough_for_a_sweep(people, inspection, no_way_out):
    write(inspection, people.lead, people.deputy)
    send_waiting_mail()
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 1]


def test_it_is_sent_once_the_way_is_open_again(people, inspection, settings, no_way_out):
    write(inspection, people.lead)
    send_waiting_mail()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting_mail() == 0
    settings.CLOCK = (clock.now() + timedelta(minutes=2)).isoformat()
    assert send_waiting_mail() == 1
    row = OutgoingMail.objects.get()
    assert (row.sent_at, row.last_error, len(mail.outbox)) == (clock.now(), "", 1)


def test_a_sender_that_was_killed_strands_nothing_and_the_message_keeps_its_id(people, inspection, settings):
    write(inspection, people.lead)
    claim()
    assert send_waiting_mail() == 0
    settings.CLOCK = "2027-06-08T12:02"
    assert send_waiting_mail() == 1
    row = OutgoingMail.objects.get()
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{row.pk}.20270608110000@{settings.MAIL_DOMAIN}>"


def test_after_thirty_attempts_nobody_tries_any_more(people, inspection):
    write(inspection, people.lead)
    OutgoingMail.objects.update(attempts=30)
    assert (send_waiting_mail(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize("ended", [{"is_active": False}, {"ends_on": "2027-06-07"}])
def test_nothing_goes_to_an_account_that_has_ended(people, inspection, ended):
    write(inspection, people.lead)
    type(people.lead).objects.filter(pk=people.lead.pk).update(**ended)
    assert (send_waiting_mail(), len(mail.outbox)) == (0, 0)


def test_a_row_is_not_sent_without_an_attempt(people, inspection):
    write(inspection, people.lead)
    with pytest.raises(IntegrityError, match="outgoing_mail_sent_by_an_attempt"), transaction.atomic():
        OutgoingMail.objects.update(sent_at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_of_four_senders_at_once_each_mail_has_one(people, settings):
    settings.CLOCK = NOON
    inspection = inspection_with_team(people)
    for number in range(6):
        write(inspection, people.lead, people.deputy, key=f"occasion {number}")
    assert sum(at_once([send_waiting_mail] * 4)) == 12
    assert len(mail.outbox) == 12
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}
