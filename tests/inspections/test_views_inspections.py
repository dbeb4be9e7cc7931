"""The list of inspections, planning one, its home page and its stages, over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import clock
from inspections.actions import reach_stage
from inspections.models import Inspection, Membership, Service, Stage
from tests.factories import InspectionFactory, ServiceFactory, inspection_with_team
from tests.inspections.conftest import plan
from tests.races import at_once, wait_until_somebody_waits

GOOD = {
    "nation": "england",
    "inspection_type": "iyjwcv",
    "standards": "yj-2024",
    "fieldwork_start": "7 June 2027",
}


@pytest.fixture
def head(client, people, third_of_may):
    client.force_login(people.head)
    return people.head


def create(client, people, **changes):
    reading = Service.objects.get(name="Reading")
    typed = GOOD | {"service": reading.pk, "lead": people.lead.pk} | changes
    return client.post("/inspections/new/", {name: value for name, value in typed.items() if value != ""})


def errors(response) -> list[str]:
    return [message for messages in response.context["form"].errors.values() for message in messages]


def test_an_inspection_is_created_and_opens(client, people, head):
    response = create(client, people)
    assert response.url == "/inspections/YI-27-001/"
    page = client.get(response.url)
    assert [str(message) for message in page.context["messages"]] == [
        "YI-27-001 is planned. All its dates are on its timeline."
    ]
    assert [row.step.title for row in page.context["home"].next_steps] == [
        "Announcement",
        "Planning meeting",
        "Reviews for the multi-agency case discussions due",
    ]
    assert [place.person for place in page.context["home"].team] == [people.lead]


FAULTS = [
    ({"service": ""}, ["Select a service"]),
    ({"service": "999999"}, ["Select a service from the list"]),
    ({"nation": ""}, ["Select England or Wales"]),
    ({"nation": "wales"}, ["Reading is in England. Select England"]),
    ({"inspection_type": ""}, ["Select the type of inspection"]),
    ({"standards": ""}, ["Select the standards to inspect against"]),
    ({"lead": ""}, ["Select the lead inspector"]),
    ({"lead": "999999"}, ["Select a person from the list"]),
    ({"fieldwork_start": ""}, ["Enter a date, like 3 March 2027"]),
    ({"fieldwork_start": "8 June 2027"}, ["Fieldwork starts on a Monday. Tuesday 8 June 2027 is not a Monday"]),
    ({"fieldwork_start": "26/4/2027"}, ["Monday 26 April 2027 is in the past. Choose a Monday from today on"]),
    ({"fieldwork_start": "31 May 2027"}, ["Monday 31 May is a bank holiday. Choose a working day"]),
]


@pytest.mark.parametrize(("change", "sentences"), FAULTS)
def test_each_fault_has_its_own_sentence(client, people, head, change, sentences):
    response = create(client, people, **change)
    assert errors(response) == sentences
    assert Inspection.objects.count() == 0


def test_what_the_action_refuses_stands_at_its_field(client, people, head):
    plan(people)
    assert create(client, people).context["form"].errors == {
        "fieldwork_start": ["There is already an inspection of Reading on Monday 7 June 2027"]
    }


def test_a_lead_with_an_interest_is_refused(client, people, head):
    reading = Service.objects.get(name="Reading")
    people.lead.interests.create(service=reading, kind="other", declared_at=clock.now())
    assert create(client, people).context["form"].errors == {
        "lead": ["Lead has declared an interest in Reading, so cannot be on the team that inspects it"]
    }


def test_a_service_can_be_chosen_beforehand(client, people, head):
    cardiff = Service.objects.get(name="Cardiff")
    page = client.get(f"/inspections/new/?service={cardiff.pk}")
    assert (page.context["form"]["service"].value(), page.context["form"]["nation"].value()) == (cardiff.pk, "wales")
    for nothing in ("", "x", "0", "9" * 30):
        assert client.get(f"/inspections/new/?service={nothing}").status_code == 200


def listed(response) -> list[str]:
    return [inspection.ref for inspection in response.context["pages"].rows]


@pytest.fixture
def three(people):
    """Of Reading at fieldwork, of Cardiff announced, and one of a service that nobody but the office sees."""
    cardiff = Service.objects.get(name="Cardiff")
    return [
        inspection_with_team(people, ref="YI-27-001", fieldwork_start=date(2027, 6, 7)),
        inspection_with_team(
            people,
            ref="YI-27-002",
            service=cardiff,
            nation="wales",
            stage=Stage.ANNOUNCED,
            inspection_type="iyjs",
            fieldwork_start=date(2027, 6, 14),
        ),
        InspectionFactory(
            ref="YI-27-003",
            service=ServiceFactory(name="Elsewhere"),
            created_by=people.head,
            fieldwork_start=date(2027, 6, 21),
        ),
    ]


SEEN = [
    ("lead", "", ["YI-27-002", "YI-27-001"]),
    ("head", "", ["YI-27-003", "YI-27-002", "YI-27-001"]),
    ("quality", "", ["YI-27-003", "YI-27-001"]),
    ("assessor", "", []),
    ("stranger", "", []),
    ("administrator", "", []),
    ("head", "?stage=announced", ["YI-27-002"]),
    ("head", "?nation=wales", ["YI-27-002"]),
    ("head", "?inspection_type=iyjs", ["YI-27-002"]),
    ("head", "?service=read", ["YI-27-001"]),
    ("head", "?service=read&nation=wales", []),
    ("head", "?stage=nonsense&service=%00&page=x", ["YI-27-003", "YI-27-002", "YI-27-001"]),
    ("head", "?page=9", ["YI-27-003", "YI-27-002", "YI-27-001"]),
]


@pytest.mark.parametrize(("name", "query", "refs"), SEEN)
def test_people_see_their_own_inspections_and_the_office_those_that_it_may(client, people, three, name, query, refs):
    client.force_login(getattr(people, name))
    assert listed(client.get(f"/inspections/{query}")) == refs


def test_a_broken_second_standards_file_holds_up_no_page(client, people, head, broken_second_file, caplog):
    assert client.get("/inspections/").status_code == 200
    form = client.get("/inspections/new/").context["form"]
    assert [key for key, _ in form.fields["standards"].choices] == ["yj-2024"]
    assert {(record.name, record.levelname, record.getMessage()) for record in caplog.records} == {
        (
            "standards.loader",
            "ERROR",
            "The standards yj-2030 cannot be used: yj-2030.toml: is not TOML: Invalid value (at end of document)",
        )
    }
    assert create(client, people, standards="yj-2030").status_code == 200
    assert create(client, people).url == "/inspections/YI-27-001/"


def test_an_empty_list_names_the_filter(client, people, three):
    client.force_login(people.head)
    assert "0 inspections for “Xyz”, Wales." in client.get("/inspections/?service=Xyz&nation=wales").content.decode()
    client.force_login(people.stranger)
    assert "You have no inspections yet." in client.get("/inspections/").content.decode()


def test_a_row_has_the_next_date_and_the_lead(client, people, inspection):
    client.force_login(people.head)
    row = client.get("/inspections/").context["pages"].rows[0]
    assert (row.next_title, row.next_date, row.lead_name) == ("Announcement", date(2027, 5, 12), "Lead")
    inspection.memberships.update(until=clock.now())
    inspection.timeline.update(actual=date(2027, 5, 1))
    row = client.get("/inspections/").context["pages"].rows[0]
    assert (row.next_title, row.next_date, row.lead_name) == (None, None, None)


def many_more(people, count: int) -> None:
    start = Service.objects.count()
    services = Service.objects.bulk_create(Service(name=f"Place {start + n}", nation="england") for n in range(count))
    inspections = Inspection.objects.bulk_create(
        InspectionFactory.build(ref=f"YI-30-{start + n}", service=service, created_by=people.head)
        for n, service in enumerate(services)
    )
    Membership.objects.bulk_create(
        Membership(inspection=inspection, person=people.lead, role="lead", since=clock.now())
        for inspection in inspections
    )


@pytest.mark.parametrize("name", ["head", "lead"])
def test_twenty_and_two_thousand_cost_the_same_queries(client, people, name):
    client.force_login(getattr(people, name))
    counts = []
    for count in (20, 1980):
        many_more(people, count)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/inspections/?page=1").context["pages"]
        counts.append((len(queries), page.total, len(page.rows)))
    assert counts == [(3, 20, 20), (3, 2000, 25)]


def test_the_pages_of_a_long_list_keep_the_filter(client, people):
    many_more(people, 60)
    client.force_login(people.head)
    page = client.get("/inspections/?stage=fieldwork&page=2").context["pages"]
    assert (len(page.rows), page.links["previous"], page.links["next"]) == (
        25,
        "?stage=fieldwork&page=1",
        "?stage=fieldwork&page=3",
    )
    assert [item.get("number") for item in page.links["items"]] == [1, 2, 3]


def stage_of(inspection: Inspection) -> str:
    return Inspection.objects.get(pk=inspection.pk).stage


def test_the_lead_announces_and_starts_fieldwork(client, people, inspection):
    client.force_login(people.lead)
    home = f"/inspections/{inspection.ref}/"
    move = client.get(home).context
    assert (move["move"].text, move["move_href"]) == ("Announce the inspection", f"{home}announcement/")
    assert client.get(f"{home}stage/").url == f"{home}announcement/"
    reach_stage(inspection=inspection, stage="announced", by=people.lead)
    move = client.get(home).context
    assert (move["move"].text, move["move_href"]) == ("Start fieldwork", f"{home}stage/")
    assert client.post(f"{home}stage/", {"stage": "fieldwork"}).url == home
    assert stage_of(inspection) == "fieldwork"


def test_pressing_for_another_stage_says_that_it_moved_on(client, people, inspection):
    client.force_login(people.lead)
    reach_stage(inspection=inspection, stage="announced", by=people.lead)
    again = client.post(f"/inspections/{inspection.ref}/stage/", {"stage": "announced"}, follow=True)
    assert stage_of(inspection) == "announced"
    assert [str(message) for message in again.context["messages"]] == [
        "This inspection moved on after you opened the page."
    ]


@pytest.mark.django_db(transaction=True)
def test_pressing_at_once_with_somebody_else_says_that_it_moved_on(client, people, inspection):
    client.force_login(people.lead)
    reach_stage(inspection=inspection, stage="announced", by=people.head)
    address = f"/inspections/{inspection.ref}/stage/"
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reach_stage(inspection=inspection, stage="fieldwork", by=people.head)
            pressing = pool.submit(at_once, [lambda: client.post(address, {"stage": "fieldwork"}, follow=True)])
            wait_until_somebody_waits()
        (again,) = pressing.result(timeout=60)
    assert [str(message) for message in again.context["messages"]] == [
        "This inspection moved on after you opened the page."
    ]


@pytest.mark.parametrize("stage", ["", "rating", "told", "scheduled", "announced", "fieldwork"])
def test_no_other_stage_is_reached_by_hand(client, people, inspection, stage):
    client.force_login(people.lead)
    client.post(f"/inspections/{inspection.ref}/stage/", {"stage": stage})
    assert stage_of(inspection) == "scheduled"


def test_problems_are_named_on_the_home_page(client, people, inspection, settings):
    settings.CLOCK = "2027-05-13T09:00"
    inspection.memberships.update(until=clock.now())
    people.deputy.interests.create(service=inspection.service, kind="other", declared_at=clock.now())
    inspection.memberships.create(person=people.deputy, role="deputy", since=clock.now())
    client.force_login(people.head)
    home = client.get(f"/inspections/{inspection.ref}/").context["home"]
    assert [problem.text for problem in home.problems] == [
        "There is no lead inspector",
        "Deputy has declared an interest and cannot open this inspection",
        "Announcement: was due on Wednesday 12 May 2027",
    ]


def test_a_chair_is_needed_from_fieldwork_on(client, people, inspection):
    client.force_login(people.head)
    Inspection.objects.update(stage=Stage.FIELDWORK)
    home = client.get(f"/inspections/{inspection.ref}/").context["home"]
    assert [problem.text for problem in home.problems] == ["There is no panel chair"]


def test_a_home_page_costs_the_same_with_one_member_and_with_seven(client, people, inspection):
    client.force_login(people.head)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/inspections/{inspection.ref}/")
        costs.append(len(queries))
        for name in ("deputy", "assistant", "assessor", "chair", "member", "quality"):
            inspection.memberships.get_or_create(
                person=getattr(people, name), defaults={"role": "panel_member", "since": clock.now()}
            )
    assert costs == [7, 7]
