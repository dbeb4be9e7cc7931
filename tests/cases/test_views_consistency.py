"""The consistency page over HTTP: whose reads are in it, what is hidden, and the file."""

import csv
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.models import Answer, AnswerVersion, Case
from inspections.models import Inspection
from standards import loader
from tests.factories import InspectionFactory, ServiceFactory, inspection_with_team, sampled_cases
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db

PAGE = "/qa/consistency/"


def read_twice(inspection: Inspection, people, values: list[str], sent: bool = True) -> list[Case]:
    """One case for each pair of letters, "yn" being yes and no; the second reads are sent if wanted."""
    now = clock.now()
    firsts = sampled_cases(
        inspection, count=len(values), reader=people.assistant, sent_at=now, sent_by=people.assistant
    )
    for first, pair in zip(firsts, values, strict=True):
        same = {"inspection": inspection, "kind": first.kind, "row": first.row, "draw": first.draw}
        done = {"sent_at": now, "sent_by": people.quality} if sent else {}
        second = Case.reads.create(ref=f"{first.ref}-2", reader=people.quality, second_of=first, **same, **done)
        answered(first, pair[0], people.assistant)
        answered(second, pair[1], people.quality)
    return firsts


def answered(case: Case, letter: str, by) -> Answer:
    value = {"y": "yes", "n": "no", "a": "na"}[letter]
    return Answer.objects.create(
        case=case, inspection=case.inspection, question="2.1.1", is_key=True, value=value, version=1,
        changed_at=clock.now(), changed_by=by,
    )  # fmt: skip


def export(client) -> list[list[str]]:
    rows = csv.reader(StringIO(client.get(f"{PAGE}export/").content.decode("utf-8-sig")))
    return [row for row in rows if row[0] == "2.1.1"]


def question(code: str) -> str:
    return loader.load("yj-2024").key_question(code).text


PAIRS = ["yy"] * 6 + ["nn"] * 4 + ["yn"] * 2


def test_agreement_is_shown_by_question_and_downloaded(client, people):
    read_twice(inspection_with_team(people), people, PAIRS)
    page = text_of(fetch(client, people.quality, PAGE))
    assert "Made from 12 pairs of reads under Youth Inspection Programme 2024." in page
    assert "10 of 12 0.67 0.27 to 1.00" in page
    assert export(client) == [["2.1.1", question("2.1.1"), "yes", "12", "10", "0.6667", "0.2691", "1.0"]]


def test_below_ten_pairs_neither_page_nor_file_has_a_figure(client, people):
    read_twice(inspection_with_team(people), people, ["yy"] * 8 + ["yn"])
    page = text_of(fetch(client, people.quality, PAGE))
    assert "There are fewer than 10 pairs of reads under Youth Inspection Programme 2024. Too few to show." in page
    assert ("8 of 9" in page, export(client)[0][3:]) == (False, ["Too few to show"])


def test_nobody_is_named(client, people):
    read_twice(inspection_with_team(people), people, PAIRS)
    page = fetch(client, people.head, PAGE)
    assert [name for name in ("Assistant", "C-01", "Reading") if name in text_of(page)] == []


def test_reads_count_once_both_are_sent_and_of_inspections_that_one_may_see(client, people):
    read_twice(inspection_with_team(people), people, PAIRS)
    elsewhere = InspectionFactory(service=ServiceFactory(name="Elsewhere"), created_by=people.head)
    read_twice(elsewhere, people, PAIRS)
    unsent = InspectionFactory(service=ServiceFactory(name="Unsent"), created_by=people.head)
    read_twice(unsent, people, PAIRS, sent=False)
    made_from = {}
    for name in ("head", "assistant", "stranger"):
        page = text_of(fetch(client, getattr(people, name), PAGE))
        made_from[name] = next((count for count in ("24", "12") if f"Made from {count} pairs" in page), "none")
    assert made_from == {"head": "24", "assistant": "12", "stranger": "none"}


def test_what_was_changed_after_it_was_asked_about_makes_no_reads_alike(client, people):
    firsts = read_twice(inspection_with_team(people), people, PAIRS)
    before = text_of(fetch(client, people.quality, PAGE))
    answer = firsts[-1].answers.get()
    kept = {"at": clock.now(), "by": people.assistant}
    AnswerVersion.objects.create(answer=answer, version=1, value="yes", save_id=uuid4(), **kept)
    answer.value, answer.version, answer.change_reason = "no", 2, "The review is in the record"
    answer.save()
    assert text_of(fetch(client, people.quality, PAGE)) == before


def test_queries_do_not_grow_with_reads(client, people):
    read_twice(inspection_with_team(people), people, PAIRS[:1])
    few = queries_of(client, people)
    read_twice(InspectionFactory(service=ServiceFactory(name="More"), created_by=people.head), people, PAIRS)
    assert queries_of(client, people) == few


def queries_of(client, people) -> int:
    client.force_login(people.quality)
    with CaptureQueriesContext(connection) as counted:
        client.get(PAGE)
    return len(counted)


@pytest.mark.parametrize("query", ["?standards=nothing", "?year=x", "?year=99999999999", "?standards=%00"])
def test_what_cannot_be_read_filters_nothing(client, people, query):
    read_twice(inspection_with_team(people), people, PAIRS)
    assert "Made from 12 pairs" in text_of(fetch(client, people.quality, f"{PAGE}{query}"))
