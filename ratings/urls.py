"""Addresses of ratings."""

from django.urls import path

from ratings.views import (
    decisions,
    discretion,
    figures,
    meeting,
    outcome,
    pack,
    programme,
    reactive,
    room,
    sign_off,
    versions,
    what_if,
)

app_name = "ratings"
urlpatterns = [
    path("inspections/<slug:ref>/panel/", meeting.meeting, name="meeting"),
    path("inspections/<slug:ref>/panel/members/", meeting.members, name="members"),
    path("inspections/<slug:ref>/panel/room/", room.room, name="room"),
    path("inspections/<slug:ref>/panel/pack/", pack.packs, name="packs"),
    path("inspections/<slug:ref>/panel/pack/<int:number>/", pack.pack, name="pack"),
    path("inspections/<slug:ref>/panel/pack/<int:number>/pdf/", pack.pdf, name="pack-pdf"),
    path("inspections/<slug:ref>/panel/freeze/", meeting.freeze, name="freeze"),
    path("inspections/<slug:ref>/panel/unfreeze/", meeting.unfreeze, name="unfreeze"),
    path("inspections/<slug:ref>/panel/key-questions/", figures.key_questions, name="key-questions"),
    path("inspections/<slug:ref>/panel/key-questions/live/", figures.live, name="live"),
    path("inspections/<slug:ref>/panel/trace/", figures.whole_trace, name="whole-trace"),
    path("inspections/<slug:ref>/panel/trace/<path:node>/", figures.trace, name="trace"),
    path("inspections/<slug:ref>/panel/key-questions/cases/", figures.cases, name="cases"),
    path("inspections/<slug:ref>/panel/what-if/", what_if.what_if_page, name="what-if"),
    path("inspections/<slug:ref>/panel/victims/", decisions.victims, name="victims"),
    path("inspections/<slug:ref>/panel/domain-one/", decisions.domain_one, name="domain-one"),
    path("inspections/<slug:ref>/panel/discretion/", discretion.discretion, name="discretion"),
    path("inspections/<slug:ref>/panel/sign-off/", sign_off.sign_off, name="sign-off"),
    path("inspections/<slug:ref>/panel/return/", versions.give_back, name="give-back"),
    path("inspections/<slug:ref>/panel/reopen/", versions.reopen, name="reopen"),
    path("inspections/<slug:ref>/panel/versions/<int:number>/", versions.version, name="version"),
    path("inspections/<slug:ref>/outcome/", outcome.outcome, name="outcome"),
    path("programme/reactive/", reactive.reactive, name="reactive"),
    path("programme/reactive/<slug:ref>/", reactive.decide, name="decide-reactive"),
    path("programme/next/", programme.next_services, name="next-services"),
    path("service/<slug:ref>/outcome/", outcome.service_outcome, name="service-outcome"),
]
