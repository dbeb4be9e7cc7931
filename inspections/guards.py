"""Guards for views: what a page needs is declared once, enforced here, and printed by `manage.py routes`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from inspections import queries
from inspections.access import Permission

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class RouteAccess:
    """Who may fetch the page (`see`) and who may post to it (`do`); None where that method does not exist."""

    see: Permission | None
    do: Permission | None

    @property
    def methods(self) -> list[str]:
        return (["GET", "HEAD"] if self.see else []) + (["POST"] if self.do else [])

    def needed(self, request: HttpRequest) -> Permission:
        return cast(Permission, self.do if request.method == "POST" else self.see)


def guarded(access: RouteAccess, view: View, fetch: Callable[..., Any]) -> View:
    """`fetch(request, permission, **address)` gives the view its object, or raises Http404."""

    @login_required
    @require_http_methods(access.methods)
    @wraps(view)
    def page(request: HttpRequest, **address: Any) -> HttpResponse:
        return view(request, fetch(request, access.needed(request), address), **address)

    page.access = access  # type: ignore[attr-defined]
    return page


def inspection_page(*, see: Permission | None = None, do: Permission | None = None) -> Callable[[View], View]:
    """The view receives the inspection, which carries `parties` for `queries.may`."""

    def fetch(request: HttpRequest, permission: Permission, address: dict[str, Any]) -> Any:
        return queries.inspection_for(cast(User, request.user), address.pop("ref"), permission)

    return lambda view: guarded(RouteAccess(see, do), view, fetch)
