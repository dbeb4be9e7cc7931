"""The pages of the sample over HTTP: drawing, replacing, marking, grouping and allocating."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from cases.actions.sample import draw_sample, lock_sample
from cases.models import Answer, Case, Draw, Kind
from cases.queries.sample import sample_of
from inspections.models import Inspection, Stage
from tests.cases.test_views_caseload import errors, text
from tests.factories import accepted_caseload, inspection_with_team, sampled_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def lead(client, people):
    client.force_login(people.lead)
    return client


def address(name: str, inspection, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref, **more})


def draw(people, inspection, *, eligible: int = 40, size: int = 14, kind: str = Kind.CHILD) -> Draw:
    accepted_caseload(inspection, kind, eligible)
    return draw_sample(by=people.lead, inspection=inspection, kind=kind, size=size, groups=["worker"])


def checked(response) -> list[str]:
    return re.findall(r'value="([^"]*)" checked', response.content.decode())


# --- choose ---


def test_a_sample_is_drawn_from_the_accepted_list(lead, people, inspection):
    accepted_caseload(inspection, Kind.CHILD, 40)
    page = address("choose", inspection, kind="child")
    assert "Eligible cases 40" in text(lead.get(page))
    assert lead.post(page, {"size": "14", "groups": ["work_type", "sex"]}).url == page
    assert (sample_of(inspection).count(), Draw.objects.get().groups) == (14, ["work_type", "sex"])
    words = text(lead.get(page))
    assert "Draw 1 of 1" in words
    assert "14 asked for. Groups: Work type, Sex. Seed" in words
    assert "C-13, C-14" in words


def test_the_caseload_and_the_sample_stand_side_by_side(lead, people, inspection):
    accepted_caseload(inspection, Kind.CHILD, 40)
    page = address("choose", inspection, kind="child")
    lead.post(page, {"size": "14", "groups": ["work_type"]})
    words = text(lead.get(page))
    assert "Work type (drawn in groups)" in words
    assert "Court Exact share 7.0 50% (20) 50% (7)" in words


def test_a_sample_of_everybody_says_so(lead, people, inspection):
    accepted_caseload(inspection, Kind.CHILD, 11)
    page = address("choose", inspection, kind="child")
    lead.post(page, {"size": "31"})
    assert "There are 11 eligible cases. All of them will be inspected" in text(lead.get(page))


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        ("13", "A sample has between 14 and 91 children's cases. Enter a number between them"),
        ("92", "A sample has between 14 and 91 children's cases. Enter a number between them"),
        ("", "Enter how many cases to draw"),
        ("many", "Enter how many cases to draw as a number, such as 31"),
        ("-14", "Enter how many cases to draw as a number, such as 31"),
        ("1e2", "Enter how many cases to draw as a number, such as 31"),
        ("10001", "Enter a number of cases up to 10,000"),
        ("9" * 5000, "Enter a number of cases up to 10,000"),
    ],
)
def test_a_size_that_cannot_be_drawn_is_refused_and_what_was_typed_is_kept(lead, people, inspection, size, sentence):
    accepted_caseload(inspection, Kind.CHILD, 120)
    response = lead.post(address("choose", inspection, kind="child"), {"size": size, "groups": ["team"]})
    assert (errors(response), Draw.objects.count()) == ([sentence], 0)
    typed = re.search(r'name="size"[^>]*?(?: value="(.*?)")? aria', response.content.decode())
    assert ((typed[1] or ""), checked(response)) == (size, ["team"])


def test_the_limits_are_those_of_the_day_on_which_fieldwork_starts(lead, people):
    inspection = inspection_with_team(people, fieldwork_start="2025-06-02")
    accepted_caseload(inspection, Kind.CHILD, 120)
    response = lead.post(address("choose", inspection, kind="child"), {"size": "126"})
    assert errors(response) == []
    accepted_caseload_page = text(lead.get(address("choose", inspection, kind="child")))
    assert "15 to 125 children" in accepted_caseload_page


def test_a_group_that_does_not_exist_is_refused(lead, people, inspection):
    accepted_caseload(inspection, Kind.CHILD, 40)
    response = lead.post(address("choose", inspection, kind="child"), {"size": "14", "groups": ["name"]})
    assert (errors(response), Draw.objects.count()) == (["Choose groups from the list"], 0)


def test_drawing_again_asks_why_and_keeps_what_was_typed(lead, people, inspection):
    draw(people, inspection)
    page = address("choose", inspection, kind="child")
    response = lead.post(page, {"size": "20", "groups": ["sex"], "reason": " "})
    assert (errors(response), checked(response)) == (["Say why you are drawing again"], ["sex"])
    assert 'value="20"' in response.content.decode()
    lead.post(page, {"size": "20", "groups": ["sex"], "reason": "The list was cut"})
    words = text(lead.get(page))
    assert "Draw 2 of 2" in words
    assert "Drawn again because: The list was cut" in words
    assert "Draw 1 of 2" in words


def test_drawing_again_names_the_cases_that_have_answers(lead, people, inspection):
    draw(people, inspection)
    case = sample_of(inspection)[6]
    Answer.objects.create(
        case=case,
        inspection=inspection,
        question="2.1.1",
        is_key=True,
        version=1,
        changed_at=clock.now(),
        changed_by=people.lead,
    )
    response = lead.post(address("choose", inspection, kind="child"), {"size": "14", "reason": "The list was cut"})
    assert errors(response) == ["C-07 has answers, so the sample cannot be drawn again. Replace cases one by one"]
    assert "The list was cut" in response.content.decode()


def test_without_a_list_the_page_leads_to_the_lists(lead, people, inspection):
    page = address("choose", inspection, kind="victim")
    assert "No list has been accepted yet. Open the lists" in text(lead.get(page))
    assert errors(lead.post(page, {"size": "9"})) == ["No list has been accepted yet. Accept one, then draw the sample"]


@pytest.mark.parametrize("kind", ["adult", "Child", "x"])
def test_a_kind_of_case_that_does_not_exist_is_not_found(lead, inspection, kind):
    assert lead.get(address("choose", inspection, kind=kind)).status_code == 404


# --- replace ---


def test_a_case_is_replaced_for_a_reason(lead, people, inspection):
    draw(people, inspection)
    page = address("replace", inspection, case_ref="C-03")
    assert errors(lead.post(page, {"reason": ""})) == ["Say why this case is replaced"]
    response = lead.post(page, {"reason": "The child has moved"}, follow=True)
    words = text(response)
    assert "C-03 has left the sample. C-15 takes its place" in words
    assert "Replaced by C-15: The child has moved" in words


def test_whoever_comes_second_to_a_case_is_told(lead, people, inspection):
    draw(people, inspection)
    page = address("replace", inspection, case_ref="C-03")
    lead.post(page, {"reason": "The child has moved"})
    assert errors(lead.post(page, {"reason": "Another reason"})) == [
        "C-03 is no longer in the sample. Replaced by C-15: The child has moved"
    ]
    assert "C-03 left the sample on" in text(lead.get(page))


def test_where_nobody_is_left_the_page_says_so(lead, people, inspection):
    draw(people, inspection, eligible=14)
    response = lead.post(address("replace", inspection, case_ref="C-03"), {"reason": "Moved"}, follow=True)
    assert "C-03 has left the sample. No eligible case is left to take its place" in text(response)


def test_a_case_of_nowhere_is_not_found(lead, people, inspection):
    draw(people, inspection)
    assert lead.get(address("replace", inspection, case_ref="C-99")).status_code == 404


# --- cases for discussion ---


@pytest.mark.parametrize("chosen", [[], ["C-01"], ["C-01", "C-02", "C-05"]])
def test_exactly_two_cases_are_chosen_for_discussion(lead, people, inspection, chosen):
    draw(people, inspection)
    page = address("macd", inspection)
    response = lead.post(page, {"cases": chosen})
    assert errors(response) == ["Choose exactly two cases for multi-agency case discussion"]
    assert checked(response) == chosen
    assert lead.post(page, {"cases": ["C-02", "C-05"]}).url == address("sample", inspection)
    assert checked(lead.get(page)) == ["C-02", "C-05"]


@pytest.mark.parametrize("chosen", [["C-01"], ["C-01", "C-02", "C-05"]])
def test_another_number_of_discussions_has_a_reason_which_their_list_shows(lead, people, inspection, chosen):
    draw(people, inspection)
    said = {"cases": chosen, "number_reason": "One agency cannot come <b>"}
    assert lead.post(address("macd", inspection), said).url == address("sample", inspection)
    lock_sample(by=people.lead, inspection=inspection)
    Inspection.objects.update(stage=Stage.FIELDWORK)
    assert "One agency cannot come <b>" in text(lead.get(address("discussions", inspection)))
    assert lead.post(address("macd", inspection), said | {"cases": ["C-02", "C-05"]}).status_code == 200
    changed = {"cases": ["C-02", "C-05"], "reason": "They can after all"}
    assert lead.post(address("macd", inspection), changed).status_code == 302
    assert "One agency cannot come" not in text(lead.get(address("discussions", inspection)))


def test_a_case_that_is_not_in_the_sample_is_not_chosen(lead, people, inspection):
    draw(people, inspection)
    response = lead.post(address("macd", inspection), {"cases": ["C-01", "C-99"]})
    assert errors(response) == ["The sample has no C-99 any more. Open this page again"]


# --- the list, and who sees what ---


def test_the_sample_list_shows_every_case_and_nobodys_name(lead, people, inspection):
    sampled_cases(inspection, count=5, reader=people.assistant)
    page = lead.get(address("sample", inspection))
    assert re.findall(r'header">\s*(?:<a[^>]*>)?\s*(C-\d+)', page.content.decode()) == [f"C-0{n}" for n in range(1, 6)]
    assert "Demo Child" not in page.content.decode()
    assert "Every case has a reader." in text(page)


@pytest.mark.parametrize("name", ["sample", "macd", "victims", "allocation", "choose"])
def test_no_page_of_the_sample_shows_a_name(lead, people, inspection, name):
    sampled_cases(inspection, count=5)
    sampled_cases(inspection, kind="victim", count=5)
    more = {"kind": "child"} if name == "choose" else {}
    assert "Demo Child" not in lead.get(address(name, inspection, **more)).content.decode()


@pytest.mark.parametrize("by", ["kind", "work_type", "team", "worker", "reader", "state"])
def test_the_list_is_put_together_by_any_of_its_facts(lead, people, inspection, by):
    cases = sampled_cases(inspection, count=5)
    Case.objects.filter(pk=cases[0].pk).update(reader=people.assistant, started_at=clock.now())
    headings = re.findall(
        r"<caption[^>]*>\s*(.*?) \(\d+\)</caption>",
        lead.get(address("sample", inspection), {"by": by}).content.decode(),
    )
    assert (
        headings
        == {
            "kind": ["Children&#x27;s cases"],
            "work_type": ["Court", "Out of court"],
            "team": ["North", "South"],
            "worker": ["Worker 0", "Worker 1", "Worker 2", "Worker 3"],
            "reader": ["Assistant", "Nobody yet"],
            "state": ["In progress", "Not yet started"],
        }[by]
    )


def test_a_case_whose_reader_may_read_it_no_more_needs_another(lead, people, inspection):
    sampled_cases(inspection, count=3, reader=people.assistant)
    people.assistant.interests.create(service=inspection.service, kind="other", declared_at=clock.now())
    assert "Cases that need a reader: 3" in text(lead.get(address("sample", inspection)))


def test_an_order_that_does_not_exist_is_the_usual_one(lead, inspection):
    sampled_cases(inspection, count=2)
    assert lead.get(address("sample", inspection), {"by": "row__name"}).status_code == 200


def queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["sample", "macd", "victims", "allocation"])
@pytest.mark.parametrize(("few", "many"), [(1, 3), (40, 400)])
def test_a_page_costs_the_same_queries_however_many_cases_there_are(lead, people, name, few, many):
    counts = []
    for number, service in ((few, "Reading"), (many, "Derby")):
        inspection = inspection_with_team(people, service__name=service)
        for kind in Kind.values:
            sampled_cases(inspection, kind=kind, count=number, reader=people.assistant)
        counts.append(queries(lead, address(name, inspection)))
    assert counts[0] == counts[1]


def test_the_page_to_choose_from_costs_the_same_queries_however_often_it_was_drawn(lead, people, inspection):
    draw(people, inspection)
    page = address("choose", inspection, kind="child")
    once = queries(lead, page)
    for _ in range(2):
        draw_sample(
            by=people.lead, inspection=inspection, kind=Kind.CHILD, size=20, groups=["sex"], reason="The list was cut"
        )
    assert queries(lead, page) == once


@pytest.mark.parametrize("name", ["sample", "macd", "victims", "allocation"])
@pytest.mark.parametrize("person", ["assessor", "chair", "contact", "outsider", "stranger", "communications"])
def test_the_sample_does_not_exist_for_others(client, people, inspection, name, person):
    sampled_cases(inspection)
    client.force_login(getattr(people, person))
    assert client.get(address(name, inspection)).status_code == 404


@pytest.mark.parametrize("person", ["deputy", "assistant", "quality", "head"])
def test_the_team_sees_the_sample_and_changes_nothing(client, people, inspection, person):
    sampled_cases(inspection)
    sampled_cases(inspection, kind="victim")
    client.force_login(getattr(people, person))
    for name in ("sample", "macd", "victims", "allocation"):
        page = client.get(address(name, inspection))
        assert (page.status_code, 'type="submit" class="govuk-button">' in page.content.decode()) == (200, False)
    for name in ("macd", "victims", "allocation"):
        assert client.post(address(name, inspection), {"cases": ["C-01", "C-02"]}).status_code == 404
    assert client.get(address("replace", inspection, case_ref="C-01")).status_code == 404


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.SIGNED, Stage.TOLD])
def test_after_fieldwork_the_lead_sees_the_sample_and_changes_nothing(lead, people, stage):
    inspection = inspection_with_team(people, stage=stage)
    sampled_cases(inspection)
    assert lead.get(address("sample", inspection)).status_code == 200
    assert lead.post(address("macd", inspection), {"cases": ["C-01", "C-02"]}).status_code == 404
    assert lead.get(address("replace", inspection, case_ref="C-01")).status_code == 404
