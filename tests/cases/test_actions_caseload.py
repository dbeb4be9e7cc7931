"""Lists are kept as they came; one of a kind is in force."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from cases.actions.caseload import ListRefused, accept_list, receive_list
from cases.models import CaseloadList
from cases.queries import caseload as queries
from cases.queries.caseload import accepted_list, with_state
from cases.rules.caseload import parse
from documents.actions import keep
from documents.models import Purpose
from inspections.models import Inspection, Notification, Stage
from tests.cases.test_rules_caseload import TODAY, children
from tests.factories import inspection_with_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(people):
    return inspection_with_team(people, stage=Stage.ANNOUNCED)


def receive(people, inspection, content: bytes) -> CaseloadList:
    return receive_list(
        by=people.contact,
        inspection=inspection,
        kind="child",
        document=keep(by=people.contact, purpose=Purpose.CASELOAD, label="list.csv", content=content),
        parsed=parse(content, "child", TODAY),
    )


WITH_A_PROBLEM = children({}, {"date_of_birth": "x"}, {})


def test_a_list_is_kept_with_its_file_its_rows_and_their_problems(people, inspection):
    caseload = receive(people, inspection, WITH_A_PROBLEM)
    with caseload.document.file.open() as file:
        assert file.read() == WITH_A_PROBLEM
    assert list(caseload.rows.values_list("number", "local_reference", "date_of_birth", "problem")) == [
        (2, "A0", date(2011, 4, 23), ""),
        (3, "A1", None, "date of birth is not a date such as 23/04/2010"),
        (4, "A2", date(2011, 4, 23), ""),
    ]


def test_receiving_a_list_is_recorded_without_a_name(people, inspection):
    caseload = receive(people, inspection, WITH_A_PROBLEM)
    event = AuditEvent.objects.get()
    assert (event.person, event.verb, event.subject) == (people.contact, "received a caseload list", "child 1")
    assert event.detail == {"rows": 3, "problems": 1, "sha256": caseload.document.sha256}


def test_the_lead_hears_of_a_list_once(people, inspection):
    receive(people, inspection, WITH_A_PROBLEM)
    told = Notification.objects.get()
    assert (told.person, told.text, told.link) == (
        people.lead,
        f"A caseload list has come in and waits to be checked. Reading, {inspection.ref}",
        f"/inspections/{inspection.ref}/sample/lists/",
    )


def test_accepting_a_list_puts_it_in_force_and_keeps_the_one_before(people, inspection):
    first, second = receive(people, inspection, children({})), receive(people, inspection, children({}, {}))
    for caseload in (first, second):
        accept_list(by=people.lead, caseload=caseload, reason="")
    states = [(item.caseload, item.state) for item in with_state(inspection, queries.lists_of(inspection))]
    assert (accepted_list(inspection, "child"), states) == (second, [(second, "Accepted"), (first, "Superseded")])


def test_a_list_that_is_not_accepted_is_not_in_force(people, inspection):
    receive(people, inspection, children({}))
    assert accepted_list(inspection, "child") is None


def test_rows_with_problems_are_left_out_for_a_reason_that_each_keeps(people, inspection):
    caseload = receive(people, inspection, WITH_A_PROBLEM)
    accept_list(by=people.lead, caseload=caseload, reason="The service cannot find it")
    assert list(caseload.rows.values_list("left_out_reason", flat=True)) == ["", "The service cannot find it", ""]
    event = AuditEvent.objects.first()
    assert (event.verb, event.detail) == (
        "accepted a caseload list",
        {"left_out": 1, "reason": "The service cannot find it"},
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WITH_A_PROBLEM, "Say why the rows with problems are left out"),
        (children({"sex": ""}), "Every row of this list has a problem. Ask for a corrected list"),
    ],
)
def test_a_list_is_not_accepted_without_reason_or_rows(people, inspection, content, sentence):
    caseload = receive(people, inspection, content)
    with pytest.raises(ListRefused) as refused:
        accept_list(by=people.lead, caseload=caseload, reason="")
    assert (str(refused.value), accepted_list(inspection, "child")) == (sentence, None)


def test_a_list_is_accepted_once(people, inspection):
    caseload = receive(people, inspection, children({}))
    accept_list(by=people.lead, caseload=caseload, reason="")
    with pytest.raises(ListRefused, match="This list has already been accepted"):
        accept_list(by=people.lead, caseload=caseload, reason="")


def test_an_older_list_does_not_come_back(people, inspection):
    first, second = receive(people, inspection, children({})), receive(people, inspection, children({}, {}))
    accept_list(by=people.lead, caseload=second, reason="")
    with pytest.raises(ListRefused, match=r"List 2 has been accepted since\. Ask for a newer list"):
        accept_list(by=people.lead, caseload=first, reason="")


def test_no_list_comes_in_once_fieldwork_has_closed(people, inspection):
    Inspection.objects.filter(pk=inspection.pk).update(stage=Stage.RATING)
    with pytest.raises(ListRefused, match=r"Fieldwork has closed\. Lists are no longer taken"):
        receive(people, inspection, children({}))
    assert CaseloadList.objects.count() == 0


def test_no_list_is_accepted_once_fieldwork_has_closed(people, inspection):
    caseload = receive(people, inspection, children({}))
    Inspection.objects.filter(pk=inspection.pk).update(stage=Stage.RATING)
    with pytest.raises(ListRefused, match=r"Fieldwork has closed\. Lists are no longer taken"):
        accept_list(by=people.lead, caseload=caseload, reason="")
    assert accepted_list(inspection, "child") is None


def test_10000_rows_are_stored_in_few_statements(people, inspection, django_assert_max_num_queries):
    content = children(*({} for _ in range(10_000)))
    parsed = parse(content, "child", TODAY)
    document = keep(by=people.contact, purpose=Purpose.CASELOAD, label="list.csv", content=content)
    with django_assert_max_num_queries(25):
        receive_list(by=people.contact, inspection=inspection, kind="child", document=document, parsed=parsed)
