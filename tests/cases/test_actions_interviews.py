"""Interviews begin, give notes to one case or several, cover topics, and are recorded."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import AuditEvent
from cases.actions import interviews
from cases.actions.answers import AnswerRefused, CaseClosed
from cases.actions.interviews import RecordedMeanwhile, cover, finish, start
from cases.actions.notes import StaleNote
from cases.models import Case, Interview, InterviewNote, InterviewRecord, Note, NoteVersion, TopicCovered
from cases.rules.interviews import Result, of_case
from tests.factories import inspection_with_team, sampled_cases
from tests.interviewing import NOW, begins, booked, heard
from tests.noting import write
from tests.races import behind_the_inspection

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
def victims(inspection, people):
    return sampled_cases(inspection, "victim", 3, reader=people.assistant, interview_group=1)


@pytest.fixture
def slot(case, people):
    return booked([case], people.assistant)


@pytest.fixture
def shared(victims, people):
    return booked(victims, people.assistant, "victim_worker", minutes=60)


def held(minutes=70, **more):
    return Result("held", begins(), begins() + timedelta(minutes=minutes), **more)


def texts() -> list[tuple[str, str, int]]:
    rows = Note.objects.order_by("case__ref").values_list("case__ref", "text", "version")
    return list(rows)


def test_it_starts_once(slot, people, settings):
    start(by=people.assistant, slot=slot)
    settings.CLOCK = "2027-06-08T15:00"
    start(by=people.lead, slot=slot)
    interview = Interview.objects.get()
    assert (interview.started_at, interview.started_by) == (begins(minute=5), people.assistant)
    assert AuditEvent.objects.filter(verb="started an interview").count() == 1


@pytest.mark.parametrize(("minutes", "outcome"), [(90, "held"), (91, "overran")])
def test_held_for_longer_than_the_standards_allow_it_overran_for_the_timetable_too(slot, people, minutes, outcome):
    finish(by=people.assistant, slot=slot, version=0, result=held(minutes))
    slot.refresh_from_db()
    assert (Interview.objects.get().outcome, slot.outcome, slot.version) == (outcome, outcome, 2)


def test_an_absence_says_who_came_instead_and_what_is_next_but_not_in_the_log(slot, people):
    result = Result("absent", None, clock.now(), "Team manager", "Sam comes on Thursday")
    finish(by=people.assistant, slot=slot, version=0, result=result)
    slot.refresh_from_db()
    assert (slot.outcome, slot.outcome_note) == ("absent", "There instead: Team manager. Sam comes on Thursday")
    logged = AuditEvent.objects.get(verb="recorded an interview")
    assert logged.detail == {"outcome": "Somebody was absent", "version": 1}


def test_one_that_is_moved_was_not_taken_up(slot, people):
    finish(by=people.assistant, slot=slot, version=0, result=Result("moved", None, clock.now(), "", "On Thursday"))
    slot.refresh_from_db()
    assert (slot.outcome, slot.outcome_note) == ("not_taken_up", "On Thursday")


def test_what_was_recorded_before_stays_in_the_history(slot, people):
    finish(by=people.assistant, slot=slot, version=0, result=Result("moved", None, clock.now(), "", "On Thursday"))
    finish(by=people.assistant, slot=slot, version=1, result=held())
    kept = list(InterviewRecord.objects.order_by("version").values_list("version", "outcome", "next_step"))
    assert kept == [(1, "moved", "On Thursday"), (2, "held", "")]


def test_a_record_on_top_of_one_that_nobody_saw_is_refused(slot, people):
    finish(by=people.lead, slot=slot, version=0, result=held())
    with pytest.raises(RecordedMeanwhile):
        finish(by=people.assistant, slot=slot, version=0, result=Result("moved", None, clock.now(), "", "Later"))
    assert Interview.objects.get().outcome == "held"


def test_a_topic_is_ticked_once_and_the_tick_taken_back(slot, case, people):
    for _ in range(2):
        cover(by=people.assistant, slot=slot, case=case, topic="2.1.1", covered=True)
    assert TopicCovered.objects.count() == 1
    cover(by=people.assistant, slot=slot, case=case, topic="2.1.1", covered=False)
    assert TopicCovered.objects.count() == 0
    verbs = list(AuditEvent.objects.order_by("position").values_list("verb", flat=True))
    assert verbs == ["covered a topic of an interview", "took back a topic of an interview"]


def test_a_topic_of_all_cases_cannot_be_ticked_twice_in_the_database(shared, people):
    cover(by=people.assistant, slot=shared, case=None, topic="for-all", covered=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicCovered.objects.create(
            interview=Interview.objects.get(), topic="for-all", at=clock.now(), by=people.assistant
        )


# --- one text, several notes ---


def test_a_note_of_an_interview_is_a_note_on_the_case(slot, case, people):
    heard(slot, [case], people.assistant, "Waited nine weeks.", "case_manager_services", ["I1b"])
    note = Note.objects.get()
    assert (note.case, note.text, note.source, note.questions) == (case, "Waited nine weeks.", "interview", ["I1b"])
    assert InterviewNote.objects.get().topic == "case_manager_services"


def test_a_note_about_all_is_one_note_on_each_and_changes_on_each(shared, victims, people):
    item = uuid4()
    receipt = heard(shared, victims, people.assistant, "One manager for all.", "for-all", item=item)
    assert (receipt.note_id, receipt.version) == (item, 1)
    receipt = heard(shared, victims, people.assistant, "Two managers.", "for-all", item=item, base=1)
    assert receipt.version == 2
    assert texts() == [("V-01", "Two managers.", 2), ("V-02", "Two managers.", 2), ("V-03", "Two managers.", 2)]
    assert AuditEvent.objects.filter(verb="note saved").count() == 6


def test_where_one_case_is_closed_none_gets_the_note(shared, victims, people):
    Case.objects.filter(pk=victims[2].pk).update(sent_at=clock.now(), sent_by=people.assistant)
    with pytest.raises(CaseClosed):
        heard(shared, victims, people.assistant)
    assert (texts(), Interview.objects.count()) == ([], 0)


def test_a_save_that_comes_twice_has_one_effect_and_one_receipt(shared, victims, people):
    item, save_id = uuid4(), uuid4()
    first = heard(shared, victims, people.assistant, item=item, save_id=save_id)
    assert heard(shared, victims, people.assistant, item=item, save_id=save_id) == first
    assert NoteVersion.objects.count() == 3


def test_an_id_that_came_with_another_text_is_refused(shared, victims, people):
    item, save_id = uuid4(), uuid4()
    heard(shared, victims, people.assistant, "One.", item=item, save_id=save_id)
    with pytest.raises(AnswerRefused):
        heard(shared, victims, people.assistant, "Two.", item=item, base=1, save_id=save_id)
    assert {text for _, text, _ in texts()} == {"One."}


def test_a_text_that_changed_on_one_case_is_shown_and_overwritten_only_knowingly(shared, victims, people):
    item = uuid4()
    heard(shared, victims, people.assistant, "All.", item=item)
    one = of_case(item, "V-02")
    write(victims[1], people.assistant, "Only here.", source="interview", note_id=one, base=1)
    with pytest.raises(StaleNote) as stale:
        heard(shared, victims, people.assistant, "All again.", item=item, base=1)
    assert (stale.value.theirs.content.text, stale.value.theirs.version) == ("Only here.", 2)
    receipt = heard(shared, victims, people.assistant, "All again.", item=item, base=2)
    assert receipt.version == 3
    assert texts() == [("V-01", "All again.", 2), ("V-02", "All again.", 3), ("V-03", "All again.", 2)]


def test_a_case_that_was_closed_for_a_while_takes_the_text_as_it_is_then(shared, victims, people):
    item = uuid4()
    heard(shared, victims[:2], people.assistant, "First.", item=item)
    receipt = heard(shared, victims, people.assistant, "Second.", item=item, base=1)
    assert receipt.version == 2
    assert texts() == [("V-01", "Second.", 2), ("V-02", "Second.", 2), ("V-03", "Second.", 1)]


def test_a_question_that_one_case_is_not_asked_is_linked_with_the_others(inspection, people):
    children = sampled_cases(inspection, count=2, reader=people.assistant)
    for case, in_care in zip(children, (True, False), strict=True):
        case.row.care_experienced = in_care
        case.row.save()
    slot = booked(children, people.assistant)
    heard(slot, children, people.assistant, questions=["I1a", "I1d"])
    assert list(Note.objects.order_by("case__ref").values_list("questions", flat=True)) == [["I1a", "I1d"], ["I1a"]]


@pytest.mark.django_db(transaction=True)
def test_two_who_record_at_once_do_not_both_succeed(people, settings):
    inspection = inspection_with_team(people)
    case = sampled_cases(inspection, reader=people.assistant, count=1)[0]
    slots = [
        booked([case], None, at=begins(8 + number % 4, 8 + number % 8, number), met=[f"W{number}"])
        for number in range(20)
    ]
    for slot in slots:
        start(by=people.assistant, slot=slot)
        outcomes = behind_the_inspection([recording(slot, person) for person in (people.assistant, people.lead)])
        assert sorted(outcomes) == ["recorded", "refused"]
        assert InterviewRecord.objects.filter(interview__slot=slot).count() == 1


def recording(slot, person):
    def record() -> str:
        try:
            interviews.finish(by=person, slot=slot, version=0, result=held())
        except RecordedMeanwhile:
            return "refused"
        return "recorded"

    return record
