"""The page of running notes without its script, and the address that takes them one by one."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import clock
from cases.models import Case, Note
from cases.rules.answers import EVIDENCE_LIMIT
from inspections.models import Inspection, Stage
from tests.factories import inspection_with_team, sampled_cases
from tests.noting import versions, write
from tests.pages import fetch, inputs, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


@pytest.fixture
def reader(client, people):
    client.force_login(people.assistant)
    return client


def page(case, name="notes", **more) -> str:
    return reverse(f"cases:{name}", kwargs={"ref": case.inspection.ref, "case_ref": case.ref, **more})


def typed(text="Nobody asked.", questions="", source="record", seen_on="", **more) -> dict[str, str]:
    stamp = {"item": str(uuid4()), "base_version": "0", "save_id": str(uuid4()), "then": "add"}
    return stamp | {"text": text, "questions": questions, "source": source, "seen_on": seen_on} | more


def kept() -> list[tuple[str, str, date | None, list[str]]]:
    return [(note.text, note.source, note.seen_on, note.questions) for note in Note.objects.order_by("created_at")]


def test_a_note_is_added_with_what_was_typed_and_the_next_can_be_written(reader, case):
    response = reader.post(page(case), typed("Seen.\r\nTwice.", "2.1.2 2.1.1A", "plan", "3 jan 2027"))
    assert (response.status_code, response["Location"]) == (302, f"{page(case)}#text-new")
    assert kept() == [("Seen.\nTwice.", "plan", date(2027, 1, 3), ["2.1.1a", "2.1.2"])]


def test_the_next_note_begins_with_the_source_of_the_last(reader, case, people):
    write(case, people.assistant, source="interview")
    html = reader.get(page(case)).content.decode()
    new = html[html.index('id="note-new"') : html.index("Add note")]
    assert '<option value="interview" selected>' in new


@pytest.mark.parametrize("day", ["3/1/2027", "3 January 2027", "2027-01-03", " 3  jan  2027 "])
def test_dates_are_read_as_people_write_them(reader, case, day):
    reader.post(page(case), typed(seen_on=day))
    assert kept()[0][2] == date(2027, 1, 3)


BAD = [
    ({"seen_on": "31 febuary"}, "seen_on", "Enter a date, like 3 March 2027"),
    ({"seen_on": "3/1/27"}, "seen_on", "Write the year in full, like 2027"),
    ({"seen_on": "31/2/2027"}, "seen_on", "There is no such day as 31/2/2027. Check the day and the month"),
    ({"seen_on": "x" * 9000}, "seen_on", "Enter a date, like 3 March 2027"),
    ({"questions": "9.9.9"}, "questions", "This case read does not ask a question 9.9.9"),
    ({"questions": "V1.1"}, "questions", "This case read does not ask a question V1.1"),
    ({"source": "gossip"}, "source", "Choose where you read it"),
    ({"text": ""}, "text", "Write the note"),
    ({"text": " \n\0"}, "text", "Write the note"),
    (
        {"text": "x" * (EVIDENCE_LIMIT + 1)},
        "text",
        "A note must be 100,000 characters or fewer. You have 100,001",
    ),
]


@pytest.mark.parametrize(("fields", "name", "sentence"), BAD)
def test_what_cannot_be_read_is_said_beside_its_field_and_the_text_stays(reader, case, fields, name, sentence):
    response = reader.post(page(case), typed("Long thought.", seen_on="3 jan 2027") | fields)
    html = response.content.decode()
    assert (response.status_code, kept()) == (200, [])
    assert f'<a href="#{name}-new">New note: {sentence}</a>' in html
    assert f'id="{name}-new-error"' in html
    assert fields.get("text", "Long thought.").replace("\0", "") in html
    assert "Not saved: 1 note. Everything else is saved" in text_of(html)


@pytest.mark.parametrize("fields", [{"item": "x"}, {"save_id": ""}, {"base_version": "-1"}, {"base_version": "9" * 40}])
def test_nonsense_in_a_hidden_field_loses_no_text(reader, case, fields):
    response = reader.post(page(case), typed("Kept.") | fields)
    assert response.status_code in {302, 409}
    assert "Kept." in (kept()[0][0] if kept() else response.content.decode())


def test_nuls_and_halves_of_characters_are_taken_out(reader, case):
    reader.post(page(case), typed("a\0b", "2.1.1a\0", "record", "3 jan\0 2027"))
    assert kept() == [("ab", "record", date(2027, 1, 3), ["2.1.1a"])]


def test_word_html_and_right_to_left_marks_are_shown_as_text(reader, case, people):
    write(case, people.assistant, '<p class="MsoNormal"><script>alert(1)</script>\u202eabc', ["2.1.1a"])
    for address in (page(case), page(case, "print"), page(case, "section-evidence", section="2.1")):
        html = reader.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;p class=&quot;MsoNormal&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u202eabc" in html


def test_a_note_is_changed_where_it_stands(reader, case, people):
    note = write(case, people.assistant).note_id
    response = reader.post(page(case), typed("Changed.", item=str(note), base_version="1", then="stay"))
    assert response["Location"] == f"{page(case)}#note-{note}"
    assert versions(case) == [(1, "Nobody asked."), (2, "Changed.")]


def test_a_note_is_struck_out_and_put_back(reader, case, people):
    note = write(case, people.assistant, "One.\nTwo.", ["2.1.1a"]).note_id
    reader.post(page(case), typed("One.\nTwo.", "2.1.1a", item=str(note), base_version="1", struck="yes"))
    html = reader.get(page(case)).content.decode()
    assert "<s>One.\nTwo.</s>" in html
    form = html[html.index("<s>") :]
    reader.post(page(case), inputs(form, "hidden") | {"text": "One.\nTwo."})
    assert kept() == [("One.\nTwo.", "record", None, ["2.1.1a"])]
    assert Note.objects.get().struck_at is None


def test_from_a_question_a_note_is_added_and_the_way_leads_back(reader, case):
    address = f"{page(case)}?question=2.1.1a"
    html = reader.get(address).content.decode()
    assert 'id="questions-new" name="questions" value="2.1.1a"' in html
    response = reader.post(address, typed("For it.", "2.1.1a", then="back"))
    assert response["Location"] == f"{page(case, 'read-section', section='2.1')}#q-2.1.1a"


def test_from_a_question_a_note_that_is_there_is_linked_with_one_button(reader, case, people):
    note = write(case, people.assistant, questions=["2.1.2"]).note_id
    address = f"{page(case)}?question=2.1.1a"
    assert 'name="link" value="2.1.1a"' in reader.get(address).content.decode()
    reader.post(address, typed(questions="2.1.2", item=str(note), base_version="1", link="2.1.1a"))
    assert Note.objects.get().questions == ["2.1.1a", "2.1.2"]
    assert 'name="link"' not in reader.get(address).content.decode()


@pytest.mark.parametrize("query", ["?question=9.9.9", "?question=%00", "?question=%ff"])
def test_a_question_that_there_is_not_is_no_matter(reader, case, query):
    assert reader.get(page(case) + query).status_code == 200
    assert reader.post(page(case) + query, typed(link="9.9.9")).status_code == 200


def test_two_texts_are_shown_and_either_can_stay(reader, case, people):
    note = write(case, people.assistant, "One.").note_id
    write(case, people.assistant, "Theirs.", note_id=note, base=1)
    stale = typed("Mine.", item=str(note), base_version="1", then="stay")
    response = reader.post(page(case), stale)
    html = response.content.decode()
    assert response.status_code == 409
    assert f'<a href="#keep-{note}">Note 1: choose which to keep</a>' in html
    assert "Assistant changed this note at" in text_of(html)
    reader.post(page(case), stale | {"keep": "theirs"})
    assert kept()[0][0] == "Theirs."
    reader.post(page(case), stale | {"keep": "mine", "theirs_version": "2"})
    assert versions(case) == [(1, "One."), (2, "Theirs."), (3, "Mine.")]


def test_a_note_of_another_case_is_refused_with_the_text_kept(reader, case, people):
    other = Case.objects.get(ref="C-02")
    note = write(other, people.assistant).note_id
    html = reader.post(page(case), typed("Mine.", item=str(note))).content.decode()
    assert "This note cannot be saved here. Copy your text and open the page again." in html
    assert (">\nMine.</textarea>" in html, Note.objects.count()) == (True, 1)


def test_a_case_that_was_sent_gives_the_text_back(reader, case, people):
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    response = reader.post(page(case), typed("Too late."))
    assert (response.status_code, kept()) == (403, [])
    assert ">\nToo late.</textarea>" in response.content.decode()


def test_so_does_an_inspection_whose_fieldwork_has_ended(reader, case):
    Inspection.objects.update(stage=Stage.RATING)
    response = reader.post(page(case), typed("Too late."))
    assert (response.status_code, ">\nToo late.</textarea>" in response.content.decode()) == (403, True)


@pytest.mark.parametrize("name", ["lead", "quality", "head"])
def test_others_read_the_notes_and_get_no_form(client, case, people, name):
    write(case, people.assistant, "Read me.", ["2.1.1a"], source="contact_log", seen_on=date(2027, 1, 3))
    html = fetch(client, getattr(people, name), page(case))
    assert "Contact log, 3 January 2027, for 2.1.1a." in text_of(html)
    assert ("Read me." in html, "<textarea" in html, "js/notes.js" in html) == (True, False, False)


@pytest.mark.parametrize("address", ["notes", "print", "paper", "check"])
def test_pages_cost_the_same_for_one_note_and_for_three(reader, case, people, django_assert_max_num_queries, address):
    counts = []
    for notes in (1, 2):
        for _ in range(notes):
            write(case, people.assistant, questions=["2.1.1a"])
        with django_assert_max_num_queries(9) as queries:
            reader.get(page(case, address))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_before_sending_unlinked_notes_are_counted_and_stop_nothing(reader, case, people):
    for text in ("One.", "Two.", "Three."):
        write(case, people.assistant, text)
    write(case, people.assistant, "Linked.", ["2.1.1a"])
    assert "3 notes are not linked to a question." in text_of(reader.get(page(case, "check")).content.decode())
    assert "4 notes" in text_of(reader.get(page(case, "case")).content.decode())


# --- one by one, as the script sends them ------------------------------------------------------------


def send(client, case, content_type="application/json", **fields):
    message = {"question": str(uuid4()), "base_version": 0, "save_id": str(uuid4())}
    words = {"text": "Nobody asked.", "questions": "", "source": "record", "seen_on": "", "struck": ""}
    body = json.dumps(message | words | fields)
    return client.post(page(case, "save-note"), body, content_type=content_type, headers={"accept": "application/json"})


def test_a_receipt_names_the_note_and_its_version(reader, case, settings):
    settings.CLOCK = "2027-06-08T10:42"
    note = str(uuid4())
    reply = send(reader, case, question=note, questions="2.1.1a", seen_on="3/1/2027")
    said = {"status": "saved", "question": note, "version": 1, "saved_at": "10:42am"}
    assert (reply.status_code, reply.json()) == (200, said)
    assert kept() == [("Nobody asked.", "record", date(2027, 1, 3), ["2.1.1a"])]


def test_a_stale_note_gets_the_other_text(reader, case, people, settings):
    settings.CLOCK = "2027-06-08T10:42"
    note = write(case, people.assistant, "There.", ["2.1.1a"], seen_on=date(2027, 1, 3)).note_id
    reply = send(reader, case, question=str(note), text="Mine.")
    assert reply.status_code == 409
    assert reply.json()["theirs"] == {
        "text": "There.",
        "questions": "2.1.1a",
        "source": "record",
        "seen_on": "3 January 2027",
        "struck": "",
        "version": 1,
        "by": "Assistant",
        "at": "10:42am",
    }


def test_a_version_from_the_future_of_nothing_is_stale_too(reader, case):
    reply = send(reader, case, base_version=10**40)
    assert (reply.status_code, reply.json()["theirs"]["version"]) == (409, 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"seen_on": "soon"}, "Enter a date, like 3 March 2027"),
        ({"questions": "9.9.9"}, "This case read does not ask a question 9.9.9"),
        ({"text": "\0"}, "Write the note"),
        ({"text": ["a"]}, "This note did not arrive whole. Copy your text and open the page again."),
        ({"text": None}, "This note did not arrive whole. Copy your text and open the page again."),
        ({"base_version": -1}, "This note did not arrive whole. Copy your text and open the page again."),
        ({"base_version": True}, "This note did not arrive whole. Copy your text and open the page again."),
        ({"save_id": "x"}, "This note did not arrive whole. Copy your text and open the page again."),
        ({"question": {"a": 1}}, "This note did not arrive whole. Copy your text and open the page again."),
    ],
)
def test_what_cannot_be_a_note_is_refused_in_a_sentence(reader, case, fields, sentence):
    reply = send(reader, case, **fields)
    assert (reply.status_code, reply.json()) == (422, {"status": "refused", "message": sentence})
    assert kept() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_message_that_is_none_is_refused_too(reader, case, body):
    assert reader.post(page(case, "save-note"), body, content_type="application/json").status_code == 422


def test_a_closed_case_says_why(reader, case, people):
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    reply = send(reader, case)
    assert (reply.status_code, reply.json()["status"]) == (403, "closed")


def test_signed_out_it_says_so(client, case):
    assert send(client, case).status_code == 401


def test_for_others_there_is_no_such_address(client, case, people):
    client.force_login(people.stranger)
    assert send(client, case).status_code == 404
