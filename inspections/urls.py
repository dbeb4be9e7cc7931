"""Addresses of inspections."""

from django.urls import path

from inspections.views import (
    dates,
    documents,
    evidence,
    inspections,
    log,
    notifications,
    requests,
    service,
    team,
    timeline,
)

REQUESTS = "inspections/<slug:ref>/requests/"
EVIDENCE = "service/<slug:ref>/requests/"

app_name = "inspections"
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
    path("inspections/<slug:ref>/log/", log.log, name="log"),
    path("account/interests/", team.interests, name="interests"),
    path("account/interests/<int:pk>/end/", team.end_own_interest, name="end-interest"),
    path("notifications/", notifications.notifications, name="notifications"),
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
