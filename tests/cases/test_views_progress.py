"""How far the reads have come, live, at a constant cost; and the page that closes fieldwork."""

import re

import pytest
from django.urls import reverse

from accounts import clock
from cases.models import Case
from inspections.models import Inspection, Stage
from tests.answering import save
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people) -> Inspection:
    return inspection_with_team(people)


def address(inspection, name="progress") -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref})


def rows(html) -> list[str]:
    return [text_of(row) for row in re.findall(r'<tr class="govuk-table__row">(.*?)</tr>', html, re.S)]


def test_every_case_reader_and_the_whole_are_counted(client, people, inspection):
    cases = sampled_cases(inspection, reader=people.assistant)
    sampled_cases(inspection, kind="victim", count=1)
    for code in ("2.1.1a", "2.1.1b"):
        save(cases[0], people.assistant, code)
    save(cases[0], people.assistant, "2.1.1c", "", "Only words")
    Case.objects.filter(pk=cases[1].pk).update(sent_at=clock.now(), sent_by=people.assistant)
    Case.objects.filter(pk=cases[2].pk).update(left_at=clock.now(), left_reason="Replaced")
    html = fetch(client, people.lead, address(inspection))
    assert "1 of 3 cases sent" in text_of(html)
    assert "2 of 91 questions answered" in text_of(html)
    assert rows(html) == [
        "Reader Cases Not yet started In progress Sent Answered",
        "No reader yet 1 1 0 0 0%",
        "Assistant 2 0 1 1 2%",
        "Case Reader State Answered",
        "C-01 Assistant In progress 2 of 42",
        "C-02 Assistant Sent 0 of 42",
        "V-01 No reader yet Not yet started 0 of 7",
    ]


def test_without_a_sample_it_says_so(client, people, inspection):
    assert "No cases have been sampled yet." in text_of(fetch(client, people.lead, address(inspection)))


def test_the_part_that_keeps_up_is_the_part_of_the_page(client, people, inspection):
    sampled_cases(inspection, reader=people.assistant)
    page = fetch(client, people.lead, address(inspection))
    figures = fetch(client, people.lead, address(inspection, "progress-figures"))
    assert figures.strip() in page
    assert f'data-live-url="{address(inspection, "progress-figures")}"' in page


def test_unchanged_figures_are_not_sent_again(client, people, inspection):
    case = sampled_cases(inspection, reader=people.assistant)[0]
    client.force_login(people.lead)
    url = address(inspection, "progress-figures")
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    save(case, people.assistant)
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("name", ["progress", "progress-figures"])
@pytest.mark.parametrize("count", [1, 40, 400])
def test_it_costs_the_same_queries_for_any_number_of_cases(
    client, people, inspection, name, count, django_assert_num_queries
):
    sampled_cases(inspection, reader=people.assistant, count=count)
    client.force_login(people.lead)
    with django_assert_num_queries(3):
        client.get(address(inspection, name))


@pytest.mark.parametrize(("name", "status"), [("deputy", 200), ("quality", 200), ("assessor", 404), ("contact", 404)])
def test_the_team_sees_it(client, people, inspection, name, status):
    client.force_login(getattr(people, name))
    assert client.get(address(inspection)).status_code == status


def test_lead_and_head_are_offered_to_close(client, people, inspection):
    offered = [
        name
        for name in ("lead", "head", "deputy", "quality")
        if address(inspection, "close-fieldwork") in fetch(client, getattr(people, name), address(inspection))
    ]
    assert offered == ["lead", "head"]


def test_closing_with_unsent_cases_asks_for_the_reason(client, people, inspection):
    sampled_cases(inspection, reader=people.assistant)
    client.force_login(people.lead)
    html = client.post(address(inspection, "close-fieldwork")).content.decode()
    sentence = "3 cases have not been sent. Finish them or record why they are left out"
    assert f"There is a problem {sentence}" in text_of(html)
    assert Inspection.objects.get().stage == Stage.FIELDWORK


def test_closing_with_a_reason_moves_the_inspection_on(client, people, inspection):
    sampled_cases(inspection, reader=people.assistant)
    client.force_login(people.lead)
    response = client.post(address(inspection, "close-fieldwork"), {"reason": "Out of time"}, follow=True)
    assert "Fieldwork is closed." in text_of(response.content.decode())
    assert Inspection.objects.get().stage == Stage.RATING


@pytest.mark.parametrize("name", ["deputy", "assistant", "quality", "contact"])
def test_others_do_not_close(client, people, inspection, name):
    client.force_login(getattr(people, name))
    url = address(inspection, "close-fieldwork")
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
