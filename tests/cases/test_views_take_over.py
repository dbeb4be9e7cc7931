"""Taking over a case over HTTP, and what its former reader is told who was typing."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import clock
from cases.models import Case
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon(settings):
    settings.CLOCK = "2027-06-08T14:15"


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def address(case, name="take-over") -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})


def reader(case) -> str:
    return Case.objects.get(pk=case.pk).reader.name


def test_the_page_says_what_it_means_for_the_reader(client, case, people):
    assert "Assistant reads this case. They are told" in text_of(fetch(client, people.lead, address(case)))


def test_with_a_reason_the_case_is_the_leads(client, case, people):
    client.force_login(people.lead)
    response = client.post(address(case), {"reason": "On leave"}, follow=True)
    said = text_of(response.content.decode())
    assert ("C-01 is yours to read" in said, "You are the reader of this case." in said) == (True, True)
    assert reader(case) == "Lead"


@pytest.mark.parametrize(
    ("reason", "said"),
    [(" ", "Say why you are taking this case over"), ("x" * 501, "The reason must be 500 characters or fewer")],
)
def test_without_a_reason_it_asks_for_one(client, case, people, reason, said):
    client.force_login(people.lead)
    assert said in text_of(client.post(address(case), {"reason": reason}).content.decode())
    assert reader(case) == "Assistant"


def test_what_can_no_longer_be_taken_is_said(client, case, people):
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    client.force_login(people.lead)
    said = text_of(client.post(address(case), {"reason": "Late"}, follow=True).content.decode())
    assert "C-01 is yours already, or can no longer be taken over" in said


@pytest.mark.parametrize(
    ("name", "offered"), [("lead", True), ("deputy", False), ("assistant", False), ("head", False)]
)
def test_only_the_lead_is_offered_it(client, case, people, name, offered):
    html = fetch(client, getattr(people, name), address(case, "case"))
    assert ("Take over this case" in html) == offered


@pytest.mark.parametrize("fields", [{"reader": "lead"}, {"sent_at": "now", "sent_by": "lead"}])
def test_nor_is_the_lead_where_there_is_nothing_to_take(client, case, people, fields):
    given = {"lead": people.lead, "now": clock.now()}
    Case.objects.filter(pk=case.pk).update(**{name: given[value] for name, value in fields.items()})
    assert "Take over this case" not in fetch(client, people.lead, address(case, "case"))


def test_whoever_was_typing_is_told_to_whom_it_went_and_when(client, case, people):
    client.force_login(people.lead)
    client.post(address(case), {"reason": "On leave"})
    client.force_login(people.assistant)
    message = {"question": "2.1.1a", "value": "yes", "base_version": 0, "save_id": str(uuid4())}
    reply = client.post(address(case, "save-answer"), message, content_type="application/json")
    sentence = "This case was given to Lead at 2:15pm. Your unsent text is below so you can copy it"
    assert (reply.status_code, reply.json()["message"]) == (403, sentence)
