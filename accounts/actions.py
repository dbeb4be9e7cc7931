"""Writes the record of what people did, and signs them in and out."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, cast

from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import clock
from accounts.models import AuditEvent, DraftKey, Role, Seal, SignInRequest, User
from accounts.queries import (
    asked_for,
    columns_of,
    link_of,
    newer_link_than,
    newest_id,
    record_tables,
    rows_digest,
    sealed_until,
)
from accounts.rules import (
    ASKING_COUNTED,
    MOST_ASKED_BY_SENDER,
    MOST_ASKED_FOR_ADDRESS,
    MOST_TRIES,
    TOO_MANY_TRIES,
    UNKNOWN_LINK,
    WRONG_CODE,
    link_problem,
    minutes_to_wait,
    seal_digest,
)
from accounts.sessions import SessionStore

BACKEND = "django.contrib.auth.backends.ModelBackend"
KEEP_DRAFT_KEYS = timedelta(hours=96)  # a day of use, and the 72 hours for which a browser keeps what it locked
KEEP_SIGN_IN_REQUESTS = timedelta(days=1)
KEY_BYTES = 32


def record(
    *, by: User | None, verb: str, inspection: str = "", subject: str = "", detail: dict[str, Any] | None = None
) -> AuditEvent:
    """Call it last, inside the transaction of the action that it records. `by` is None for the product itself."""
    return AuditEvent.objects.create(
        at=clock.now(), person=by, verb=verb, inspection=inspection, subject=subject, detail=detail or {}
    )


@transaction.atomic
def sign_in(*, by: User, request: HttpRequest, how: str = "password") -> None:
    """Whatever proves who somebody is ends here, and nowhere else does a session begin.

    The seam for a second factor: a view between the password and this call asks for it, keeping `by.pk` in the
    signed-out session. The seam for single sign-on: the view that checks the provider's answer calls this with `how`.
    """
    login(request, by, backend=BACKEND)
    record(by=by, verb="signed in", detail={"how": how})


@transaction.atomic
def sign_out(*, by: User, request: HttpRequest) -> None:
    logout(request)
    record(by=by, verb="signed out")


@transaction.atomic
def stay_signed_in(*, by: User, session: SessionStore) -> None:
    session.stay()
    record(by=by, verb="stayed signed in")


@transaction.atomic
def set_quick_answers(*, by: User, on: bool) -> None:
    """Nothing is recorded where it stands like that already."""
    if User.objects.filter(pk=by.pk, quick_answers=not on).update(quick_answers=on):
        record(by=by, verb="switched quick answers", detail={"on": on})


@transaction.atomic
def set_speaks_welsh(*, by: User, speaks: bool) -> None:
    """Nothing is recorded where it stands like that already."""
    if User.objects.filter(pk=by.pk, speaks_welsh=not speaks).update(speaks_welsh=speaks):
        record(by=by, verb="said whether they speak Welsh", detail={"speaks": speaks})


@transaction.atomic
def set_email_news(*, by: User, news: str) -> None:
    """Nothing is recorded where it stands like that already."""
    if User.objects.filter(pk=by.pk).exclude(email_news=news).update(email_news=news):
        record(by=by, verb="chose when news comes by e-mail", detail={"news": news})


def forget_ended_sessions() -> None:
    SessionStore.clear_expired()


@transaction.atomic
def draft_key_of_today(*, by: User) -> DraftKey:
    """The one with which this person's browsers lock what is not sent yet; two requests at once get the same."""
    fresh = {"key": secrets.token_bytes(KEY_BYTES), "made_at": clock.now()}
    key, made = DraftKey.objects.get_or_create(person=by, day=clock.today(), defaults=fresh)
    if made:
        record(by=by, verb="key for unsent answers made")
    return key


def forget_draft_keys() -> None:
    """What was locked with them is never read again, wherever it lies."""
    DraftKey.objects.filter(made_at__lte=clock.now() - KEEP_DRAFT_KEYS).delete()


def contact_account(*, email: str, name: str) -> User:
    """Of whoever has this address, whatever their role; a new one, without a password, where nobody has."""
    fresh = {"name": name, "role": Role.SERVICE_CONTACT, "password": make_password(None)}
    return User.objects.get_or_create(email=email.lower(), defaults=fresh)[0]


class AskedTooOften(Exception):
    """For this address or by this sender; `minutes` until the next may be asked for."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class LinkRefused(Exception):
    """`str()` is why, in a sentence without a full stop."""


@transaction.atomic
def ask_for_link(*, email: str, sender: str | None, next_page: str) -> SignInRequest:
    """Takes the same time whoever is asked for: whether there is somebody is looked up later, by another process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ask for a sign-in link'))")
    now = clock.now()
    since, address = now - ASKING_COUNTED, email.lower()
    wait = max(
        minutes_to_wait(asked_for(since, email=address), MOST_ASKED_FOR_ADDRESS, now),
        minutes_to_wait(asked_for(since, sender=sender), MOST_ASKED_BY_SENDER, now),
    )
    if wait:
        raise AskedTooOften(wait)
    return SignInRequest.objects.create(email=address, sender=sender, next_page=next_page, asked_at=now)


