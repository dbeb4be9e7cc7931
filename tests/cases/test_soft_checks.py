"""What people see of a text that seems to tell who it is about: a kind word under it, and nothing in their way."""

import json
import logging
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from cases.models import Case, CaseloadList, CaseloadRow
from cases.queries import names
from cases.queries.names import names_on_lists, noticed
from cases.rules.answers import Content
from tests.answering import answer_all, save
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db
NAME = "This text seems to include a name. Use the case reference instead."
POSTCODE = "This text seems to include a postcode. Leave it out, or say the area in words."


@pytest.fixture
def case(people) -> Case:
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    CaseloadRow.objects.filter(pk=case.row_id).update(name="Siân Okafor")
    return case


def address(case, name, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def post(client, case, evidence):
    message = {"question": "2.1.1a", "value": "no", "evidence": evidence, "base_version": 0, "save_id": str(uuid4())}
    return client.post(address(case, "save-answer"), json.dumps(message), content_type="application/json")


def test_the_receipt_says_what_was_noticed_and_the_answer_is_saved(client, case, people):
    client.force_login(people.assistant)
    reply = post(client, case, "Okafor lives at SW1A 1AA.")
    assert (reply.status_code, reply.json()["status"], reply.json()["warnings"]) == (
        200,
        "saved",
        [{"kind": "name", "text": NAME}, {"kind": "postcode", "text": POSTCODE}],
    )


def test_at_most_three_statements_beside_the_session(client, case, people, django_assert_num_queries):
    client.force_login(people.assistant)
    with django_assert_num_queries(1 + 3):
        post(client, case, "Words.")


def test_the_page_shows_it_under_the_text_that_it_describes(client, case, people):
    save(case, people.assistant, "2.1.1a", "no", "Okafor was seen.")
    save(case, people.assistant, "2.1.1b", "no", "The child was seen.")
    html = fetch(client, people.assistant, address(case, "read-section", section="2.1"))
    assert html.count(NAME) == 1
    assert f'id="warnings-2.1.1a" data-warnings><p class="govuk-body-s">{NAME}</p></div>' in html
    assert 'id="warnings-2.1.1b" data-warnings></div>' in html
    assert html.count('aria-describedby="warnings-2.1.1a"') == 1


def test_a_section_in_words_shows_it_too(client, case, people):
    save(case, people.assistant, "A1a", "", "Okafor was seen.")
    assert NAME in fetch(client, people.assistant, address(case, "read-section", section="A1"))


def test_the_check_page_lists_it_and_stops_nothing(client, case, people):
    answer_all(case, people.assistant)
    save(case, people.assistant, "2.1.1b", "no", "Okafor was seen.", base=1)
    page = fetch(client, people.assistant, address(case, "check"))
    link = f'{address(case, "read-section", section="2.1")}#evidence-2.1.1b">2.1.1b: {NAME}</a>'
    assert (link in page, "To look at again" in page) == (True, True)
    client.post(address(case, "check"), {"confirmed": ["record", "evidence", "names"]})
    assert Case.objects.get(pk=case.pk).sent_at is not None


def test_whoever_cannot_change_the_text_is_told_nothing(client, case, people):
    save(case, people.assistant, "2.1.1a", "no", "Okafor was seen.")
    for name in ("check", "case"):
        assert NAME not in fetch(client, people.lead, address(case, name))
    assert "To look at again" not in text_of(fetch(client, people.lead, address(case, "check")))


def test_reasons_are_looked_through_as_well(case):
    found = [noticed(case, Content("no", **{part: "Okafor"})) for part in ("despite_reason", "change_reason")]
    assert [[warning.kind for warning in each] for each in found] == [["name"], ["name"]]


def test_names_come_from_accepted_lists_of_the_inspection_only(case, people):
    CaseloadList.objects.filter(inspection=case.inspection).update(accepted_at=None, accepted_by=None)
    assert noticed(case, Content(evidence="Okafor")) == ()


def test_names_are_read_once_in_a_few_minutes(case, monkeypatch, django_assert_num_queries):
    with django_assert_num_queries(1):
        names_on_lists(case.inspection_id)
        names_on_lists(case.inspection_id)
    monkeypatch.setattr(names, "HELD_SECONDS", -1)
    names._held.clear()
    with django_assert_num_queries(2):
        names_on_lists(case.inspection_id)
        names_on_lists(case.inspection_id)


def test_few_inspections_are_held_at_a_time(case):
    for number in range(names.HELD_INSPECTIONS + 5):
        names_on_lists(-number)
    assert len(names._held) == names.HELD_INSPECTIONS


def test_nothing_of_it_is_kept_or_logged(client, case, people, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(people.assistant)
    post(client, case, "Okafor was seen.")
    assert [
        record for record in caplog.records if "Okafor" in record.getMessage() and record.name != "django.db.backends"
    ] == []
    assert "name" not in json.dumps(AuditEvent.objects.order_by("id").last().detail)
