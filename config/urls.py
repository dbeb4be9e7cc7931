"""Every address of the product."""

from django.urls import include, path

from config.health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("", include("accounts.urls")),
    path("", include("inspections.urls")),
    path("", include("cases.urls")),
    path("", include("ratings.urls")),
]
