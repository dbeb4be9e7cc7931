"""Guards for the pages of one case, and of one concern."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import User
from cases.models import Case
from cases.queries.cases import case_for, may
from cases.queries.concerns import concern_for
from cases.queries.discussions import discussion_for
from inspections import access
from inspections.access import Permission
from inspections.guards import RouteAccess, View, guarded


def case_page(*, see: Permission | None = None, do: Permission | None = None) -> Callable[[View], View]:
    """The view receives the case with its inspection."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        return case_for(cast(User, request.user), address.pop("ref"), address.pop("case_ref"), permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)


def concern_page(*, see: Permission | None = None, do: Permission | None = None) -> Callable[[View], View]:
    """The view receives the concern with its case and inspection."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        person, ref, case_ref = cast(User, request.user), address.pop("ref"), address.pop("case_ref")
        return concern_for(person, ref, case_ref, address.pop("pk"), permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)


def notes_page(
    find: Callable[[User, str, Any, Permission], Any], *, see: Permission | None = None, do: Permission | None = None
) -> Callable[[View], View]:
    """`find(person, ref, what, permission)` fetches by the second part of the address, and authorises."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        ref = address.pop("ref")
        _, what = address.popitem()
        return find(cast(User, request.user), ref, what, permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)


def discussion_page(*, see: Permission | None = None, do: Permission | None = None) -> Callable[[View], View]:
    """The view receives the discussion with its case and inspection."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        return discussion_for(cast(User, request.user), address.pop("ref"), address.pop("number"), permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)


def closed_instead(reply: Callable[[HttpRequest, Case], HttpResponse]) -> Callable[[View], View]:
    """Stands before `case_page`: `reply` tells whoever may see the case, but no longer answer it, what became of it.

    What they typed came with the post, and is theirs to copy. For everybody else the case goes on not existing.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **address: Any) -> HttpResponse:
            try:
                return view(request, **address)
            except Http404:
                person = cast(User, request.user)
                if request.method != "POST" or not person.is_authenticated:
                    raise
                case = case_for(person, address["ref"], address["case_ref"], access.SEE_CASE)
                if may(person, case, access.READ_CASE):
                    raise
                return reply(request, case)

        return page

    return decorate
