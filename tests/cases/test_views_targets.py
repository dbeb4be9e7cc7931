"""Targets, the lock and the statement over HTTP."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.sample import choose_discussions, draw_sample, replace_case
from cases.models import CaseloadRow, Draw, Kind
from cases.queries.sample import sample_of
from tests.cases.test_views_caseload import errors, text
from tests.factories import accepted_caseload, caseload_row, inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    inspection = inspection_with_team(people)
    accepted_caseload(inspection, Kind.CHILD, 40)
    return inspection


@pytest.fixture
def lead(client, people, inspection):
    client.force_login(people.lead)
    return client


def page(name: str, inspection, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref, **more})


def targets(inspection, size: object = 14, *groups: str) -> str:
    chosen = "".join(f"&groups={group}" for group in groups or ("work_type",))
    return f"{page('targets', inspection, kind='child')}?size={size}{chosen}"


def boxes(response) -> dict[str, str]:
    return dict(re.findall(r'name="(target-\d+)"[^>]*value="([^"]*)"', response.content.decode()))


def draw(people, inspection, **more) -> Draw:
    made = {"kind": "child", "size": 14, "groups": ["work_type"], **more}
    return draw_sample(by=people.lead, inspection=inspection, **made)


# --- targets ---


def test_the_page_before_leads_to_the_targets_of_its_groups(lead, inspection):
    sent = {"size": "14", "groups": ["work_type"], "targets": "1"}
    response = lead.post(page("choose", inspection, kind="child"), sent)
    assert response.url == targets(inspection)
    response = lead.get(response.url)
    assert boxes(response) == {"target-0": "7", "target-1": "7"}
    assert "Sum 14 40 14" in text(response)


def test_the_sum_is_worked_out_and_nothing_is_drawn(lead, inspection):
    response = lead.post(targets(inspection), {"target-0": "12", "target-1": "4", "sum": "1"})
    assert "Sum 16 40 14" in text(response)
    assert (boxes(response), Draw.objects.count()) == ({"target-0": "12", "target-1": "4"}, 0)


def test_the_sample_is_drawn_to_the_targets_and_the_page_says_so(lead, inspection):
    response = lead.post(targets(inspection), {"target-0": "12", "target-1": "4", "draw": "1"}, follow=True)
    assert sample_of(inspection).count() == 16
    words = text(response)
    assert "Targets that the lead inspector set: Court 12 rather than 8; Out of court 4 rather than 8." in words
    assert "The sample differs from the caseload by more than 10 percentage points here:" in words
    assert "Work type, Court: 25 percentage points more in the sample than in the caseload" in words


def test_drawing_again_to_targets_needs_a_reason(lead, people, inspection):
    draw(people, inspection)
    sent = {"target-0": "10", "target-1": "4", "draw": "1"}
    response = lead.post(targets(inspection), sent)
    assert (errors(response), boxes(response)) == (
        ["Say why you are drawing again"],
        {"target-0": "10", "target-1": "4"},
    )
    lead.post(targets(inspection), sent | {"reason": "More court cases are wanted"})
    assert Draw.objects.get(number=2).reason == "More court cases are wanted"


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("", ["Enter how many cases of Court to draw, such as 7"]),
        ("many", ["Enter how many cases of Court to draw, such as 7"]),
        ("-1", ["Enter how many cases of Court to draw, such as 7"]),
        ("9" * 5000, ["Enter how many cases of Court to draw, such as 7"]),
        ("\0", ["Enter how many cases of Court to draw, such as 7"]),
        ("21", ["Court has 20 eligible cases. Enter 20 to take them all"]),
        ("2", ["A sample has between 14 and 91 children's cases. Enter a number between them"]),
    ],
)
def test_a_number_that_cannot_be_drawn_is_said_and_kept(lead, inspection, typed, sentences):
    response = lead.post(targets(inspection), {"target-0": typed, "target-1": "7", "draw": "1"})
    assert errors(response) == sentences
    assert Draw.objects.count() == 0
    if typed != "\0":
        assert boxes(response)["target-0"] == typed


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ({"size": "many"}, ["Enter how many cases to draw as a number, such as 31"]),
        ({"size": "13"}, ["A sample has between 14 and 91 children's cases. Enter a number between them"]),
        ({"size": "60"}, ["There are 40 eligible cases. All of them will be inspected"]),
        ({"size": "14", "groups": ["nothing"]}, ["Choose groups from the list"]),
        ({}, ["Enter how many cases to draw"]),
    ],
)
def test_where_there_is_nothing_to_set_the_page_before_says_why(lead, inspection, address, sentences):
    response = lead.get(page("targets", inspection, kind="child"), address)
    assert (response.status_code, errors(response)) == (200, sentences)


def test_too_many_groups_to_set_are_said(lead, inspection):
    caseload = inspection.caseload_lists.get()
    caseload.rows.all().delete()
    CaseloadRow.objects.bulk_create(caseload_row(caseload, number) for number in range(2, 122))
    for row in caseload.rows.all():
        row.worker = f"Worker {row.number}"
        row.save()
    response = lead.get(targets(inspection, 14, "worker"))
    assert errors(response) == ["There are 120 groups. Choose fewer columns to set a target for each"]


def test_a_kind_that_there_is_not_is_not_found(lead, inspection):
    assert lead.get(page("targets", inspection, kind="adult")).status_code == 404


# --- the lock ---


def test_the_lead_locks_the_sample_and_the_page_says_who_and_when(lead, people, inspection):
    draw(people, inspection)
    assert "Choose exactly two cases for multi-agency case discussion, then lock the sample." in text(
        lead.post(page("lock", inspection), follow=True)
    )
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-01", "C-02"])
    assert "Lock the sample" in text(lead.get(page("sample", inspection)))
    response = lead.post(page("lock", inspection), follow=True)
    assert "Lead locked the sample on" in text(response)
    assert "Lock the sample" not in text(response)


def test_a_change_after_the_lock_asks_for_its_reason_on_the_page(lead, people, inspection):
    draw(people, inspection)
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-01", "C-02"])
    lead.post(page("lock", inspection))
    response = lead.post(page("macd", inspection), {"cases": ["C-01", "C-03"]})
    assert errors(response) == ["Say why the cases for discussion change"]
    assert response.context["chosen"] == ["C-01", "C-03"]
    sent = {"cases": ["C-01", "C-03"], "reason": "The family moved"}
    assert lead.post(page("macd", inspection), sent).url == page("sample", inspection)


# --- the statement ---


def test_the_statement_tells_all_that_it_takes_to_draw_again(lead, people, inspection):
    caseload = inspection.caseload_lists.get()
    caseload.rows.filter(number=5).update(problem="sex is missing", left_out_reason="Not known")
    first = draw(people, inspection)
    draw(people, inspection, reason="The list was cut")
    replace_case(by=people.lead, case=sample_of(inspection)[0], reason="The child has moved")
    choose_discussions(by=people.lead, inspection=inspection, refs=["C-16", "C-17"])
    words = text(lead.get(page("statement", inspection)))
    for part in (
        "Limits: 14 to 91, for fieldwork from 1 April 2026.",
        "Source: ",
        "Rows: 40. Eligible: 39. Left out: 1.",
        f"SHA-256 of the file: {caseload.document.sha256}",
        "Row 5 left out: sex is missing. Not known",
        "Draw 1 of 2",
        f"Seed: {first.seed}.",
        "Drawn again because: The list was cut",
        "Each group has its share of the caseload in whole cases.",
        "Court: 7 of 20 eligible, exact share 7.2",
        "C-15 left on",
        "Replaced by C-29: The child has moved",
        "Chosen for multi-agency case discussion: C-16, C-17.",
        "The sample is not locked.",
    ):
        assert part in words


def test_no_child_is_named_in_the_statement(lead, people, inspection):
    draw(people, inspection)
    page_ = lead.get(page("statement", inspection)).content.decode()
    assert "Demo Child" not in page_
    assert "C-01 (row " in page_


def test_without_a_list_or_a_draw_it_says_so(lead, inspection):
    words = text(lead.get(page("statement", inspection)))
    assert words.count("No sample has been drawn.") == 2


def test_more_draws_and_cases_cost_the_statement_no_more_for_each_case(lead, people, inspection):
    draw(people, inspection)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(page("statement", inspection)).status_code == 200
        return len(queries)

    before = cost()
    for number in range(3):
        replace_case(by=people.lead, case=sample_of(inspection)[number], reason="Moved")
    assert cost() == before
    draw(people, inspection, size=30, reason="More cases")
    one_more = cost() - before
    draw(people, inspection, size=31, reason="One more")
    assert cost() == before + 2 * one_more
