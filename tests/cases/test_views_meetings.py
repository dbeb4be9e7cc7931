"""Notes of meetings over HTTP: writing them, two at once, who came, what is noticed, and their themes."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.meetings import StaleNotes, save_notes
from cases.models import MeetingNote, Theme
from cases.rules.voices import Written
from tests.factories import inspection_with_team, sampled_cases, slot
from tests.pages import fetch, form_on, text_of

pytestmark = pytest.mark.django_db

ROOT = "/inspections/YI-27-001/"
LIST = f"{ROOT}evidence/meetings/"
VISIT = f"{ROOT}visits/context_visit/"
BEGINS = datetime(2027, 6, 8, 14, tzinfo=clock.LONDON)
NOTES = {"held_on": "8 June 2027", "purpose": "To see the area", "text": "Long bus rides", "version": "0"}


@pytest.fixture
def inspection(people, settings):
    settings.CLOCK = "2027-06-08T16:00"
    return inspection_with_team(people, ref="YI-27-001")


@pytest.fixture
def showcase(people, inspection):
    return slot(inspection, BEGINS, kind="showcase", title="Showcase", people=[people.assessor])


def post(client, person, url, data):
    client.force_login(person)
    return client.post(url, data)


def test_a_visit_is_noted_before_it_is_in_the_timetable(client, people, inspection):
    assert "To understand the area" in fetch(client, people.deputy, VISIT)
    response = post(
        client, people.deputy, VISIT, NOTES | {"police": "2", "other_role": "Faith leaders", "other_count": "1"}
    )
    note = MeetingNote.objects.get()
    assert (response["Location"], note.kind, note.slot, note.text) == (
        f"{LIST}{note.pk}/",
        "context_visit",
        None,
        "Long bus rides",
    )
    assert note.attendance == [["Police", 2], ["Faith leaders", 1]]
    page = text_of(fetch(client, people.quality, f"{LIST}{note.pk}/"))
    assert "Police: 2 Faith leaders: 1" in page
    assert AuditEvent.objects.filter(verb="notes of a meeting saved").count() == 1


def test_the_form_sent_twice_makes_one_set_of_notes(client, people, inspection):
    for _ in range(2):
        post(client, people.deputy, VISIT, NOTES)
    assert MeetingNote.objects.count() == 1


def test_notes_of_a_slot_open_from_the_list_and_are_shown_again_as_typed(client, people, inspection, showcase):
    assert f"{LIST}slots/{showcase.pk}/" in fetch(client, people.lead, LIST)
    post(client, people.lead, f"{LIST}slots/{showcase.pk}/", NOTES | {"child": "3"})
    note = MeetingNote.objects.get(slot=showcase)
    sent = form_on(fetch(client, people.lead, f"{LIST}{note.pk}/"))
    kept = {name: sent[name] for name in ("text", "purpose", "held_on", "child", "version")}
    assert kept == {
        "text": "Long bus rides",
        "purpose": "To see the area",
        "held_on": "8 June 2027",
        "child": "3",
        "version": "1",
    }


def test_of_two_who_write_at_once_the_second_sees_both_texts_and_loses_neither(client, people, inspection, showcase):
    place = f"{LIST}slots/{showcase.pk}/"
    post(client, people.lead, place, NOTES | {"text": "The first text"})
    response = post(client, people.deputy, place, NOTES | {"text": "The second text"})
    page = response.content.decode()
    assert "Lead changed these notes at 4:00pm. Choose which to keep" in text_of(page)
    assert ("The first text" in page, form_on(page)["text"], form_on(page)["version"]) == (True, "The second text", "1")
    post(client, people.deputy, place, form_on(page))
    note = MeetingNote.objects.get()
    assert (note.text, note.version) == ("The second text", 2)
    assert list(note.versions.values_list("text", flat=True)) == ["The second text", "The first text"]


def test_a_stale_save_changes_nothing(people, inspection):
    said = Written(BEGINS.date(), text="First")
    where = {"inspection": inspection, "kind": "showcase", "slot": None}
    note = save_notes(by=people.lead, note=None, base=0, said=said, **where)
    with pytest.raises(StaleNotes):
        save_notes(by=people.deputy, note=note, base=0, said=Written(BEGINS.date(), text="Second"), **where)
    note.refresh_from_db()
    assert (note.text, note.version, note.versions.count()) == ("First", 1, 1)


def test_not_taken_up_needs_no_notes_and_has_nobody_attending(client, people, inspection):
    refused = post(client, people.lead, VISIT, {"held_on": "8 June 2027", "not_taken_up": "No time", "police": "1"})
    assert "You wrote that nobody took it up, and who came. Remove one of them" in text_of(refused.content.decode())
    post(client, people.lead, VISIT, {"held_on": "8 June 2027", "not_taken_up": "No time"})
    assert MeetingNote.objects.get().not_taken_up == "No time"
    assert "Not taken up" in fetch(client, people.lead, LIST)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write the notes, or say why it was not taken up"),
        ({"text": "\0"}, "Write the notes, or say why it was not taken up"),
        ({"held_on": "9 June 2027"}, "This is in the future. Enter the day on which it happened"),
        ({"held_on": "31 June 2027"}, "There is no such day as 31 June 2027. Check the day and the month"),
        ({"police": "9" * 400}, "Enter a whole number from 0 to 200"),
        ({"police": "two"}, "Enter a whole number from 0 to 200"),
        ({"other_role": "Faith leaders"}, "Write another role together with how many of it came"),
        ({"text": "x" * 20_001}, "This must be 20,000 characters or fewer"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(client, people, inspection, typed, sentence):
    response = post(client, people.lead, VISIT, NOTES | {"purpose": "My purpose"} | typed)
    page = response.content.decode()
    assert (response.status_code, MeetingNote.objects.count()) == (200, 0)
    assert sentence in text_of(page)
    assert form_on(page)["purpose"] == "My purpose"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_version_that_is_none_counts_as_new(client, people, inspection, version):
    post(client, people.lead, VISIT, NOTES | {"version": version})
    assert MeetingNote.objects.get().version == 1


def test_a_name_of_the_list_is_noticed_and_kept(client, people, inspection):
    case = sampled_cases(inspection, count=1)[0]
    case.row.name = "Zebedee Quill"
    case.row.save()
    post(client, people.lead, VISIT, NOTES | {"text": "Zebedee Quill spoke"})
    note = MeetingNote.objects.get()
    page = text_of(fetch(client, people.lead, f"{LIST}{note.pk}/"))
    assert "This text seems to include a name. Use the case reference instead." in page


def test_a_local_assessor_finds_and_writes_what_they_attend_only(client, people, inspection, showcase):
    other = slot(inspection, BEGINS, kind="focus_group", title="Another group", people=[people.lead])
    page = fetch(client, people.assessor, LIST)
    assert ("Showcase" in page, "Another group" in page, "not in the timetable" in page) == (True, False, False)
    asked = [client.get(f"{LIST}slots/{pk}/").status_code for pk in (showcase.pk, other.pk)]
    assert asked == [200, 404]


@pytest.mark.parametrize(
    "what",
    [
        "evidence/meetings/99/",
        f"evidence/meetings/{9**40}/",
        "evidence/meetings/slots/99/",
        f"evidence/meetings/slots/{9**40}/",
        "visits/case_manager/",
        "visits/nothing/",
    ],
)
def test_what_there_is_not_is_not_found(client, people, inspection, what):
    client.force_login(people.lead)
    assert client.get(f"{ROOT}{what}").status_code == 404


def test_an_interview_has_no_notes_here(client, people, inspection):
    interview = slot(inspection, BEGINS, kind="case_manager")
    client.force_login(people.lead)
    assert client.get(f"{LIST}slots/{interview.pk}/").status_code == 404


def test_a_theme_of_a_meeting_knows_its_source_and_day(client, people, inspection, showcase):
    post(client, people.lead, f"{LIST}slots/{showcase.pk}/", NOTES | {"held_on": "7 June 2027"})
    note = MeetingNote.objects.get()
    said = {"standard": "2.1", "direction": "strength", "theme": "They listen"}
    for _ in range(2):
        post(client, people.assessor, f"{LIST}{note.pk}/themes/", said)
    theme = Theme.objects.get()
    assert (theme.meeting, theme.day, theme.made_by) == (note, note.held_on, people.assessor)
    assert "Showcase, Monday 7 June" in text_of(fetch(client, people.lead, f"{ROOT}themes/"))


def test_a_theme_without_standard_or_words_is_refused_in_words(client, people, inspection):
    post(client, people.lead, VISIT, NOTES)
    note = MeetingNote.objects.get()
    response = post(client, people.lead, f"{LIST}{note.pk}/themes/", {"standard": "9.9", "theme": "Kept"})
    page = text_of(response.content.decode())
    assert "Select the standard that it is about" in page
    assert "Select whether it is a strength, an area to improve or a note" in page
    assert (form_on(response.content.decode())["theme"], Theme.objects.count()) == ("Kept", 0)


def test_the_list_costs_the_same_for_one_meeting_and_for_three(client, people, inspection, showcase):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            fetch(client, people.lead, LIST)
        return len(asked)

    post(client, people.lead, VISIT, NOTES)
    fetch(client, people.lead, LIST)
    one = cost()
    for number in range(2):
        slot(inspection, BEGINS, kind="focus_group", title=f"Group {number}")
        post(client, people.lead, VISIT, NOTES | {"text": f"Visit {number}"})
    assert cost() == one
