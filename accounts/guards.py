"""Guards for pages of people themselves, and the declaration that every page carries for `manage.py routes`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods

from accounts.sent import typed

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Grant:
    """Who may use one method of a page. `stages` is empty where no inspection's stage matters; `also` adds others."""

    permission: str
    who: tuple[str, ...]
    stages: tuple[str, ...] = ()
    own_case: tuple[str, ...] = ()
    also: "Grant | None" = None


class Access(ABC):
    """What a view declares as `view.access`; a view without one fails `manage.py routes`."""

    @abstractmethod
    def grants(self) -> dict[str, Grant]:
        """By method."""

    def admits(self, role: str) -> bool:
        """Whether the navigation offers the page to people of this role."""
        return True

    @property
    def methods(self) -> list[str]:
        return list(self.grants())


@dataclass(frozen=True)
class PageAccess(Access):
    """The same grant for every method."""

    grant: Grant
    allowed: tuple[str, ...]
    offered_to: Collection[str] | None = None

    def grants(self) -> dict[str, Grant]:
        return dict.fromkeys(self.allowed, self.grant)

    def admits(self, role: str) -> bool:
        return self.offered_to is None or role in self.offered_to


def methods_of(get: bool, post: bool) -> tuple[str, ...]:
    return (("GET", "HEAD") if get else ()) + (("POST",) if post else ())


def public(*, get: bool = True, post: bool = False) -> Callable[[View], View]:
    """Open to everybody: signing in, and pages without any data."""
    access = PageAccess(Grant("open", ("everybody",)), methods_of(get, post))

    def decorate(view: View) -> View:
        return declared(require_http_methods(access.methods)(view), access)

    return decorate


def signed_in_page(
    *, get: bool = True, post: bool = False, offered_to: Collection[str] | None = None
) -> Callable[[View], View]:
    """Open to whoever is signed in; the view shows or changes only what is the person's own.

    The navigation offers it to these roles, or to all.
    """
    access = PageAccess(Grant("own page", ("signed in",)), methods_of(get, post), offered_to)

    def decorate(view: View) -> View:
        return declared(signed_in(require_http_methods(access.methods)(view)), access)

    return decorate


def signed_in(view: View) -> View:
    """A form sent after the session ended is answered with its own text: a redirect would drop it."""
    page_or_sign_in = login_required(view)

    @wraps(view)
    def page(request: HttpRequest, **address: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            context = {"typed": typed(request), "sign_in_url": sign_in_url(request)}
            return render(request, "accounts/person_sign_in_again.html", context, status=401)
        return page_or_sign_in(request, **address)

    return page


def sign_in_url(request: HttpRequest) -> str:
    """Of the sign-in page that leads back to this one."""
    wanted = quote(request.get_full_path())
    return f"{resolve_url(settings.LOGIN_URL)}?next={wanted}"


def declared(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
