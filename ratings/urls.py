"""Addresses of ratings."""

from django.urls import path

from ratings.views import decisions, figures, meeting, outcome, programme, sign_off

app_name = "ratings"
urlpatterns = [
    path("inspections/<slug:ref>/panel/", meeting.meeting, name="meeting"),
    path("inspections/<slug:ref>/panel/freeze/", meeting.freeze, name="freeze"),
    path("inspections/<slug:ref>/panel/unfreeze/", meeting.unfreeze, name="unfreeze"),
    path("inspections/<slug:ref>/panel/key-questions/", figures.key_questions, name="key-questions"),
    path("inspections/<slug:ref>/panel/key-questions/live/", figures.live, name="live"),
    path("inspections/<slug:ref>/panel/trace/", figures.whole_trace, name="whole-trace"),
    path("inspections/<slug:ref>/panel/trace/<path:node>/", figures.trace, name="trace"),
    path("inspections/<slug:ref>/panel/victims/", decisions.victims, name="victims"),
    path("inspections/<slug:ref>/panel/domain-one/", decisions.domain_one, name="domain-one"),
    path("inspections/<slug:ref>/panel/sign-off/", sign_off.sign_off, name="sign-off"),
    path("inspections/<slug:ref>/outcome/", outcome.outcome, name="outcome"),
    path("programme/next/", programme.next_services, name="next-services"),
    path("service/<slug:ref>/outcome/", outcome.service_outcome, name="service-outcome"),
]
