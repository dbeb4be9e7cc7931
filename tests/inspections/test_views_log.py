"""The log of an inspection over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import record
from inspections.queries.log import words

PAGE = "/inspections/YI-27-001/log/"


@pytest.fixture
def lead(client, people, inspection):
    client.force_login(people.lead)
    return people.lead


def titles(response) -> list[str]:
    return [entry.title for entry in response.context["entries"]]


def test_the_newest_comes_first_with_who_and_when(client, people, inspection, lead):
    record(
        by=people.lead, verb="drew the sample", inspection=inspection.ref, subject="31 cases", detail={"seed": "abc"}
    )
    record(by=None, verb="computed the ratings", inspection=inspection.ref)
    page = client.get(PAGE)
    assert titles(page) == ["Computed the ratings", "Drew the sample: 31 cases", "Created the inspection: Reading"]
    assert [entry.by for entry in page.context["entries"]] == ["the product itself", "Lead", "Head"]
    assert page.context["entries"][1].text == "Seed: abc"


def test_it_is_of_this_inspection_alone(client, people, lead):
    record(by=people.lead, verb="drew the sample", inspection="YI-27-002")
    record(by=people.lead, verb="signed in")
    assert titles(client.get(PAGE)) == ["Created the inspection: Reading"]


def test_it_is_filtered_by_who_and_by_what(client, people, inspection, lead):
    record(by=people.lead, verb="drew the sample", inspection=inspection.ref)
    record(by=people.deputy, verb="drew the sample", inspection=inspection.ref)
    record(by=people.deputy, verb="answered", inspection=inspection.ref)
    assert titles(client.get(PAGE, {"person": people.deputy.pk})) == ["Answered", "Drew the sample"]
    assert titles(client.get(PAGE, {"verb": "drew the sample"})) == ["Drew the sample"] * 2
    assert titles(client.get(PAGE, {"verb": "answered", "person": people.lead.pk})) == []
    assert len(titles(client.get(PAGE, {"verb": "nonsense", "person": "x", "page": "\0"}))) == 4


def test_only_people_and_verbs_of_this_log_are_offered(client, people, inspection, lead):
    record(by=people.deputy, verb="answered", inspection=inspection.ref)
    record(by=people.chair, verb="signed", inspection="YI-27-002")
    form = client.get(PAGE).context["filter_form"]
    assert [name for _, name in form.fields["person"].choices] == ["Everybody", "Deputy", "Head"]
    assert [verb for verb, _ in form.fields["verb"].choices] == ["", "answered", "created the inspection"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("abc", "abc"),
        (3, "3"),
        (True, "yes"),
        (None, "none"),
        (["C-01", "C-02"], "C-01, C-02"),
        ({"court": 4, "out_of_court": 2}, "court 4, out_of_court 2"),
    ],
)
def test_facts_are_said_in_words(value, said):
    assert words(value) == said


def test_fifty_come_at_once_and_cost_what_one_costs(client, people, inspection, lead):
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for number in range(120):
        record(by=vars(people)[("lead", "deputy", "chair")[number % 3]], verb="answered", inspection=inspection.ref)
    with CaptureQueriesContext(connection) as many:
        page = client.get(PAGE)
    assert (len(page.context["entries"]), page.context["pages"].total, len(one)) == (50, 121, len(many))
    assert len(titles(client.get(f"{PAGE}?page=3"))) == 21


@pytest.mark.parametrize("name", ["deputy", "chair", "stranger", "contact"])
def test_the_log_is_for_the_lead_and_the_head(client, people, inspection, name):
    client.force_login(getattr(people, name))
    assert client.get(PAGE).status_code == 404
