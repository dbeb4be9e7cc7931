"""What every page knows."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve, reverse


@dataclass(frozen=True)
class Page:
    text: str
    href: str
    current: bool


def product(request: HttpRequest) -> dict[str, Any]:
    return {
        "service_name": settings.SERVICE_NAME,
        "demo": settings.DEMO,
        "navigation": navigation(request),
    }


def navigation(request: HttpRequest) -> tuple[Page, ...]:
    """The pages that people of this role may open. No query of its own: the person came with the session."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return ()
    return tuple([Page(text, href, request.path == href) for text, href in pages_of(request.user.role)])


@cache
def pages_of(role: str) -> list[tuple[str, str]]:
    """With their addresses. Neither changes while the process lives."""
    pages = [(text, reverse(name)) for text, name in settings.NAVIGATION]
    return [
        (text, href)
        for text, href in pages
        if resolve(href).func.access.admits(role)  # type: ignore[attr-defined]  # every guard sets it
    ]
