"""What the browser keeps for when it has no connection: the worker of the case pages, and a page of words."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guards import public


@public()
def case_pages_script(request: HttpRequest) -> HttpResponse:
    """A worker answers only for addresses below its own, so it stands at the top and not among the static files."""
    found = finders.find("js/case-pages.js")
    if not found:
        raise Http404
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript")


@public()
def not_connected(request: HttpRequest) -> HttpResponse:
    """The worker fetches it without a session, fills in what is open, and shows it offline."""
    return render(request, "config/not_connected.html")
