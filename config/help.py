"""Help and the accessibility statement: pages for everybody, without any data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guards import public


@public()
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "config/help_read.html")


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "config/accessibility_read.html")
