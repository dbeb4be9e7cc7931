"""Addresses of inspections."""

from django.urls import path

from inspections.views import (
    alerts,
    contacts,
    dates,
    documents,
    evidence,
    holidays,
    inspections,
    log,
    notifications,
    people,
    programme,
    requests,
    service,
    team,
    timeline,
)

REQUESTS = "inspections/<slug:ref>/requests/"
EVIDENCE = "service/<slug:ref>/requests/"

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
    path("inspections/<slug:ref>/people/", people.people_to_meet, name="people-to-meet"),
    path("inspections/<slug:ref>/alert/", alerts.alert, name="alert"),
    path("inspections/<slug:ref>/alert/settle/", alerts.settle, name="settle-alert"),
    path("inspections/<slug:ref>/log/", log.log, name="log"),
    path("account/interests/", team.interests, name="interests"),
    path("account/interests/<int:pk>/end/", team.end_own_interest, name="end-interest"),
    path("manage/calendar/", holidays.calendar, name="calendar"),
    path("programme/", programme.board, name="programme"),
    path("programme/people/", programme.people, name="programme-people"),
    path("programme/people/leave/<int:pk>/cancel/", programme.cancel, name="cancel-leave"),
    path("programme/figures/<int:pk>/", programme.figures, name="service-figures"),
    path("notifications/", notifications.notifications, name="notifications"),
    path(SERVICE, service.service_home, name="service-home"),
    path(f"{SERVICE}access/", contacts.contacts, name="service-access"),
    path(f"{SERVICE}access/<int:pk>/end/", contacts.end_access, name="end-contact"),
    path(f"{SERVICE}preferences/", contacts.preferences, name="service-preferences"),
    path(f"{SERVICE}people/", people.people, name="service-people"),
    path(f"{SERVICE}people/new/", people.add, name="add-person"),
    path(f"{SERVICE}people/<int:pk>/remove/", people.remove, name="remove-person"),
    path(f"{SERVICE}people/<int:pk>/<slug:part>/", people.part, name="person-part"),
    path(REQUESTS, requests.requests, name="requests"),
    path(f"{REQUESTS}new/", requests.new_request, name="new-request"),
    path(f"{REQUESTS}<int:number>/", requests.request_page, name="request"),
    path(f"{REQUESTS}<int:number>/return/", requests.return_reply, name="return-request"),
    path(f"{REQUESTS}<int:number>/extend/", requests.extend, name="extend-request"),
    path(EVIDENCE, evidence.requests, name="service-requests"),
    path(f"{EVIDENCE}<int:number>/", evidence.request_page, name="service-request"),
    path(f"{EVIDENCE}<int:number>/send/", evidence.send, name="send-evidence"),
    path(f"{EVIDENCE}<int:number>/not-held/", evidence.not_held, name="evidence-not-held"),
    path(f"{EVIDENCE}<int:number>/files/<uuid:document>/remove/", evidence.remove, name="remove-evidence"),
    path("documents/<uuid:document>/", documents.document, name="document"),
    path("documents/<uuid:document>/file/", documents.download, name="document-file"),
    path("service/<slug:ref>/", service.service_home, name="service-home"),
]
