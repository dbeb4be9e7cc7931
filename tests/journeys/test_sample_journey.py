"""From the list that a service sends to the cases that a reader finds in their hands."""

from collections import Counter
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from cases.models import Case
from cases.queries.draws import drawn_again
from cases.queries.sample import sample_of
from inspections.models import Inspection, Notification, Stage
from tests.cases.test_rules_caseload import CHILD, VICTIM, content
from tests.cases.test_views_allocation import selected
from tests.factories import inspection_with_team

pytestmark = pytest.mark.django_db

CHILDREN = [
    CHILD
    | {
        "local_reference": f"RD{number:03d}",
        "name": f"Demo Child {number}",
        "work_type": ("Court", "Out of court", "Resettlement")[number % 3],
        "sex": ("Male", "Female")[number % 2],
    }
    for number in range(60)
]
VICTIMS = [
    VICTIM
    | {"local_reference": f"RV{number:03d}", "child_reference": f"RD{number:03d}", "victim_worker": f"B {number % 2}"}
    for number in range(15)
]


@pytest.fixture
def inspection(people):
    return inspection_with_team(people, stage=Stage.ANNOUNCED)


def address(name: str, inspection, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": inspection.ref, **more})


def send(client, inspection, kind: str, rows: list[dict[str, str]]) -> None:
    data = {"kind": kind, "file": SimpleUploadedFile(f"{kind}.csv", content(*rows))}
    match = client.post(address("service-caseload", inspection), data).url
    chosen = client.get(match).context["form"].data
    assert client.post(match, chosen | {"send": "send"}).url == address("service-caseload", inspection)


def walk(client, people, inspection) -> None:
    """As the service and the lead inspector do it in their browsers."""
    swapped = CHILDREN[7] | {"start_date": "01/02/2010"}
    client.force_login(people.contact)
    send(client, inspection, "child", [*CHILDREN[:7], swapped, *CHILDREN[8:]])
    send(client, inspection, "victim", VICTIMS)
    assert Notification.objects.filter(person=people.lead).count() == 2

    client.force_login(people.lead)
    check = address("check-list", inspection, kind="child", number=1)
    assert "Row 9: start date is before date of birth" in client.get(check).content.decode()
    client.post(check, {"reason": "The service cannot say when it began"})
    client.post(address("check-list", inspection, kind="victim", number=1))

    choose = address("choose", inspection, kind="child")
    client.post(choose, {"size": "20", "groups": ["work_type", "sex"]})
    client.post(choose, {"size": "21", "groups": ["work_type", "sex"], "reason": "One more resettlement case"})
    client.post(address("choose", inspection, kind="victim"), {"size": "9", "groups": ["worker"]})
    client.post(address("macd", inspection), {"cases": ["C-21", "C-30"]})
    client.post(address("replace", inspection, case_ref="C-30"), {"reason": "The child is in hospital"})
    client.post(address("macd", inspection), {"cases": ["C-21", "C-42"]})
    allocation = address("allocation", inspection)
    suggested = selected(client.get(allocation, {"suggest": "1"}))
    client.post(allocation, {f"reader-{ref}": person for ref, person in suggested.items()})


def test_the_sample_from_the_services_list_to_the_readers(client, people, inspection):
    walk(client, people, inspection)
    sample = list(sample_of(inspection))
    assert [case.ref for case in sample] == [f"C-{number}" for number in range(21, 43) if number != 30] + [
        f"V-0{number}" for number in range(1, 10)
    ]
    assert {case.reader for case in sample} == {
        people.deputy,
        people.assistant,
        people.second_assistant,
        people.assessor,
    }
    assert [case.ref for case in sample if case.is_macd] == ["C-21", "C-42"]
    interviews = Counter(case.interview_group for case in sample if case.kind == "victim")
    assert sorted(interviews.values()) == [1, 2, 3, 3]
    assert "RD007" not in {case.row.local_reference for case in sample}
    last = sample[0].draw
    drawn = [case.row.local_reference for case in last.cases.order_by("ref")][:21]
    assert drawn == drawn_again(last)


def test_every_step_is_in_the_log_and_none_names_a_child(client, people, inspection):
    walk(client, people, inspection)
    events = AuditEvent.objects.filter(inspection=inspection.ref).order_by("position")
    assert [(event.person.name, event.verb) for event in events] == [
        ("Contact", "uploaded a caseload file"),
        ("Contact", "received a caseload list"),
        ("Contact", "uploaded a caseload file"),
        ("Contact", "received a caseload list"),
        ("Lead", "accepted a caseload list"),
        ("Lead", "accepted a caseload list"),
        ("Lead", "drew the sample"),
        ("Lead", "drew the sample"),
        ("Lead", "drew the sample"),
        ("Lead", "chose the cases for discussion"),
        ("Lead", "replaced a case"),
        ("Lead", "chose the cases for discussion"),
        ("Lead", "allocated cases"),
    ]
    assert "Demo" not in "".join(f"{event.subject}{event.detail}" for event in events)
    assert Case.objects.filter(row__date_of_birth=date(2011, 4, 23)).exists()


def test_a_reader_knows_a_case_and_the_lead_evens_the_hours_out(client, people, inspection):
    """W9: drawn, marked, locked and shared out; a case goes back; few cases move and hours are near again."""
    walk(client, people, inspection)
    client.post(address("lock", inspection))
    Inspection.objects.update(stage=Stage.FIELDWORK)
    known = sample_of(inspection).filter(reader=people.assistant)[0]
    client.force_login(people.assistant)
    client.post(address("know", inspection, case_ref=known.ref), {"kind": "person"})
    assert client.get(address("case", inspection, case_ref=known.ref)).status_code == 200
    assert client.get(address("know", inspection, case_ref=known.ref)).status_code == 404

    client.force_login(people.lead)
    told = Notification.objects.filter(person=people.lead).latest("pk")
    assert told.text == f"Assistant knows {known.ref}. It needs another reader. Reading, {inspection.ref}"
    page = client.get(told.link)
    assert f"Cases that need a reader: 1 ({known.ref})." in page.content.decode()
    before = dict(sample_of(inspection).values_list("ref", "reader"))
    suggested = selected(client.get(told.link, {"suggest": "1"}))
    client.post(told.link, {f"reader-{ref}": person for ref, person in suggested.items()})
    after = dict(sample_of(inspection).values_list("ref", "reader"))
    assert after[known.ref] not in {None, people.assistant.pk}
    assert sum(before[ref] != after[ref] for ref in before) <= 3
    page = client.get(told.link).content.decode()
    assert "Everyone&#x27;s hours are within 1.5 hours of each other." in page
    assert f"Is not offered {known.ref}: knows the case" in page
