"""Addresses of cases."""

from django.urls import path

from cases.views import answers, caseload, progress, reading, sample, unsent

app_name = "cases"
CASE = "inspections/<slug:ref>/cases/<slug:case_ref>/"
PROGRESS = "inspections/<slug:ref>/progress/"
SAMPLE = "inspections/<slug:ref>/sample/"
urlpatterns = [
    path(CASE, reading.case_home, name="case"),
    path(f"{CASE}read/<str:section>/", reading.read_section, name="read-section"),
    path(f"{CASE}answers/", answers.save_answer, name="save-answer"),
    path(f"{CASE}check/", reading.check_case, name="check"),
    path(f"{CASE}history/", reading.case_history, name="history"),
    path(f"{CASE}reopen/", reading.reopen_case, name="reopen"),
    path(PROGRESS, progress.progress, name="progress"),
    path(f"{PROGRESS}figures/", progress.figures, name="progress-figures"),
    path(f"{PROGRESS}close/", progress.close_fieldwork, name="close-fieldwork"),
    path(SAMPLE, sample.sample, name="sample"),
    path(f"{SAMPLE}lists/", caseload.lists, name="lists"),
    path(f"{SAMPLE}lists/<slug:kind>/<int:number>/", caseload.check_list, name="check-list"),
    path(f"{SAMPLE}choose/<slug:kind>/", sample.choose, name="choose"),
    path(f"{SAMPLE}macd/", sample.discussions, name="macd"),
    path(f"{SAMPLE}victims/", sample.victims, name="victims"),
    path(f"{SAMPLE}allocation/", sample.allocation, name="allocation"),
    path(f"{SAMPLE}<slug:case_ref>/replace/", sample.replace, name="replace"),
    path("service/<slug:ref>/caseload/", caseload.service_caseload, name="service-caseload"),
    path("unsent-key/", unsent.unsent_key, name="unsent-key"),
    path("caseload-template/<slug:kind>.csv", caseload.list_template, name="list-template"),
]
