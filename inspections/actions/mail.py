"""Writes e-mails as rows, and sends what waits: each row by one sender at a time, again later if that failed."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from accounts import clock
from accounts.actions import look_up, make_link
from accounts.models import SignInRequest, User
from accounts.queries import requests_to_look_up
from inspections.models import Inspection, OutgoingMail
from inspections.queries.mail import waiting_mail
from inspections.queries.service import contact_with

SUBJECT = "Youth inspection: something to do"
SIGN_IN_SUBJECT = "Youth inspection: sign in"
SIGN_IN_SENTENCE = "Open this page and select “Sign in”."
SIGN_IN_LASTS = (
    "Each works once, and both end 15 minutes after you asked. If you did not ask, do nothing: nobody was signed in."
)
AT_ONCE = 100  # the next sweep goes on
LONGEST_PAUSE = 60  # minutes between two attempts; the first pauses are 2, 4, 8, 16 and 32
ERROR_LENGTH = 300


def write_mail(*, people: Iterable[int], key: str, sentence: str, link: str, inspection: Inspection) -> None:
    """Each person once for each `key`, however often it is called; in the transaction of what it tells of.

    Mail goes through many hands: neither `sentence` nor `link` may name a case, a child, a worker or a rating.
    """
    now = clock.now()
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                person_id=person,
                inspection=inspection,
                key=key,
                subject=subject(inspection),
                sentence=sentence,
                link=link,
                queued_at=now,
                next_try_at=now,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def write_mail_outside(*, address: str, key: str, subject: str, sentence: str, inspection: Inspection) -> None:
    """To somebody who has no account here, once for each `key`. The same holds of the sentence."""
    now = clock.now()
    OutgoingMail.objects.create(
        address=address,
        inspection=inspection,
        key=key,
        subject=subject,
        sentence=sentence,
        queued_at=now,
        next_try_at=now,
    )


@transaction.atomic
def answer_sign_in_requests() -> None:
    """To whoever is a contact of a service under the address that was typed; to nobody where nobody is."""
    for asked in requests_to_look_up().select_for_update(skip_locked=True, no_key=True):
        person = contact_with(asked.email, clock.today())
        look_up(asked=asked, person=person)
        if person:
            write_sign_in_mail(asked, person)


def write_sign_in_mail(asked: SignInRequest, person: User) -> None:
    now = clock.now()
    OutgoingMail.objects.create(
        person=person,
        sign_in=asked,
        key=f"sign in {asked.pk}",
        subject=SIGN_IN_SUBJECT,
        sentence=SIGN_IN_SENTENCE,
        link=reverse("accounts:ask-for-link"),
        queued_at=now,
        next_try_at=now,
    )


def subject(inspection: Inspection | None) -> str:
    return f"{SUBJECT}, {inspection.ref}" if inspection else SUBJECT


def send_waiting_mail() -> int:
    """How many were sent. Safe beside twins: a row that one has claimed is passed over by the others.

    A failure ends the sweep, so that a server that does not answer holds up no other work; the next goes on behind it.
    """
    sent = 0
    while sent < AT_ONCE:
        mail = claim()
        if mail is None or not deliver(mail):
            break
        sent += 1
    return sent


@transaction.atomic
def claim() -> OutgoingMail | None:
    """The claim is committed before anything is sent, and lapses after a pause: a killed sender strands nothing."""
    now = clock.now()
    mail = waiting_mail(now, clock.today()).select_for_update(skip_locked=True, of=("self",), no_key=True).first()
    if mail is not None:
        mail.attempts += 1
        mail.next_try_at = now + timedelta(minutes=min(2**mail.attempts, LONGEST_PAUSE))
        mail.save(update_fields=["attempts", "next_try_at"])
    return mail


def deliver(mail: OutgoingMail) -> bool:
    claimed = OutgoingMail.objects.filter(pk=mail.pk)
    try:
        message(mail).send()
    except OSError as error:  # of the network, the disk or SMTP
        claimed.update(last_error=f"{type(error).__name__}: {error}"[:ERROR_LENGTH])
        return False
    claimed.update(sent_at=clock.now(), last_error="")
    return True


def message(mail: OutgoingMail) -> EmailMessage:
    """The same Message-ID each time, by which a mail server knows one that comes again."""
    body = sign_in_body(mail, mail.sign_in) if mail.sign_in else plain_body(mail)
    to = mail.person.email if mail.person else mail.address
    headers = {"Message-ID": f"<{mail.pk}.{mail.queued_at:%Y%m%d%H%M%S}@{settings.MAIL_DOMAIN}>"}
    return EmailMessage(mail.subject, body, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)


def plain_body(mail: OutgoingMail) -> str:
    """Whoever has no account has nothing to open."""
    return f"{mail.sentence}\n\n{settings.SITE_URL}{mail.link}\n" if mail.link else f"{mail.sentence}\n"


def sign_in_body(mail: OutgoingMail, asked: SignInRequest) -> str:
    token, code = make_link(asked=asked)
    link = f"{settings.SITE_URL}{mail.link}{token}/"
    return f"{mail.sentence}\n\n{link}\n\nOr enter this code where you asked for it: {code}\n\n{SIGN_IN_LASTS}\n"
