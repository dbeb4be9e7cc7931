"""The page of an interview without its script."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import clock
from cases.actions.interviews import cover, finish
from cases.models import Case, Interview, Note, TopicCovered
from cases.rules.answers import EVIDENCE_LIMIT
from cases.rules.interviews import Result, new_item
from inspections.models import Inspection, Stage
from tests.answering import save as answer
from tests.factories import inspection_with_team, sampled_cases
from tests.interviewing import NOW, begins, booked, heard
from tests.noting import write
from tests.pages import fetch, inputs, text_of

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


def test_it_says_when_with_whom_and_what_to_talk_about(client, case, slot, people):
    answer(case, people.assistant, "2.1.1a", "no")
    write(case, people.assistant, "Ask about school.")
    html = fetch(client, people.assistant, page(case))
    said = text_of(html)
    for words in (
        "Interview with the case manager",
        "Tuesday 8 June, 2pm to 3:30pm",
        "Interviewer Assistant",
        "Meets Sam Worker",
        "It can last up to 1 hour 30 minutes.",
        "Answered No.",
        "Nothing is answered yet.",
        "Ask about school.",
        "Management oversight",
        "Access to services",
        "Organisational support",
    ):
        assert words in said
    assert "Sam Worker" not in html[: html.index("</title>")]


def test_a_note_is_added_to_its_topic_and_linked_to_its_question(reader, case, slot):
    item = new_item(slot.pk, "C-01", "case_manager_services", 0)
    assert str(item) in reader.get(page(case)).content.decode()
    response = reader.post(page(case, "interview-note", topic="case_manager_services"), typed(item, questions="I1b"))
    assert (response.status_code, response["Location"]) == (302, f"{page(case)}#{item}")
    assert kept() == [("C-01", "Nobody asked.", ["I1b"])]
    html = reader.get(page(case)).content.decode()
    assert str(new_item(slot.pk, "C-01", "case_manager_services", 1)) in html
    assert "Note 1 on I1b" in html


def test_a_note_that_was_struck_out_leaves_the_page_and_its_id_is_not_used_again(reader, case, slot):
    item = new_item(slot.pk, "C-01", "other", 0)
    reader.post(page(case, "interview-note", topic="other"), typed(item))
    reader.post(page(case, "interview-note", topic="other"), typed(item, base_version="1", struck="yes"))
    html = reader.get(page(case)).content.decode()
    assert ("Nobody asked." in html, str(new_item(slot.pk, "C-01", "other", 1)) in html) == (False, True)
    assert Note.objects.get().struck_by.email.startswith("assistant")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "  "}, "Write the note"),
        ({"text": "\0"}, "Write the note"),
        ({"text": "x" * (EVIDENCE_LIMIT + 1)}, "A note must be 100,000 characters or fewer. You have 100,001"),
        ({"questions": "9.9.9"}, "This case read does not ask a question 9.9.9"),
        ({"source": "gossip"}, "Choose where you read it"),
    ],
)
def test_what_cannot_be_a_note_stays_in_its_box_with_the_reason(reader, case, slot, fields, sentence):
    item = new_item(slot.pk, "C-01", "other", 0)
    response = reader.post(page(case, "interview-note", topic="other"), typed(item) | fields)
    html = response.content.decode()
    assert (response.status_code, kept()) == (200, [])
    assert sentence in text_of(html)
    assert f'href="#text-{item}"' in html
    assert fields.get("text", "Nobody asked.").replace("\0", "") in html
    assert html[html.index("<title>") :].startswith("<title>Error: ")


def test_a_note_that_changed_elsewhere_shows_both_texts(reader, case, slot, people):
    item = new_item(slot.pk, "C-01", "other", 0)
    heard(slot, [case], people.assistant, "Theirs.", item=item)
    response = reader.post(page(case, "interview-note", topic="other"), typed(item, "Mine."))
    html = response.content.decode()
    assert response.status_code == 409
    assert ("Mine." in html, "Theirs." in html, "Choose which to keep" in html) == (True, True, True)
    chosen = typed(item, "Mine.", keep="mine", theirs_version="1")
    assert reader.post(page(case, "interview-note", topic="other"), chosen).status_code == 302
    assert kept() == [("C-01", "Mine.", [])]


@pytest.mark.parametrize("topic", ["9.9.9", "nowhere", "x" * 300, "V1.1"])
def test_a_topic_that_there_is_not_is_not_found(reader, case, slot, topic):
    assert reader.post(page(case, "interview-note", topic=topic), typed(uuid4())).status_code == 404
    assert reader.post(page(case, "interview-topic", topic=topic), {"covered": "yes"}).status_code == 404
    assert kept() == []


def test_without_a_slot_the_page_says_so_and_a_note_is_not_lost(reader, case):
    said = text_of(reader.get(page(case)).content.decode())
    assert "No interview is booked for this case yet. Open the timetable" in said
    assert "Management oversight" in said
    response = reader.post(page(case, "interview-note", topic="other"), typed(uuid4(), "Heard."))
    said = text_of(response.content.decode())
    assert (response.status_code, "This interview is not booked any more." in said, "Heard." in said) == (
        409,
        True,
        True,
    )
    assert (kept(), Interview.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("name", "more"), [("start-interview", {}), ("finish-interview", {}), ("interview-topic", {"topic": "other"})]
)
def test_without_a_slot_nothing_starts_or_ends(reader, case, name, more):
    response = reader.post(page(case, name, **more), {"covered": "yes"}, follow=True)
    assert "No interview is booked for this case." in text_of(response.content.decode())
    assert Interview.objects.count() == 0


def test_a_second_read_and_a_file_read_have_no_interview(client, inspection, people):
    victim = sampled_cases(inspection, "victim", 1, reader=people.assistant)[0]
    assert "read from the file only" in text_of(fetch(client, people.assistant, page(victim)))
    same = {"inspection": inspection, "kind": "victim", "row": victim.row, "draw": victim.draw}
    second = Case.reads.create(ref="V-01-2", reader=people.quality, second_of=victim, **same)
    assert "A second read has no interview of its own." in text_of(fetch(client, people.quality, page(second)))


def test_it_starts_runs_and_says_when_it_overruns(reader, case, slot, settings):
    reader.post(page(case, "start-interview"))
    assert "Started at 2:05pm. It can last until 3:35pm." in text_of(reader.get(page(case)).content.decode())
    settings.CLOCK = "2027-06-08T15:40"
    said = text_of(reader.get(page(case)).content.decode())
    assert "It overran by 5 minutes." in said
    assert "Start the interview" not in said


def test_the_end_begins_with_the_times_that_are_known(reader, case, slot, settings):
    reader.post(page(case, "start-interview"))
    settings.CLOCK = "2027-06-08T15:10"
    html = reader.get(page(case, "finish-interview")).content.decode()
    known = inputs(html, "text")
    assert (known["started"], known["finished"]) == ("2:05pm", "3:10pm")
    done = {"outcome": "held", "started": "2:05pm", "finished": "3:10pm", "version": "0"}
    response = reader.post(page(case, "finish-interview"), done, follow=True)
    assert "Held from 2:05pm to 3:10pm, 1 hour 5 minutes." in text_of(response.content.decode())
    slot.refresh_from_db()
    assert slot.outcome == "held"


BAD = [
    ({}, "Select what became of the interview"),
    ({"outcome": "later"}, "Select what became of the interview"),
    ({"outcome": "held"}, "Enter when it started, like 10:40am"),
    ({"outcome": "held", "started": "2pm", "finished": "1:59pm"}, "It ended before it started. Check both times"),
    ({"outcome": "held", "started": "2pm", "finished": "2:06pm"}, "This is in the future. Check the time"),
    ({"outcome": "held", "started": "25:00", "finished": "2pm"}, "There is no such time as 25:00"),
    ({"outcome": "held", "started": "soon", "finished": "2pm"}, "Enter a time, like 10:40am or 14:20"),
    ({"outcome": "absent"}, "Say what happens next"),
    ({"outcome": "moved", "next_step": "\0"}, "Say what happens next"),
    ({"outcome": "moved", "next_step": "x" * 301}, "This must be 300 characters or fewer"),
    ({"outcome": "absent", "next_step": "x", "instead": "y" * 121}, "This must be 120 characters or fewer"),
]


@pytest.mark.parametrize(("fields", "sentence"), BAD)
def test_a_record_that_cannot_be_says_how_to_put_it_right(reader, case, slot, fields, sentence):
    response = reader.post(page(case, "finish-interview"), {"version": "0"} | fields)
    html = response.content.decode()
    assert (response.status_code, Interview.objects.count()) == (200, 0)
    assert sentence in text_of(html)
    assert all(value.replace("\0", "") in html for name, value in fields.items() if name != "outcome")


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_makes_no_sense_is_no_fault(reader, case, slot, version):
    done = {"outcome": "moved", "next_step": "Later", "version": version}
    assert reader.post(page(case, "finish-interview"), done).status_code == 200
    assert Interview.objects.count() == 0


def test_a_record_that_somebody_made_meanwhile_is_not_overwritten(reader, case, slot, people):
    finish(by=people.lead, slot=slot, version=0, result=Result("moved", None, clock.now(), "", "On Thursday"))
    response = reader.post(page(case, "finish-interview"), {"outcome": "absent", "next_step": "Mine", "version": "0"})
    assert "Somebody else recorded this interview after you opened the page" in text_of(response.content.decode())
    assert "Mine" in response.content.decode()
    assert Interview.objects.get().outcome == "moved"


def test_after_an_absence_the_next_booking_is_the_one_in_question(reader, case, slot, people):
    result = Result("absent", None, clock.now(), "Team manager", "Thursday at ten")
    finish(by=people.assistant, slot=slot, version=0, result=result)
    booked([case], people.assistant, at=begins(10, 10))
    said = text_of(reader.get(page(case)).content.decode())
    assert "Thursday 10 June, 10am to 11:30am" in said
    assert "Booked before for Tuesday 8 June: somebody was absent. There instead: Team manager. Thursday at ten" in said


def test_a_topic_is_ticked_and_the_tick_taken_back(reader, case, slot):
    response = reader.post(page(case, "interview-topic", topic="2.1.1"), {"covered": "yes"})
    assert response["Location"] == f"{page(case)}#topic-C-01-2.1.1"
    assert "Not covered after all" in reader.get(page(case)).content.decode()
    reader.post(page(case, "interview-topic", topic="2.1.1"), {"covered": "no"})
    assert TopicCovered.objects.count() == 0


# --- three cases on one page ---


def test_one_page_has_the_topics_of_each_case_and_those_of_all_once(client, victims, shared, people):
    answer(victims[0], people.assistant, "V1.1a", "no")
    html = fetch(client, people.assistant, page(victims[1]))
    assert re.findall(r'<h2[^>]*id="about-([^"]*)"', html) == ["V-01", "V-02", "V-03", "all"]
    assert (html.count("Management oversight</h3>"), html.count("Answered No.")) == (1, 1)
    assert "What you note here is kept with V-01, V-02 and V-03." in text_of(html)


def test_a_note_on_one_case_stays_with_it_and_one_about_all_goes_to_each(reader, victims, shared):
    own = new_item(shared.pk, "V-02", "other", 0)
    reader.post(page(victims[1], "interview-note", topic="other"), typed(own, "Of the second."))
    every = new_item(shared.pk, "all", "victim_worker_support", 0)
    reader.post(page(victims[0], "interview-note", topic="victim_worker_support"), typed(every, "Of all.", "I2c"))
    assert sorted(kept()) == [
        ("V-01", "Of all.", ["I2c"]),
        ("V-02", "Of all.", ["I2c"]),
        ("V-02", "Of the second.", []),
        ("V-03", "Of all.", ["I2c"]),
    ]
    html = reader.get(page(victims[2])).content.decode()
    assert (html.count(">\nOf all.</textarea>"), html.count(">\nOf the second.</textarea>")) == (1, 1)


def test_a_topic_of_all_is_ticked_from_whatever_case(reader, victims, shared):
    reader.post(page(victims[2], "interview-topic", topic="for-all"), {"covered": "yes"})
    assert list(TopicCovered.objects.values_list("case", "topic")) == [(None, "for-all")]
    assert "Not covered after all" in reader.get(page(victims[0])).content.decode()


def test_cases_of_other_readers_and_sent_ones_take_no_note(reader, victims, shared, people):
    Case.objects.filter(pk=victims[0].pk).update(sent_at=clock.now(), sent_by=people.assistant)
    Case.objects.filter(pk=victims[2].pk).update(reader=people.deputy)
    html = reader.get(page(victims[1])).content.decode()
    assert "What you note here is kept with V-02." in text_of(html)
    item = new_item(shared.pk, "all", "for-all", 0)
    reader.post(page(victims[1], "interview-note", topic="for-all"), typed(item, "Only here."))
    assert kept() == [("V-02", "Only here.", [])]


# --- who sees what ---


def test_the_team_reads_it_and_cannot_write(client, case, slot, people):
    heard(slot, [case], people.assistant, "Heard.")
    cover(by=people.assistant, slot=slot, case=case, topic="other", covered=True)
    html = fetch(client, people.deputy, page(case))
    assert ("Heard." in html, "Covered" in html) == (True, True)
    assert ("<textarea" in html, "js/interview.js" in html, "Start the interview" in html) == (False, False, False)


def test_a_reader_who_is_not_the_interviewer_is_told(client, case, people):
    booked([case], people.deputy)
    said = text_of(fetch(client, people.assistant, page(case)))
    assert "You read this case, and Deputy is booked for the interview. Notes are written by whoever" in said


def test_a_local_assessor_sees_their_own_case_of_an_interview_only(client, victims, shared, people):
    heard(shared, [victims[0]], people.assistant, "Of another reader.")
    Case.objects.filter(pk=victims[1].pk).update(reader=people.assessor)
    html = fetch(client, people.assessor, page(victims[1]))
    assert "The interview covers 2 more cases that are not open to you." in text_of(html)
    assert "Of another reader." not in html
    assert "Topics for V-02" in html
    assert client.get(page(victims[0])).status_code == 404


def test_when_fieldwork_is_closed_it_can_only_be_read(client, case, slot, people):
    heard(slot, [case], people.assistant, "Heard.")
    Inspection.objects.update(stage=Stage.RATING)
    html = fetch(client, people.assistant, page(case))
    assert ("Heard." in html, "<textarea" in html) == (True, False)
    response = client.post(page(case, "interview-note", topic="other"), typed(uuid4(), "Too late."))
    assert (response.status_code, "Too late." in response.content.decode()) == (403, True)
    assert client.get(page(case, "finish-interview")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client, inspection, people, count, django_assert_num_queries):
    victims = sampled_cases(inspection, "victim", count, reader=people.assistant, interview_group=1)
    slot = booked(victims, people.assistant, "victim_worker", minutes=60)
    for victim in victims:
        heard(slot, [victim], people.assistant, "One.")
        cover(by=people.assistant, slot=slot, case=victim, topic="other", covered=True)
        answer(victim, people.assistant, "V1.1a", "no")
        write(victim, people.assistant, "Loose.")
    client.force_login(people.assistant)
    with django_assert_num_queries(QUERIES):
        client.get(page(victims[0]))
    with django_assert_num_queries(PREP_QUERIES):
        client.get(prep(slot))


QUERIES, PREP_QUERIES = 11, 17


# --- one by one, as the script sends them ---
