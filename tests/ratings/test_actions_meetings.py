"""A meeting stamps its evidence, freezes what it decided, and can take it up again until somebody signs."""

import pytest

from accounts.models import AuditEvent
from cases.models import Case
from inspections.actions.inspections import keep_text
from inspections.models import Inspection, Stage, standards
from ratings.actions.meetings import (
    AlreadySigned,
    AlreadyStarted,
    Frozen,
    NotAtRating,
    NotFrozen,
    StandardsChanged,
    Undecided,
    freeze,
    start,
    unfreeze,
)
from ratings.actions.signatures import sign
from ratings.models import Meeting
from ratings.queries.figures import of_meeting
from ratings.queries.meetings import Agenda, changed_since, meeting_of, page_state, recomputed
from ratings.rules.record import digest
from standards import loader
from tests.ratings.given import at_rating, changed, decided, frozen_meeting, meeting_started

pytestmark = pytest.mark.django_db


def trace_words(meeting: Meeting, code: str) -> str:
    return of_meeting(meeting.inspection, meeting).trace.find(code).words


def again(meeting: Meeting) -> Meeting:
    found = meeting_of(meeting.inspection)
    assert found is not None
    return found


def test_the_start_stamps_every_counting_answer(people):
    inspection = at_rating(people)
    meeting = start(inspection=inspection, by=people.lead)
    assert meeting.evidence_version == inspection.evidence_version
    assert len(meeting.evidence["answers"]) == 14 * 6 + 9
    assert meeting.evidence["answers"][0] == {
        "case": "C-01",
        "question": "2.1.1",
        "value": "yes",
        "version": 1,
        "na_reason": "",
    }
    assert meeting.evidence["standards_hash"] == inspection.standards.content_hash
    assert again(meeting).evidence_digest == digest(again(meeting).evidence)


def test_the_start_is_in_the_log(people):
    meeting = meeting_started(people)
    event = AuditEvent.objects.filter(inspection=meeting.inspection.ref).first()
    assert (event.verb, event.person, event.detail) == (
        "started the rating meeting",
        people.lead,
        {"evidence_digest": meeting.evidence_digest, "cases": 23, "answers": 93, "left_out": 0},
    )


def test_it_starts_once(people):
    meeting = meeting_started(people)
    with pytest.raises(AlreadyStarted, match=r"^The meeting has already started$"):
        start(inspection=meeting.inspection, by=people.chair)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.RATING])
def test_it_starts_at_its_stage_only(people, stage):
    inspection = at_rating(people)
    Inspection.objects.filter(pk=inspection.pk).update(stage=stage)
    with pytest.raises(NotAtRating):
        start(inspection=inspection, by=people.lead)


def test_cases_that_were_not_sent_or_left_the_sample_are_listed_with_the_reason(people):
    inspection = at_rating(people)
    cases = Case.objects.filter(inspection=inspection)
    cases.filter(ref="V-09").update(sent_at=None, sent_by=None)
    cases.filter(ref="C-03").update(left_at=inspection.created_at, left_reason="The files came too late")
    meeting = start(inspection=inspection, by=people.lead)
    assert meeting.evidence["left_out"] == [
        {"case": "V-09", "kind": "victim", "reason": "Not sent before fieldwork was closed"},
        {"case": "C-03", "kind": "child", "reason": "Left the sample: The files came too late"},
    ]
    assert trace_words(meeting, "V1.1.count") == "6 of 8 (75%)"


def test_a_later_change_moves_no_figure_and_is_listed(people):
    meeting = meeting_started(people)
    before = trace_words(meeting, "2.1.2.count")
    changed(meeting.inspection, "C-11", "2.1.2", "yes")
    meeting = again(meeting)
    assert (before, trace_words(meeting, "2.1.2.count")) == ("9 of 14 (64.3%)", "9 of 14 (64.3%)")
    assert [(change.key, change.words) for change in changed_since(meeting)] == [("C-11 2.1.2", "No, now Yes")]


def test_other_words_of_evidence_and_a_case_that_left_are_changes_too(people):
    meeting = meeting_started(people)
    changed(meeting.inspection, "C-01", "2.1.1", "yes")
    Case.objects.filter(inspection=meeting.inspection, ref="V-09").update(
        left_at=meeting.started_at, left_reason="It was another service's"
    )
    assert [(change.key, change.words) for change in changed_since(again(meeting))] == [
        ("C-01 2.1.1", "Yes, with other words of evidence"),
        ("V-09 V1.1", "No, now not counted"),
    ]


def test_freezing_waits_until_everything_is_decided(people):
    meeting = meeting_started(people, "iyjs")
    decided(meeting, people.lead, V1_2="yes", _1_2="good")
    with pytest.raises(Undecided, match=r"^The meeting has still to decide 1.1, 1.3, V1$"):
        freeze(meeting=meeting, by=people.chair)


