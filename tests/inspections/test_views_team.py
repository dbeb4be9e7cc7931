"""Who inspects, and declared interests, over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from inspections.actions.team import end_interest
from inspections.models import Interest, Membership, Notification, Service
from tests.races import at_once, wait_until_somebody_waits

TEAM = "/inspections/YI-27-001/team/"
INTERESTS = "/account/interests/"


@pytest.fixture
def lead(client, people, inspection):
    client.force_login(people.lead)
    return people.lead


def add(client, person, role: str):
    return client.post(TEAM, {"person": person.pk if person else "", "role": role})


def team(inspection) -> list[tuple[str, str]]:
    places = Membership.objects.filter(inspection=inspection, until__isnull=True).order_by("pk")
    return list(places.values_list("person__name", "role"))


def declare(client, service: str = "Reading", kind: str = "personal"):
    return client.post(INTERESTS, {"service": Service.objects.get(name=service).pk, "kind": kind})


def test_the_lead_builds_the_team(client, people, inspection, lead):
    for person, role in (
        (people.deputy, "deputy"),
        (people.assistant, "assistant"),
        (people.assessor, "local_assessor"),
        (people.chair, "panel_chair"),
    ):
        assert add(client, person, role).url == TEAM
    assert team(inspection) == [
        ("Lead", "lead"),
        ("Deputy", "deputy"),
        ("Assistant", "assistant"),
        ("Assessor", "local_assessor"),
        ("Chair", "panel_chair"),
    ]
    event = AuditEvent.objects.filter(inspection=inspection.ref).latest("id")
    assert (event.verb, event.subject, event.detail) == ("added to the team", "Chair", {"role": "Panel chair"})


def faults(people, service) -> dict[str, list[str]]:
    """Every way in which somebody cannot be added, with its sentence."""
    people.deputy.interests.create(service=service, kind="other", declared_at=clock.now())
    people.assistant.contact_for.create(service=service)
    people.assessor.contact_for.create(service=service)
    return {
        "deputy deputy": "Deputy has declared an interest in Reading, so cannot be on the team that inspects it",
        "assistant assistant": "Assistant is a contact of Reading, so cannot be on the team that inspects it",
        "assessor local_assessor": "Assessor is a contact of Reading, so cannot be on the team that inspects it",
        "lead deputy": "Lead is already on the team",
        "stranger lead": "Lead is the lead inspector. End their place first",
        "stranger local_assessor": "Stranger cannot be local assessor: their role is inspector",
        "head deputy": "Head cannot be deputy inspector: their role is head of programme",
        "contact deputy": "Select a person from the list",
        "outsider deputy": "Select a person from the list",
        "analyst deputy": "Select a person from the list",
    }


def test_whoever_cannot_be_on_the_team_is_refused_with_the_reason(client, people, inspection, lead):
    for attempt, sentence in faults(people, inspection.service).items():
        name, role = attempt.split()
        assert add(client, getattr(people, name), role).context["form"].errors == {"person": [sentence]}, attempt
    assert team(inspection) == [("Lead", "lead")]


def test_person_and_role_have_to_be_chosen(client, lead):
    assert add(client, None, "").context["form"].errors == {
        "person": ["Select a person"],
        "role": ["Select their role on the team"],
    }


@pytest.mark.parametrize("change", [{"is_active": False}, {"ends_on": "2027-05-01"}])
def test_people_whose_account_has_ended_are_not_offered(client, people, lead, change):
    type(people.deputy).objects.filter(pk=people.deputy.pk).update(**change)
    assert add(client, people.deputy, "deputy").context["form"].errors == {"person": ["Select a person from the list"]}


def test_an_account_that_ends_before_fieldwork_is_refused(client, people, lead):
    type(people.deputy).objects.filter(pk=people.deputy.pk).update(ends_on="2027-06-06")
    assert add(client, people.deputy, "deputy").context["form"].errors == {
        "person": ["The account of Deputy ends on Sunday 6 June 2027, before fieldwork starts"]
    }


def test_those_who_do_not_manage_the_team_see_it_without_the_form(client, people, inspection, lead):
    add(client, people.deputy, "deputy")
    client.force_login(people.deputy)
    page = client.get(TEAM)
    assert (page.context["form"], [place.person for place in page.context["team"]]) == (
        None,
        [people.lead, people.deputy],
    )
    assert add(client, people.stranger, "assistant").status_code == 404


def test_a_place_ends_after_a_question_and_stays_on_record(client, people, inspection, lead):
    add(client, people.deputy, "deputy")
    place = inspection.memberships.get(person=people.deputy)
    assert "until the lead inspector allocates them again" in client.get(f"{TEAM}{place.pk}/end/").content.decode()
    assert client.post(f"{TEAM}{place.pk}/end/").url == TEAM
    assert team(inspection) == [("Lead", "lead")]
    assert [place.person for place in client.get(TEAM).context["team"]] == [people.lead, people.deputy]
    client.force_login(people.deputy)
    assert client.get(TEAM).status_code == 404


def test_an_ended_place_is_not_ended_again(client, people, inspection, lead):
    add(client, people.deputy, "deputy")
    place = inspection.memberships.get(person=people.deputy)
    client.post(f"{TEAM}{place.pk}/end/")
    assert client.post(f"{TEAM}{place.pk}/end/").status_code == 404
    assert AuditEvent.objects.filter(verb="ended a place on the team").count() == 1


def test_nobody_ends_their_own_place(client, people, inspection, lead):
    own = inspection.memberships.get(person=people.lead)
    page = client.post(f"{TEAM}{own.pk}/end/", follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "You cannot end your own place. Ask the head of programme."
    ]
    assert team(inspection) == [("Lead", "lead")]


def test_the_head_replaces_the_lead(client, people, inspection):
    client.force_login(people.head)
    own = inspection.memberships.get(person=people.lead)
    client.post(f"{TEAM}{own.pk}/end/")
    add(client, people.stranger, "lead")
    assert team(inspection) == [("Stranger", "lead")]
    client.force_login(people.lead)
    assert client.get(TEAM).status_code == 404


def test_somebody_may_come_back(client, people, inspection, lead):
    for _ in range(2):
        add(client, people.deputy, "deputy")
        client.post(f"{TEAM}{inspection.memberships.get(person=people.deputy, until=None).pk}/end/")
    add(client, people.deputy, "assistant")
    assert team(inspection) == [("Lead", "lead"), ("Deputy", "assistant")]


def test_a_place_of_another_inspection_is_not_found(client, people, inspection, lead):
    assert client.get(f"{TEAM}999999/end/").status_code == 404
    assert client.get(f"{TEAM}{10**30}/end/").status_code == 404


def test_a_declared_interest_closes_the_inspection_at_once_and_the_lead_is_told(client, people, inspection, lead):
    add(client, people.deputy, "deputy")
    client.force_login(people.deputy)
    assert client.get(TEAM).status_code == 200
    assert declare(client).url == INTERESTS
    assert client.get(TEAM).status_code == 404
    assert list(Notification.objects.order_by("person__name").values_list("person__name", "text", "link")) == [
        (name, "Deputy has declared an interest and can no longer open the inspection: Reading, YI-27-001", TEAM)
        for name in ("Head", "Lead")
    ]
    client.force_login(people.lead)
    assert [(place.person.name, place.has_interest) for place in client.get(TEAM).context["team"]] == [
        ("Lead", False),
        ("Deputy", True),
    ]


def test_an_ended_interest_opens_it_again_and_that_is_told_too(client, people, inspection, lead):
    add(client, people.deputy, "deputy")
    client.force_login(people.deputy)
    declare(client)
    assert client.post(f"{INTERESTS}{Interest.objects.get().pk}/end/").url == INTERESTS
    assert client.get(TEAM).status_code == 200
    assert people.lead.notifications.count() == 2
    declare(client)
    assert people.lead.notifications.count() == 3


def test_the_lead_who_declares_an_interest_is_not_told_of_it(client, people, inspection, lead):
    declare(client)
    assert list(Notification.objects.values_list("person__name", flat=True)) == ["Head"]
    assert client.get(TEAM).status_code == 404


def test_an_interest_in_another_service_tells_nobody(client, people, inspection, lead):
    declare(client, "Cardiff")
    assert Notification.objects.count() == 0
    assert client.get(TEAM).status_code == 200


def test_an_interest_is_declared_once(client, people, lead):
    declare(client)
    assert declare(client).context["form"].errors == {"service": ["You have already declared an interest in Reading"]}
    assert Interest.objects.count() == 1


def test_service_and_kind_have_to_be_chosen(client, people, lead):
    assert client.post(INTERESTS, {}).context["form"].errors == {
        "service": ["Select a service"],
        "kind": ["Select what kind of interest it is"],
    }


def test_nobody_ends_the_interest_of_another(client, people, lead):
    interest = people.deputy.interests.create(
        service=Service.objects.get(name="Reading"), kind="other", declared_at=clock.now()
    )
    assert client.post(f"{INTERESTS}{interest.pk}/end/").status_code == 404
    assert list(client.get(INTERESTS).context["interests"]) == []


def test_contacts_of_services_have_no_such_page(client, people):
    client.force_login(people.contact)
    assert client.get(INTERESTS).status_code == 404


@pytest.mark.parametrize("page", [TEAM, INTERESTS])
def test_the_pages_cost_the_same_with_one_row_and_with_four(client, people, inspection, lead, page):
    costs = []
    for number, name in enumerate(("deputy", "assistant", "second_assistant")):
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        costs.append(len(queries))
        add(client, getattr(people, name), "assistant")
        declare(client, ("Cardiff", "Swansea", "Kent")[number])
    assert costs[0] == costs[2]


@pytest.mark.django_db(transaction=True)
def test_ending_an_interest_in_two_windows_at_once_says_that_it_has_ended(client, people, inspection):
    interest = people.stranger.interests.create(service=inspection.service, kind="other", declared_at=clock.now())
    client.force_login(people.stranger)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            end_interest(interest=interest, by=people.stranger)
            ending = pool.submit(at_once, [lambda: client.post(f"{INTERESTS}{interest.pk}/end/", follow=True)])
            wait_until_somebody_waits()
        (again,) = ending.result()
    assert [str(message) for message in again.context["messages"]] == ["This interest has already ended."]
