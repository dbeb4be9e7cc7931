"""Guards for views: what a page needs is declared once, enforced here, and printed by `manage.py routes`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.guards import Access, Grant, View, declared, signed_in
from accounts.models import User
from inspections import queries
from inspections.access import STAGES, OfficePermission, Permission
from inspections.queries.requests import evidence_for

__all__ = ["RouteAccess", "View", "evidence_page", "guarded", "inspection_page", "office_page"]


@dataclass(frozen=True)
class RouteAccess(Access):
    """Who may fetch the page (`see`) and who may post to it (`do`); None where that method does not exist."""

    see: Permission | None
    do: Permission | None

    def grants(self) -> dict[str, Grant]:
        return by_method(grant(self.see), grant(self.do))

    def needed(self, request: HttpRequest) -> Permission:
        return cast(Permission, self.do if request.method == "POST" else self.see)


@dataclass(frozen=True)
class OfficeAccess(Access):
    """The same for pages that belong to no inspection: a person's role at the Inspectorate decides."""

    see: OfficePermission | None
    do: OfficePermission | None

    def grants(self) -> dict[str, Grant]:
        return by_method(office_grant(self.see), office_grant(self.do))

    def admits(self, role: str) -> bool:
        return self.see is not None and role in self.see.roles

    def needed(self, request: HttpRequest) -> OfficePermission:
        return cast(OfficePermission, self.do if request.method == "POST" else self.see)


def by_method(see: Grant | None, do: Grant | None) -> dict[str, Grant]:
    return ({"GET": see, "HEAD": see} if see else {}) | ({"POST": do} if do else {})


def grant(permission: Permission | None) -> Grant | None:
    return (
        None
        if permission is None
        else Grant(
            permission.name,
            tuple(sorted(permission.parties)),
            tuple(stage for stage in STAGES if stage in permission.stages),
            tuple(sorted(permission.own_case)),
            grant(permission.also),
        )
    )


def office_grant(permission: OfficePermission | None) -> Grant | None:
    return None if permission is None else Grant(permission.name, tuple(sorted(permission.roles)))


def guarded(access: RouteAccess, view: View, fetch: Callable[..., Any]) -> View:
    """`fetch(request, permission, **address)` gives the view its object, or raises Http404."""

    @signed_in
    @require_http_methods(access.methods)
    @wraps(view)
    def page(request: HttpRequest, **address: Any) -> HttpResponse:
        if any("\0" in str(value) for value in address.values()):
            raise Http404  # PostgreSQL has no such text
        return view(request, fetch(request, access.needed(request), address), **address)

    return declared(page, access)


def inspection_page(*, see: Permission | None = None, do: Permission | None = None) -> Callable[[View], View]:
    """The view receives the inspection, which carries `parties` for `queries.may`."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        return queries.inspection_for(cast(User, request.user), address.pop("ref"), permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)


def evidence_page(*, see: Permission) -> Callable[[View], View]:
    """The view receives the file with its request and inspection."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        return evidence_for(cast(User, request.user), address.pop("document"), permission)

    return lambda view: guarded(RouteAccess(see, None), view, fetch)


def office_page(*, see: OfficePermission | None = None, do: OfficePermission | None = None) -> Callable[[View], View]:
    """For pages of no one inspection. To people of other roles the page does not exist."""
    access = OfficeAccess(see, do)

    def decorate(view: View) -> View:
        @signed_in
        @require_http_methods(access.methods)
        @wraps(view)
        def page(request: HttpRequest, **address: Any) -> HttpResponse:
            if cast(User, request.user).role in access.needed(request).roles:
                return view(request, **address)
            raise Http404

        return declared(page, access)

    return decorate
