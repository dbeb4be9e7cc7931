"""One note is saved whole, once, by the one person who may, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from accounts import clock
from accounts.models import AuditEvent
from cases.actions import notes
from cases.actions.answers import AnswerRefused, CaseClosed
from cases.actions.notes import StaleNote
from cases.models import Case, Note, NoteVersion
from cases.queries.notes import notes_of
from cases.rules.answers import EVIDENCE_LIMIT
from cases.rules.notes import NoteContent
from inspections.models import Inspection, Stage
from tests.factories import inspection_with_team, sampled_cases
from tests.noting import versions, write
from tests.races import at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def test_note_version_start_and_event_are_written_together(case, people, settings):
    settings.CLOCK = "2027-06-08T10:42"
    receipt = write(case, people.assistant, "Heard.", ["2.1.1a"], seen_on=date(2027, 1, 3))
    note, event = Note.objects.get(), AuditEvent.objects.get()
    case.refresh_from_db()
    assert (receipt.note_id, receipt.version, receipt.saved_at) == (note.pk, 1, clock.now())
    assert (note.text, note.seen_on, note.questions, note.version) == ("Heard.", date(2027, 1, 3), ["2.1.1a"], 1)
    assert (note.created_by, note.changed_by, case.started_at) == (people.assistant, people.assistant, clock.now())
    assert versions(case) == [(1, "Heard.")]
    assert (event.verb, event.subject, event.inspection) == ("note saved", "C-01", case.inspection.ref)


def test_the_event_holds_no_word_of_the_note(case, people):
    receipt = write(case, people.assistant, "Canary")
    digest = NoteContent("Canary", "record").digest()
    assert AuditEvent.objects.get().detail == {"note": str(receipt.note_id), "version": 1, "sha256": digest}


def test_a_later_save_makes_the_next_version_and_keeps_the_first(case, people):
    note = write(case, people.assistant, "One.").note_id
    assert write(case, people.assistant, "Two.", note_id=note, base=1).version == 2
    assert versions(case) == [(1, "One."), (2, "Two.")]
    assert [kept.content.text for kept in notes_of(case)] == ["Two."]


def test_a_note_is_struck_out_and_put_back_and_every_state_is_kept(case, people):
    note = write(case, people.assistant).note_id
    write(case, people.assistant, note_id=note, base=1, struck=True)
    struck = Note.objects.get()
    assert (struck.struck_by, struck.struck_at) == (people.assistant, struck.changed_at)
    write(case, people.assistant, note_id=note, base=2)
    assert (Note.objects.get().struck_by, Note.objects.get().struck_at) == (None, None)
    assert list(NoteVersion.objects.order_by("version").values_list("struck", flat=True)) == [False, True, False]


def test_a_stale_save_gets_what_is_there_and_changes_nothing(case, people):
    note = write(case, people.assistant, "One.").note_id
    write(case, people.assistant, "Two.", note_id=note, base=1)
    for base in (0, 1, 3, 2**31 - 2):
        with pytest.raises(StaleNote) as refused:
            write(case, people.assistant, "Three.", note_id=note, base=base)
        assert (refused.value.theirs.content.text, refused.value.theirs.version) == ("Two.", 2)
    assert versions(case) == [(1, "One."), (2, "Two.")]


def test_a_version_of_a_note_that_never_was_is_stale(case, people):
    with pytest.raises(StaleNote) as refused:
        write(case, people.assistant, base=3)
    assert refused.value.theirs is None
    assert list(Note.objects.all()) == []


def test_what_stands_there_already_is_a_receipt_and_no_version(case, people):
    first = write(case, people.assistant)
    assert write(case, people.assistant, note_id=first.note_id, base=0) == first
    assert versions(case) == [(1, "Nobody asked.")]


def test_a_repeat_gets_the_same_receipt_even_after_later_saves_and_sending(case, people):
    note, save_id = uuid4(), uuid4()
    first = write(case, people.assistant, note_id=note, save_id=save_id)
    write(case, people.assistant, "Later.", note_id=note, base=1)
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    assert write(case, people.assistant, note_id=note, save_id=save_id) == first


@pytest.mark.parametrize("other", [{"text": "Other."}, {"questions": ["2.1.1a"]}, {"source": "plan"}, {"struck": True}])
def test_the_same_id_with_another_body_is_refused(case, people, other):
    note, save_id = uuid4(), uuid4()
    write(case, people.assistant, note_id=note, save_id=save_id)
    with pytest.raises(AnswerRefused, match="under the id of another"):
        write(case, people.assistant, note_id=note, save_id=save_id, **other)
    assert versions(case) == [(1, "Nobody asked.")]


def test_a_note_of_another_case_is_refused_and_not_shown(people):
    one, other, _ = sampled_cases(inspection_with_team(people), reader=people.assistant)
    note = write(one, people.assistant).note_id
    with pytest.raises(AnswerRefused, match="cannot be saved here"):
        write(other, people.assistant, "Mine.", note_id=note, base=1)
    assert versions(other) == []


@pytest.mark.parametrize("what", ["sent", "left", "given away", "without a reader", "rating"])
def test_the_action_itself_asks_whether_the_case_is_still_theirs(case, people, what):
    """`case` is as the guard fetched it; what happened since is known to the database only."""
    fields = {
        "sent": {"sent_at": clock.now(), "sent_by": people.assistant},
        "left": {"left_at": clock.now(), "left_reason": "Replaced"},
        "given away": {"reader": people.second_assistant},
        "without a reader": {"reader": None},
        "rating": {"inspection": case.inspection},
    }[what]
    Case.objects.filter(pk=case.pk).update(**fields)
    if what == "rating":
        Inspection.objects.update(stage=Stage.RATING)
    with pytest.raises(CaseClosed):
        write(case, people.assistant)
    assert (list(Note.objects.all()), list(AuditEvent.objects.all())) == ([], [])


TEXTS = {
    "emoji": "\N{CHILD}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} went well \N{PARTY POPPER}",
    "welsh": "Mae'r plentyn yn hoffi'r tŷ a'r ŵyl, ŵŷÂÊÎÔÛ",
    "right to left": "\u202eabc\u202c \u200f\u0645\u0631\u062d\u0628\u0627\u200f",
    "word": '<p class="MsoNormal"><b>Bold</b><script>alert(1)</script>{{ 7*7 }} %s',
    "white space": "\n  two\n\n\tlines  \n",
    "long": "å" * EVIDENCE_LIMIT,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_is_kept_to_the_character(case, people, text):
    write(case, people.assistant, text)
    assert (Note.objects.get().text, versions(case)) == (text, [(1, text)])


# --- races, each against real connections ----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_eight_writers_on_one_version_exactly_one_wins_each_round(case, people):
    note = uuid4()
    for base in range(4):
        texts = [f"{base} by {writer}" for writer in range(8)]
        calls = [lambda text=text, b=base: write(case, people.assistant, text, note_id=note, base=b) for text in texts]
        results = at_once(calls)
        won = [result for result in results if not isinstance(result, Exception)]
        lost = [result for result in results if isinstance(result, StaleNote)]
        winner = texts[results.index(won[0])]
        assert (len(won), len(lost), {stale.theirs.content.text for stale in lost}) == (1, 7, {winner})
        assert versions(case)[-1] == (base + 1, winner)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_nobody_hears_that_they_lost(case, people, monkeypatch):
    """Only the last line of defence holds then: no two versions of a note bear one number."""
    monkeypatch.setattr(notes, "_lock", lambda case: None)
    note = write(case, people.assistant).note_id
    for base in range(1, 20):
        calls = [
            lambda text=text, b=base: write(case, people.assistant, f"{b}{text}", note_id=note, base=b)
            for text in "abcdefgh"
        ]
        if any(type(result).__name__ == "IntegrityError" for result in at_once(calls)):
            return
    raise AssertionError("the lock is not needed")


@pytest.mark.django_db(transaction=True)
def test_one_save_sent_eight_times_at_once_is_one_version_and_one_receipt(case, people):
    note, save_id = uuid4(), uuid4()
    results = at_once([lambda: write(case, people.assistant, note_id=note, save_id=save_id)] * 8)
    assert (results, versions(case)) == ([results[0]] * 8, [(1, "Nobody asked.")])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "outcome"), [(True, "CaseClosed"), (False, "NoteReceipt")])
def test_a_case_that_changes_hands_while_a_note_waits_is_noticed_because_of_the_lock(
    case, people, monkeypatch, locked, outcome
):
    if not locked:
        monkeypatch.setattr(notes, "_lock", lambda case: None)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Inspection.objects.select_for_update(no_key=True).get()
            Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)
            saving = pool.submit(at_once, [lambda: write(case, people.assistant)])
            wait_until_somebody_waits()
        assert type(saving.result()[0]).__name__ == outcome
