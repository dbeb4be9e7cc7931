"""Who is asking, and what may be kept of the answer."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from accounts import clock
from accounts.models import User
from accounts.sessions import SessionStore

Handler = Callable[[HttpRequest], HttpResponse]


def signed_in_person(get_response: Handler) -> Handler:
    """Sets request.user from the one query that reads the session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = cast(User, SimpleLazyObject(lambda: person_of(cast(SessionStore, request.session))))
        return get_response(request)

    return middleware


def person_of(session: SessionStore) -> User | AnonymousUser:
    """The person, unless the account ended or the password changed since they signed in."""
    proof = session.get(HASH_SESSION_KEY, "")
    person = session.person
    if person is None or not person.works_on(clock.today()):
        return AnonymousUser()
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return person if any(constant_time_compare(proof, known) for known in hashes) else AnonymousUser()


def never_cached(get_response: Handler) -> Handler:
    """Pages hold data about children: no browser or proxy keeps a copy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    return middleware
