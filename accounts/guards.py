"""Guards for pages of people themselves, and the declaration that every page carries for `manage.py routes`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

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
        return declared(login_required(require_http_methods(access.methods)(view)), access)

    return decorate


def declared(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view
