"""The address that takes single answers: what it says, to whom, about whatever comes in."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock
from cases.actions.allocation import allocate
from cases.models import Answer, Case
from cases.queries.names import names_on_lists
from inspections.models import Inspection, Membership, Stage
from tests.factories import inspection_with_team, sampled_cases
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ACCEPT = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _morning(settings):
    settings.CLOCK = "2027-06-08T10:42"


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def address(case) -> str:
    return reverse("cases:save-answer", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})


def message(**change) -> dict:
    save = {"question": "2.1.1a", "value": "yes", "na_reason": "", "evidence": "Heard.", "base_version": 0}
    return save | {"save_id": str(uuid4())} | change


def post(client, case, person=None, body=None, **change):
    if person:
        client.force_login(person)
    data = body if body is not None else json.dumps(message(**change))
    return client.post(address(case), data, content_type="application/json", headers=ACCEPT)


def test_a_saved_answer_says_version_and_time(client, case, people):
    reply = post(client, case, people.assistant)
    assert (reply.status_code, reply.json()) == (
        200,
        {"status": "saved", "question": "2.1.1a", "version": 1, "saved_at": "10:42am", "warnings": []},
    )


def test_a_save_costs_two_statements_beside_the_session(client, case, people, django_assert_num_queries):
    names_on_lists(case.inspection_id)
    client.force_login(people.assistant)
    with django_assert_num_queries(3):
        assert post(client, case).status_code == 200


def test_a_stale_answer_brings_theirs_in_full(client, case, people):
    post(client, case, people.assistant, evidence="First.")
    reply = post(client, case, value="na", na_reason="too_early", evidence="Mine.")
    assert (reply.status_code, reply.json()) == (
        409,
        {
            "status": "stale",
            "question": "2.1.1a",
            "theirs": {
                "value": "yes",
                "na_reason": "",
                "evidence": "First.",
                "despite_reason": "",
                "change_reason": "",
                "version": 1,
                "by": "Assistant",
                "at": "10:42am",
            },
        },
    )


def test_a_repeat_gets_the_same_reply(client, case, people):
    sent = message()
    first = post(client, case, people.assistant, json.dumps(sent)).json()
    assert post(client, case, body=json.dumps(sent)).json() == first


def refused(reply) -> tuple:
    return reply.status_code, reply.json()["status"], reply.json()["message"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": "9.9.9"}, "This case read does not ask a question 9.9.9"),
        ({"question": "x" * 5000}, "This case read does not ask a question xxxxxxxxxxxxxxxxxxxx…"),
        ({"value": "maybe"}, "Select Yes, No or Not applicable for 2.1.1a"),
        ({"evidence": "x" * 100_001}, "Evidence must be 100,000 characters or fewer. You have 100,001"),
        (
            {"base_version": "1"},
            "This answer does not say which version it changes. Copy your text and open the page again.",
        ),
        ({"save_id": 1}, "This answer has no id of its own. Copy your text and open the page again."),
    ],
)
def test_what_cannot_be_saved_is_told_in_a_sentence(client, case, people, change, sentence):
    assert refused(post(client, case, people.assistant, **change)) == (422, "refused", sentence)
    assert list(Answer.objects.all()) == []


@pytest.mark.parametrize("body", ["", "{", "[]", "[" * 50_000, b"\xff\xfe\x00", "null"])
def test_nonsense_is_told_in_a_sentence(client, case, people, body):
    reply = post(client, case, people.assistant, body)
    assert refused(reply)[:2] == (422, "refused")


def test_the_same_id_with_another_body_is_refused(client, case, people):
    sent = message()
    post(client, case, people.assistant, json.dumps(sent))
    reply = post(client, case, body=json.dumps(sent | {"evidence": "Other."}))
    sentence = "This answer came under the id of another. Copy your text and open the page again."
    assert refused(reply) == (422, "refused", sentence)
    assert Answer.objects.get().evidence == "Heard."


def test_a_version_from_the_future_is_stale(client, case, people):
    post(client, case, people.assistant)
    reply = post(client, case, base_version=10**20)
    assert (reply.status_code, reply.json()["theirs"]["version"]) == (409, 1)


def test_words_are_kept_to_the_character_less_nuls(client, case, people):
    text = "Ŵyl\0 🎉 \u202eabc\u202c <script>alert(1)</script>\r\n" + "å" * 90_000
    assert post(client, case, people.assistant, evidence=text).status_code == 200
    assert Answer.objects.get().evidence == text.replace("\0", "").replace("\r\n", "\n")


def test_the_servers_time_decides(client, case, people, settings):
    settings.CLOCK = "2037-06-08T16:05"
    assert post(client, case, people.assistant, at="1999-01-01").json()["saved_at"] == "4:05pm"
    assert Answer.objects.get().changed_at == clock.now()


def test_whoever_signed_out_is_told_in_json(client, case):
    reply = post(client, case)
    sentence = "Sign in again to save your work. Nothing you typed has been lost"
    assert (reply.status_code, reply.json()) == (401, {"status": "signed_out", "message": sentence})


def test_without_a_script_a_page_says_to_sign_in(client, case):
    reply = client.post(address(case), "{}", content_type="application/json")
    assert (reply.status_code, text_of(reply.content.decode()).count("Sign in again")) == (401, 2)


def test_a_save_needs_the_token_of_the_page(case, people):
    client = Client(enforce_csrf_checks=True)
    assert post(client, case, people.assistant).status_code == 403
    assert list(Answer.objects.all()) == []


@pytest.mark.parametrize("name", ["chair", "member", "contact", "outsider", "stranger", "communications", "analyst"])
def test_for_others_there_is_no_such_page(client, case, people, name):
    reply = post(client, case, getattr(people, name))
    assert (reply.status_code, list(Answer.objects.all())) == (404, [])


def closed(reply) -> tuple:
    return reply.status_code, reply.json()["status"], reply.json()["message"]


COPY = "Your unsent text is below so you can copy it"


def test_a_case_given_to_somebody_else_says_to_whom(client, case, people):
    client.force_login(people.assistant)
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    assert closed(post(client, case)) == (403, "closed", f"This case was given to Second Assistant. {COPY}")


def test_it_says_when_if_the_log_knows(client, case, people, settings):
    settings.CLOCK = "2027-06-08T14:15"
    given = {case.ref: people.second_assistant.pk}
    allocate(by=people.lead, inspection=case.inspection, readers=given, reason="Ill")
    settings.CLOCK = "2027-06-08T15:15"
    allocate(by=people.lead, inspection=case.inspection, readers={"C-02": people.lead.pk}, reason="Ill")
    reply = post(client, case, people.assistant)
    assert closed(reply)[2] == f"This case was given to Second Assistant at 2:15pm. {COPY}"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"reader": None}, "This case has no reader now."),
        ({"sent_at": "2027-06-08T09:05Z", "sent": True}, "This case was sent by Assistant at 10:05am."),
        (
            {"left_at": "2027-06-07T09:05Z", "left_reason": "Moved"},
            "This case left the sample at 10:05am on Monday 7 June 2027.",
        ),
    ],
)
def test_a_closed_case_says_why(client, case, people, fields, why):
    fields = {key: value for key, value in fields.items() if key != "sent"} | (
        {"sent_by": people.assistant} if "sent" in fields else {}
    )
    Case.objects.filter(pk=case.pk).update(**fields)
    assert closed(post(client, case, people.assistant)) == (403, "closed", f"{why} {COPY}")


def test_when_fieldwork_is_over_it_says_so(client, case, people):
    Inspection.objects.filter(pk=case.inspection_id).update(stage=Stage.RATING)
    assert closed(post(client, case, people.assistant))[2] == f"Fieldwork for this inspection has ended. {COPY}"


def test_a_local_assessor_whose_case_went_elsewhere_finds_nothing(client, people, case):
    Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
    assert post(client, case, people.assessor).status_code == 404


def test_who_left_the_team_finds_nothing(client, case, people):
    Membership.objects.filter(person=people.assistant).update(until=clock.now())
    assert post(client, case, people.assistant).status_code == 404


def test_answers_are_posted_and_not_fetched(client, case, people):
    client.force_login(people.assistant)
    assert client.get(address(case)).status_code == 405