def test_a_frozen_record_holds_evidence_decisions_and_result(people):
    meeting = frozen_meeting(people, "iyjs")
    record = again(meeting).record
    assert (record["inspection"], record["meeting"]) == (meeting.inspection.ref, 1)
    assert record["evidence_digest"] == meeting.evidence_digest
    assert [(found["item"], found["value"]) for found in record["decisions"]] == [
        ("1.1", "good"),
        ("1.2", "requires_improvement"),
        ("1.3", "good"),
        ("V1.2", "yes"),
        ("V1", "good"),
    ]
    assert (record["result"]["overall"], record["result"]["total"]) == ("good", 7)
    assert again(meeting).record_digest == digest(record)


def test_the_record_can_be_computed_again_from_stamp_and_decisions(people):
    meeting = frozen_meeting(people, "iyjs")
    assert recomputed(again(meeting)) == again(meeting).record


def test_an_answer_that_changed_since_leaves_the_recomputed_record_equal(people):
    meeting = frozen_meeting(people)
    changed(meeting.inspection, "C-11", "2.1.2", "yes")
    assert recomputed(again(meeting)) == again(meeting).record


def other_file(tmp_path, monkeypatch) -> None:
    """Good begins at 60% from today on, so 9 of 14 would be Good, and so would 2.1."""
    text = (loader.DATA / "yj-2024.toml").read_text().replace("floor = 65", "floor = 60")
    (tmp_path / "yj-2024.toml").write_text(text)
    monkeypatch.setattr(loader, "DATA", tmp_path)
    monkeypatch.setattr(standards, "KNOWN", {})


def test_another_file_under_a_running_inspection_blocks_nothing_and_moves_nothing(people, tmp_path, monkeypatch):
    meeting = meeting_started(people)
    keep_text(loader.load("yj-2024"))
    began_under = meeting.inspection.standards_hash
    other_file(tmp_path, monkeypatch)
    decided(meeting, people.chair, V1_2="yes", V1="good")
    freeze(meeting=meeting, by=people.chair)
    found = again(meeting)
    assert trace_words(found, "2.1") == "Requires improvement, score 1"
    assert recomputed(found) == found.record
    assert (found.inspection.standards.content_hash, loader.load("yj-2024").content_hash == began_under) == (
        began_under,
        False,
    )


def test_without_its_text_what_is_frozen_still_shows_as_it_was_frozen(people, tmp_path, monkeypatch):
    """Of an inspection that began before texts were kept."""
    meeting = frozen_meeting(people)
    other_file(tmp_path, monkeypatch)
    assert trace_words(again(meeting), "2.1") == "Requires improvement, score 1"
    assert recomputed(again(meeting))["result"]["standards"]["2.1"]["rating"] == "good"
    assert meeting.evidence["standards_hash"] != again(meeting).inspection.standards.content_hash


def test_standards_that_changed_and_were_not_kept_start_and_freeze_nothing(people):
    inspection = at_rating(people)
    began_under = inspection.standards_hash
    Inspection.objects.filter(pk=inspection.pk).update(standards_hash="0" * 64)
    with pytest.raises(StandardsChanged, match="have changed since this inspection began"):
        start(inspection=inspection, by=people.lead)
    Inspection.objects.filter(pk=inspection.pk).update(standards_hash=began_under)
    meeting = start(inspection=inspection, by=people.lead)
    Inspection.objects.filter(pk=inspection.pk).update(standards_hash="0" * 64)
    with pytest.raises(StandardsChanged):
        freeze(meeting=meeting, by=people.chair)


def test_it_is_frozen_once(people):
    meeting = frozen_meeting(people)
    with pytest.raises(Frozen):
        freeze(meeting=meeting, by=people.lead)


def test_decisions_are_taken_up_again_with_a_reason(people):
    meeting = frozen_meeting(people)
    unfreeze(meeting=meeting, reason="A member asked to hear the evidence again", by=people.lead)
    meeting = again(meeting)
    assert (meeting.frozen_at, meeting.frozen_by, meeting.record, meeting.record_digest) == (None, None, None, "")
    assert Agenda(meeting).open_items == []
    event = AuditEvent.objects.filter(inspection=meeting.inspection.ref).first()
    assert (event.verb, event.detail["reason"]) == (
        "took up the ratings again",
        "A member asked to hear the evidence again",
    )


def test_nothing_is_taken_up_again_before_it_is_frozen(people):
    with pytest.raises(NotFrozen):
        unfreeze(meeting=meeting_started(people), reason="To be sure", by=people.lead)


def test_a_signature_makes_the_record_stand(people):
    meeting = frozen_meeting(people)
    sign(meeting=meeting, shown=page_state(again(meeting)), by=people.chair)
    with pytest.raises(AlreadySigned, match=r"^Chair has signed this record, so it stands$"):
        unfreeze(meeting=meeting, reason="To be sure", by=people.lead)
