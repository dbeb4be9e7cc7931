"""Addresses of inspections."""

from django.urls import path

from inspections.views import dates, holidays, inspections, log, notifications, programme, service, team, timeline

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
    path("manage/calendar/", holidays.calendar, name="calendar"),
    path("programme/", programme.board, name="programme"),
    path("programme/people/", programme.people, name="programme-people"),
    path("programme/people/leave/<int:pk>/cancel/", programme.cancel, name="cancel-leave"),
    path("programme/figures/<int:pk>/", programme.figures, name="service-figures"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("service/<slug:ref>/", service.service_home, name="service-home"),
]
