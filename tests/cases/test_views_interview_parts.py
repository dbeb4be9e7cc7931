"""Where the script of an interview sends to, the preparation of an interview, and what interviewees read."""

import json
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import clock
from cases.actions.interviews import finish, start
from cases.models import Case, InterviewNote, Note
from cases.rules.interviews import Result, new_item
from inspections.models import Inspection, Stage
from tests.factories import inspection_with_team, sampled_cases
from tests.interviewing import NOW, begins, booked, heard
from tests.pages import fetch, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_afternoon(settings):
    settings.CLOCK = NOW


@pytest.fixture
def inspection(people):
    return inspection_with_team(people)


@pytest.fixture
def case(inspection, people):
    return sampled_cases(inspection, reader=people.assistant, count=1)[0]


@pytest.fixture
def slot(case, people):
    return booked([case], people.assistant)


@pytest.fixture
def victims(inspection, people):
    return sampled_cases(inspection, "victim", 3, reader=people.assistant, interview_group=1)


@pytest.fixture
def shared(victims, people):
    return booked(victims, people.assistant, "victim_worker", minutes=60)


@pytest.fixture
def reader(client, people):
    client.force_login(people.assistant)
    return client


def page(case, name="interview", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def prep(slot) -> str:
    return reverse("cases:interview-prep", kwargs={"ref": slot.inspection.ref, "pk": slot.pk})


def typed(item, text="Nobody asked.", questions="", **more) -> dict[str, str]:
    stamp = {"item": str(item), "base_version": "0", "save_id": str(uuid4()), "then": "stay"}
    return stamp | {"text": text, "questions": questions, "source": "interview", "seen_on": ""} | more


def kept() -> list[tuple[str, str, list[str]]]:
    return list(Note.objects.order_by("case__ref", "created_at").values_list("case__ref", "text", "questions"))


def send(client, case, topic, item, **fields):
    message = {"question": str(item), "base_version": 0, "save_id": str(uuid4())}
    words = {"text": "Nobody asked.", "questions": "", "source": "interview", "seen_on": "", "struck": ""}
    body = json.dumps(message | words | fields)
    path = page(case, "save-interview-note", topic=topic)
    return client.post(path, body, content_type="application/json", headers={"accept": "application/json"})


def test_a_receipt_is_that_of_a_note(reader, victims, shared):
    item = new_item(shared.pk, "all", "for-all", 0)
    reply = send(reader, victims[0], "for-all", item)
    said = {"status": "saved", "question": str(item), "version": 1, "saved_at": "2:05pm"}
    assert (reply.status_code, reply.json()) == (200, said)
    assert len(kept()) == 3


def test_a_stale_note_gets_the_other_text(reader, case, slot, people):
    item = new_item(slot.pk, "C-01", "other", 0)
    heard(slot, [case], people.assistant, "There.", item=item)
    reply = send(reader, case, "other", item, text="Mine.")
    assert (reply.status_code, reply.json()["theirs"]["text"], reply.json()["theirs"]["version"]) == (409, "There.", 1)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_message_that_is_none_is_refused(reader, case, slot, body):
    path = page(case, "save-interview-note", topic="other")
    assert reader.post(path, body, content_type="application/json").status_code == 422


def test_without_a_slot_the_script_is_told(reader, case):
    reply = send(reader, case, "other", uuid4())
    assert (reply.status_code, reply.json()["message"]) == (
        422,
        "This interview is not booked any more. Copy your text and open the page again.",
    )


def test_signed_out_or_closed_the_script_is_told(client, case, slot, people):
    assert send(client, case, "other", uuid4()).status_code == 401
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    client.force_login(people.assistant)
    reply = send(client, case, "other", uuid4())
    assert (reply.status_code, reply.json()["status"]) == (403, "closed")
    assert InterviewNote.objects.count() == 0


# --- preparing, and elsewhere ---


def test_the_preparation_has_the_topics_and_nobodys_name(client, victims, shared, people):
    html = fetch(client, people.assistant, prep(shared))
    html = html[html.index("<h1") :]
    said = text_of(html)
    assert "Tuesday 8 June, 2pm to 3pm, 1 hour." in said
    assert "Cases: V-01, V-02, V-03." in said
    assert ("Management oversight" in said, "Nothing is answered yet." in said) == (True, True)
    names = [victim.row.name for victim in victims] + [victim.row.worker for victim in victims]
    assert [name for name in (*names, "Sam Worker") if name in html] == []


def test_the_preparation_before_fieldwork_has_no_case_in_it(client, victims, shared, people):
    Inspection.objects.update(stage=Stage.ANNOUNCED)
    said = text_of(fetch(client, people.assistant, prep(shared)))
    assert "3 cases of this interview are not open to you before fieldwork starts." in said
    assert "Nothing is answered yet." not in said


def test_only_interviews_are_prepared(client, case, people):
    meeting = booked([case], people.assistant, title="Catch-up", kind="case_manager")
    type(meeting).objects.update(kind="catch_up")
    client.force_login(people.assistant)
    assert client.get(prep(meeting)).status_code == 404
    assert client.get(prep(meeting).replace(f"/{meeting.pk}/", f"/{10**18}/")).status_code == 404


def test_case_home_and_print_say_how_it_stands(client, case, people, settings):
    def lines():
        home = text_of(fetch(client, people.assistant, page(case, "case")))
        printed = text_of(fetch(client, people.assistant, page(case, "print")))
        return re.search(r"Interview ((?:Not|Booked|Started|Held).*?) 2\.1 ", home)[1], re.search(
            r"Interview: (.*?)\.", printed
        )[1]

    assert lines() == ("Not booked", "Not booked")
    slot = booked([case], people.assistant)
    assert lines() == ("Booked for Tuesday 8 June, 2pm",) * 2
    start(by=people.assistant, slot=slot)
    assert lines() == ("Started at 2:05pm",) * 2
    finish(by=people.assistant, slot=slot, version=0, result=Result("held", begins(), clock.now()))
    assert lines() == ("Held",) * 2


def test_what_happens_in_an_interview_is_for_everybody_and_may_be_kept(client, settings):
    response = client.get("/interviews/")
    said = text_of(response.content.decode())
    assert "Case managers: up to 1 hour 30 minutes, about one child\N{RIGHT SINGLE QUOTATION MARK}s case." in said
    assert "Victim workers: up to 1 hour, about up to 3 victims\N{RIGHT SINGLE QUOTATION MARK} cases." in said
    assert "No recording is taken" in said
    assert (response["Cache-Control"], response.has_header("Set-Cookie"), response.get("Vary", "")) == (
        "public, max-age=3600",
        False,
        "",
    )
