"""Writes the record of what people did, and signs them in and out."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import login, logout
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest

from accounts import clock
from accounts.models import AuditEvent, DraftKey, Seal, User
from accounts.queries import columns_of, newest_id, record_tables, rows_digest, sealed_until
from accounts.rules import seal_digest
from accounts.sessions import SessionStore

BACKEND = "django.contrib.auth.backends.ModelBackend"
KEEP_DRAFT_KEYS = timedelta(hours=96)  # a day of use, and the 72 hours for which a browser keeps what it locked
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
