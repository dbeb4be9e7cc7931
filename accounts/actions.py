"""Writes the record of what people did, and signs them in and out."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest

from accounts import clock
from accounts.models import AuditEvent, DraftKey, User
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
