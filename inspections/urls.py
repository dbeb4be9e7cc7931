"""Addresses of inspections."""

from django.urls import path

from inspections import views

app_name = "inspections"
urlpatterns = [
    path("inspections/", views.inspection_list, name="list"),
    path("inspections/<ref>/", views.home, name="home"),
]
