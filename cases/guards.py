"""Guards for the pages of one case."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest

from accounts.models import User
from cases.queries.cases import case_for
from inspections.access import Permission
from inspections.guards import RouteAccess, View, guarded


def case_page(*, see: Permission | None = None, do: Permission | None = None) -> Callable[[View], View]:
    """The view receives the case with its inspection."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        return case_for(cast(User, request.user), address.pop("ref"), address.pop("case_ref"), permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)
