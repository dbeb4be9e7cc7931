"""The page that everybody starts from."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from cases.models import Case
from inspections.models import Inspection, Notification, Stage, TimelineStep
from tests.factories import InspectionFactory, ServiceFactory, inspection_with_team, sampled_cases


@pytest.fixture
def inspection(people, settings) -> Inspection:
    """Today is Monday 7 June 2027."""
    settings.CLOCK = "2027-06-07T09:00"
    return inspection_with_team(people, ref="YI-27-001")


def add_step(inspection: Inspection, day: date, code: str = "planning_meeting", title: str = "Planning meeting"):
    return TimelineStep.objects.create(
        inspection=inspection, step=code, position=1, title=title, who="", rule="", planned=day, anticipated=day
    )


def tell(person, number: int) -> None:
    Notification.objects.create(person=person, key=str(number), text="Something", created_at=clock.now())


DUE = [
    (date(2027, 6, 1), "was due on Tuesday 1 June 2027", "There is a problem", "red"),
    (date(2027, 6, 7), "due today", "Not yet started", ""),
    (date(2027, 6, 14), "due on Monday 14 June 2027", "Not yet started", ""),
]


@pytest.mark.parametrize(("day", "words", "status", "colour"), DUE)
def test_a_step_of_the_next_seven_days_is_to_be_done(client, people, inspection, day, words, status, colour):
    add_step(inspection, day)
    client.force_login(people.lead)
    assert client.get("/").context["tasks"] == [
        {
            "text": "Record: Planning meeting",
            "href": "/inspections/YI-27-001/timeline/",
            "hint": f"Reading, YI-27-001, {words}",
            "status": status,
            "colour": colour,
        }
    ]


@pytest.mark.parametrize("name", ["deputy", "assistant", "chair", "quality", "assessor", "stranger"])
def test_the_timeline_is_work_for_the_lead_and_the_head_alone(client, people, inspection, name):
    add_step(inspection, date(2027, 6, 7))
    client.force_login(getattr(people, name))
    assert client.get("/").context["tasks"] == []


def test_what_is_due_first_comes_first_and_no_more_than_ten_at_once(client, people, inspection):
    for number in range(13):
        add_step(inspection, date(2027, 6, 14 - number), f"step_{number}", f"Step {number}")
    client.force_login(people.head)
    page = client.get("/").context
    assert [task["text"] for task in page["tasks"]][:2] == ["Record: Step 12", "Record: Step 11"]
    assert (len(page["tasks"]), page["more"]) == (10, True)


def test_what_happened_or_is_far_away_is_no_work(client, people, inspection):
    add_step(inspection, date(2027, 6, 15))
    TimelineStep.objects.create(
        inspection=inspection,
        step="done",
        position=2,
        planned=date(2027, 6, 1),
        anticipated=date(2027, 6, 1),
        actual=date(2027, 6, 1),
    )
    client.force_login(people.lead)
    assert client.get("/").context["tasks"] == []


def test_parts_without_anything_say_so(client, people):
    client.force_login(people.stranger)
    page = client.get("/").content.decode()
    for line in ("Nothing to do now.", "None that you have not read.", "You have no inspections yet."):
        assert line in page


def test_unread_notifications_are_counted(client, people):
    for number in range(3):
        tell(people.lead, number)
    Notification.objects.filter(key="0").update(read_at=clock.now())
    client.force_login(people.lead)
    assert client.get("/").context["unread"] == 2


def test_a_long_list_of_inspections_is_cut_with_a_link_to_all(client, people):
    for number in range(12):
        InspectionFactory(service=ServiceFactory(name=f"Place {number}"), created_by=people.head)
    client.force_login(people.head)
    page = client.get("/").context
    assert (len(page["inspections"]), page["more_inspections"]) == (10, True)


def test_the_page_costs_the_same_with_one_and_with_three_of_everything(client, people, inspection):
    client.force_login(people.lead)
    costs = []
    for number in range(3):
        add_step(inspection, date(2027, 6, 7), f"step_{number}")
        tell(people.lead, number)
        inspection_with_team(people, service=ServiceFactory(name=f"Place {number}"))
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        costs.append(len(queries))
    assert costs[0] == costs[2]


def test_a_contact_comes_to_the_page_of_their_inspection(client, people):
    inspection = inspection_with_team(people, stage=Stage.ANNOUNCED)
    client.force_login(people.contact)
    assert client.get("/").url == f"/service/{inspection.ref}/"


def test_a_contact_without_an_announced_inspection_is_told_so(client, people):
    inspection_with_team(people, stage=Stage.SCHEDULED)
    client.force_login(people.contact)
    assert "There is no inspection of your service for you to see now." in client.get("/").content.decode()


def test_a_contact_with_two_inspections_chooses(client, people):
    refs = []
    for number in range(2):
        service = ServiceFactory(name=f"Place {number}")
        service.contacts.create(person=people.contact)
        refs.append(InspectionFactory(service=service, created_by=people.head, stage=Stage.TOLD).ref)
    client.force_login(people.contact)
    assert sorted(found.ref for found in client.get("/").context["inspections"]) == sorted(refs)


def test_a_local_assessor_who_has_sent_nothing_yet_is_guided_to_the_first_question(client, people, inspection):
    case = sampled_cases(inspection, count=1, reader=people.assessor)[0]
    client.force_login(people.assessor)
    page = client.get("/")
    assert page.context["first_case"] == "/inspections/YI-27-001/cases/C-01/read/2.1/#value-2.1.1a"
    assert "Your first case" in page.content.decode()
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assessor)
    assert "Your first case" not in client.get("/").content.decode()


@pytest.mark.parametrize(("name", "cases"), [("assistant", 1), ("assessor", 0)])
def test_nobody_else_is_guided_nor_anybody_without_a_case(client, people, inspection, name, cases):
    if cases:
        sampled_cases(inspection, count=cases, reader=getattr(people, name))
    client.force_login(getattr(people, name))
    assert client.get("/").context["first_case"] is None