def look_up(*, asked: SignInRequest, person: User | None) -> None:
    """In the transaction in which the e-mail is written."""
    asked.person, asked.looked_up_at = person, clock.now()
    asked.save(update_fields=["person", "looked_up_at"])
    if person:
        record(by=None, verb="wrote a sign-in link", subject=person.name)


def make_link(*, asked: SignInRequest) -> tuple[str, str]:
    """Token and code for the e-mail that is being sent: they are kept nowhere else."""
    token, code = secrets.token_urlsafe(KEY_BYTES), f"{secrets.randbelow(1_000_000):06}"
    asked.token_digest, asked.code_digest = token_digest(token), code_digest(asked, code)
    asked.save(update_fields=["token_digest", "code_digest"])
    return token, code


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def code_digest(asked: SignInRequest, code: str) -> str:
    """With the product's own key: a code alone is soon guessed."""
    return salted_hmac("sign-in code", f"{asked.pk} {code}", algorithm="sha256").hexdigest()


def link_refusal(token: str) -> str | None:
    """Why this link would not open anything; None where it would. Changes nothing."""
    asked = link_of(token_digest(token)).first()
    return refusal(asked) if asked else UNKNOWN_LINK


def refusal(asked: SignInRequest) -> str | None:
    person = asked.person
    if person is None or asked.ended_at or not person.works_on(clock.today()):
        return UNKNOWN_LINK
    return link_problem(
        asked_at=asked.asked_at, used=asked.used_at is not None, newer=newer_link_than(asked), now=clock.now()
    )


@transaction.atomic
def sign_in_by_link(*, token: str, request: HttpRequest) -> str:
    """The page to go to."""
    asked = link_of(token_digest(token)).select_for_update(of=("self",), no_key=True).first()
    if asked is None:
        raise LinkRefused(UNKNOWN_LINK)
    return use_link(asked, request, "e-mail link")


def sign_in_by_code(*, number: int, code: str, request: HttpRequest) -> str:
    """`number` is the request that this browser made. Each try counts, also where there is nobody to sign in."""
    found = SignInRequest.objects.filter(pk=number)
    if not found.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise LinkRefused(TOO_MANY_TRIES)
    with transaction.atomic():
        asked = found.select_related("person").select_for_update(of=("self",), no_key=True).get()
        if not constant_time_compare(asked.code_digest, code_digest(asked, code)):
            raise LinkRefused(WRONG_CODE)
        return use_link(asked, request, "e-mail code")


def use_link(asked: SignInRequest, request: HttpRequest, how: str) -> str:
    if problem := refusal(asked):
        raise LinkRefused(problem)
    asked.used_at = clock.now()
    asked.save(update_fields=["used_at"])
    sign_in(by=cast(User, asked.person), request=request, how=how)
    return asked.next_page


def end_sign_in(person: User) -> None:
    """Every open session and every link that was not used; in the transaction of what ended."""
    person.sessions.all().delete()
    person.sign_in_requests.filter(used_at__isnull=True, ended_at__isnull=True).update(ended_at=clock.now())


def forget_sign_in_requests() -> None:
    SignInRequest.objects.filter(asked_at__lt=clock.now() - KEEP_SIGN_IN_REQUESTS).delete()


ROWS_A_SEAL = 10_000


def seal_records() -> int:
    """How many seals were made. Rows that are still being written wait for the next time; a busy table does too."""
    return sum(seal_table(table) for table in record_tables())


def seal_table(table: str) -> int:
    if newest_id(table) <= sealed_until(table):
        return 0  # nothing new, so nobody has to wait for the lock
    try:
        newest = settled(table)
    except OperationalError:  # somebody held the table for longer than we wait
        return 0
    made = 0
    while seal_next(table, newest):
        made += 1
    return made


@transaction.atomic
def settled(table: str) -> int:
    """The highest id up to which every row is committed. Whoever writes is waited for, for as long as a second."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
    return newest_id(table)


@transaction.atomic
def seal_next(table: str, newest: int) -> bool:
    """One at a time, so that every seal follows the one before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('seal'))")
    last = Seal.objects.order_by("-number").first()
    after = sealed_until(table)
    until = min(newest, after + ROWS_A_SEAL)
    if until <= after:
        return False
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    columns = columns_of(table)
    count, rows = rows_digest(table, columns, after, until)
    Seal.objects.create(
        number=number,
        table=table,
        columns=columns,
        after=after,
        until=until,
        count=count,
        rows_digest=rows,
        previous=previous,
        digest=seal_digest(previous, number, table, columns, after, until, count, rows),
        sealed_at=clock.now(),
    )
    return True
