"""An address that breaks, beside those of the product: for what a person gets when something is wrong."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret-words-of-an-error")


urlpatterns = [path("broken/", broken, name="broken"), path("", include("config.urls"))]
