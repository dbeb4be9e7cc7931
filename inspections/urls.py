"""Addresses of inspections."""

from django.urls import path

from inspections.views import (
    beginnings,
    contacts,
    dates,
    inspections,
    log,
    notifications,
    people,
    service,
    team,
    timeline,
)

app_name = "inspections"
SERVICE = "service/<slug:ref>/"
urlpatterns = [
    path("inspections/", inspections.inspection_list, name="list"),
    path("inspections/new/", inspections.create, name="create"),
    path("inspections/<slug:ref>/", inspections.home, name="home"),
    path("inspections/<slug:ref>/stage/", inspections.move_on, name="move-on"),
    path("inspections/<slug:ref>/team/", team.team, name="team"),
    path("inspections/<slug:ref>/team/<int:pk>/end/", team.end_place, name="end-membership"),
    path("inspections/<slug:ref>/timeline/", timeline.timeline, name="timeline"),
    path("inspections/<slug:ref>/timeline/<slug:step>/record/", timeline.record, name="record-step"),
    path("inspections/<slug:ref>/timeline/<slug:step>/change/", dates.change, name="change-date"),
    path("inspections/<slug:ref>/timeline/changes/<int:pk>/agree/", dates.agree, name="agree-date"),
    path("inspections/<slug:ref>/timeline/changes/<int:pk>/drop/", dates.drop, name="drop-date"),
    path("inspections/<slug:ref>/announcement/", beginnings.announcement, name="announcement"),
    path("inspections/<slug:ref>/planning/", beginnings.planning_meeting, name="planning-meeting"),
    path(f"{SERVICE}letter/", beginnings.service_letter, name="service-letter"),
    path("inspections/<slug:ref>/people/", people.people_to_meet, name="people-to-meet"),
    path("inspections/<slug:ref>/log/", log.log, name="log"),
    path("account/interests/", team.interests, name="interests"),
    path("account/interests/<int:pk>/end/", team.end_own_interest, name="end-interest"),
    path("notifications/", notifications.notifications, name="notifications"),
    path(SERVICE, service.service_home, name="service-home"),
    path(f"{SERVICE}access/", contacts.contacts, name="service-access"),
    path(f"{SERVICE}access/<int:pk>/end/", contacts.end_access, name="end-contact"),
    path(f"{SERVICE}preferences/", contacts.preferences, name="service-preferences"),
    path(f"{SERVICE}people/", people.people, name="service-people"),
    path(f"{SERVICE}people/new/", people.add, name="add-person"),
    path(f"{SERVICE}people/<int:pk>/remove/", people.remove, name="remove-person"),
    path(f"{SERVICE}people/<int:pk>/<slug:part>/", people.part, name="person-part"),
]
