"""The inspected service's own page."""

from datetime import date

import pytest

from accounts import clock
from inspections.models import Inspection, Stage
from inspections.routes import routes

PAGE = "/service/YI-27-001/"
NAMES = {route.name for route in routes()}


@pytest.fixture
def contact(client, people, inspection):
    inspection.service.contacts.create(person=people.contact)
    client.force_login(people.contact)
    return people.contact


def at(stage: str) -> None:
    Inspection.objects.update(stage=stage)


@pytest.mark.parametrize(("stage", "status"), [("scheduled", 404), *((stage, 200) for stage in Stage.values[1:])])
def test_the_page_is_there_from_the_announcement_on(client, contact, stage, status):
    at(stage)
    assert client.get(PAGE).status_code == status


def test_it_has_the_dates_that_concern_the_service_with_their_rules(client, contact):
    at("announced")
    steps = client.get(PAGE).context["steps"]
    assert [row.step.title for row in steps] == [
        "Announcement",
        "Planning meeting",
        "Reviews for the multi-agency case discussions due",
        "Fieldwork starts",
        "Fieldwork ends",
        "Service told the outcome",
        "Draft report sent to the service",
        "Comments on factual accuracy due",
        "Report published",
    ]


def test_it_shows_the_anticipated_date_and_never_the_slip(client, people, inspection, contact):
    at("announced")
    inspection.timeline.filter(step="draft_report").update(anticipated=date(2027, 7, 15))
    page = client.get(PAGE).content.decode()
    assert "Thursday 15 July 2027" in page
    assert "Monday 12 July 2027" not in page
    assert "working days late" not in page


def test_it_names_the_lead_to_ask(client, people, inspection, contact):
    at("announced")
    assert "mailto:lead@people.example" in client.get(PAGE).content.decode()
    inspection.memberships.update(until=clock.now())
    assert "The lead inspector has not been named yet." in client.get(PAGE).content.decode()


ASKED = {
    "cases:service-caseload",
    "cases:service-reviews",
    "inspections:service-people",
    "inspections:service-requests",
}
TASKS = [
    ("announced", ASKED),
    ("fieldwork", ASKED),
    ("rating", set()),
    ("signed", set()),
    ("told", {"ratings:service-outcome"}),
]


@pytest.mark.parametrize(("stage", "pages"), TASKS)
def test_it_offers_what_can_be_done_now(client, contact, stage, pages):
    at(stage)
    assert len(client.get(PAGE).context["tasks"]) == len(pages & NAMES)


@pytest.mark.parametrize("name", ["lead", "head", "outsider", "stranger"])
def test_it_is_the_services_own(client, people, inspection, contact, name):
    at("told")
    client.force_login(getattr(people, name))
    assert client.get(PAGE).status_code == 404


def test_a_contact_who_left_sees_nothing(client, people, inspection, contact):
    at("told")
    people.contact.contact_for.update(until=clock.now())
    assert client.get(PAGE).status_code == 404


def test_the_navigation_of_a_contact_leads_to_what_they_were_told_and_nowhere_else(client, contact):
    at("announced")
    navigation = client.get(PAGE).context["navigation"]
    assert [(page.text, page.href) for page in navigation] == [("Notifications", "/notifications/")]
