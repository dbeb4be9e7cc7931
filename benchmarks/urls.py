"""The product's addresses and those of the floors."""

from django.urls import include, path

from benchmarks import floors

urlpatterns = [
    path("floor/bare/", floors.bare, name="floor-bare"),
    path("floor/select/<str:ref>/", floors.one_select, name="floor-select"),
    path("floor/update/<int:pk>/", floors.one_update, name="floor-update"),
    path("", include("config.urls")),
]
