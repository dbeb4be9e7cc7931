"""Every address of the product."""

from django.urls import include, path

from config.health import health
from config.help import accessibility, help_page
from config.my_work import my_work
from config.offline import case_pages_script, not_connected

handler404 = "accounts.views.not_found"
urlpatterns = [
    path("healthz", health, name="health"),
    path("", my_work, name="my-work"),
    path("help/", help_page, name="help"),
    path("accessibility/", accessibility, name="accessibility"),
    path("case-pages.js", case_pages_script, name="case-pages"),
    path("not-connected/", not_connected, name="not-connected"),
    path("", include("accounts.urls")),
    path("", include("inspections.urls")),
    path("", include("cases.urls")),
    path("", include("ratings.urls")),
]
