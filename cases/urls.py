"""Addresses of cases."""

from django.urls import path

from cases.views import answers, progress, reading

app_name = "cases"
CASE = "inspections/<slug:ref>/cases/<slug:case_ref>/"
PROGRESS = "inspections/<slug:ref>/progress/"
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
]
