"""Addresses of cases."""

from django.urls import path

from cases.views import (
    answers,
    caseload,
    checking,
    concerns,
    notes,
    paper,
    progress,
    queries,
    reading,
    reopening,
    sample,
    second,
    take_over,
)
from cases.views import answers, caseload, progress, reading, sample, unsent

app_name = "cases"
CASE = "inspections/<slug:ref>/cases/<slug:case_ref>/"
PROGRESS = "inspections/<slug:ref>/progress/"
SAMPLE = "inspections/<slug:ref>/sample/"
urlpatterns = [
    path(CASE, reopening.case_home, name="case"),
    path(f"{CASE}read/<str:section>/", reading.read_section, name="read-section"),
    path(f"{CASE}answers/", answers.save_answer, name="save-answer"),
    path(f"{CASE}set-aside/", answers.set_aside, name="set-aside"),
    path(f"{CASE}read/<str:section>/evidence/", paper.section_evidence, name="section-evidence"),
    path(f"{CASE}notes/", notes.notes, name="notes"),
    path(f"{CASE}notes/save/", notes.save, name="save-note"),
    path(f"{CASE}print/", paper.print_case, name="print"),
    path(f"{CASE}paper/", paper.paper_form, name="paper"),
    path(f"{CASE}check/", reading.check_case, name="check"),
    path(f"{CASE}history/", reading.case_history, name="history"),
    path(f"{CASE}take-over/", take_over.take_over, name="take-over"),
    path(f"{CASE}concern/", concerns.raise_concern, name="raise-concern"),
    path(f"{CASE}concerns/<int:pk>/", concerns.concern, name="concern"),
    path(f"{CASE}concerns/<int:pk>/told/", concerns.add_telling, name="concern-told"),
    path(f"{CASE}concerns/<int:pk>/acknowledge/", concerns.acknowledge, name="acknowledge-concern"),
    path("inspections/<slug:ref>/concerns/", concerns.concerns, name="concerns"),
    path(f"{CASE}reopen/", reopening.reopen_case, name="reopen"),
    path(f"{CASE}reopen/ask/", reopening.ask_to_reopen, name="ask-to-reopen"),
    path(f"{CASE}reopen/refuse/", reopening.refuse_to_reopen, name="refuse-to-reopen"),
    path(f"{CASE}qa/", checking.check_read, name="qa"),
    path(f"{CASE}qa/<str:question>/", checking.ask, name="ask"),
    path(f"{CASE}qa/<str:question>/agree/", checking.agree, name="agree"),
    path(f"{CASE}queries/<int:query>/", queries.query, name="query"),
    path(f"{CASE}queries/<int:query>/follow/", queries.follow_query, name="follow-query"),
    path(f"{CASE}queries/<int:query>/change/", queries.change_answer, name="change-answer"),
    path(f"{CASE}second/", second.second_read, name="second"),
    path(f"{CASE}second/remove/", second.remove_second_read, name="remove-second"),
    path(f"{CASE}second/<str:question>/", second.settle, name="settle"),
    path("inspections/<slug:ref>/queries/", queries.queries, name="queries"),
    path("qa/", checking.reads_to_check, name="reads-to-check"),
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
