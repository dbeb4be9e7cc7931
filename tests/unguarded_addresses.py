"""An address that changes answers without asking who may, beside those of the product: for the test that finds it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cases.models import Answer


def change(request: HttpRequest, ref: str) -> HttpResponse:
    return HttpResponse(str(Answer.objects.filter(inspection__ref=ref).update(evidence="Changed")))


urlpatterns = [path("inspections/<slug:ref>/change/", change, name="change"), path("", include("config.urls"))]
