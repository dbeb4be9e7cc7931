"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("inspections.urls")),
    path("", include("cases.urls")),
    path("", include("ratings.urls")),
]
