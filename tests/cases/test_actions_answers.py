"""One answer is saved whole, once, by the one person who may, or not at all."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEvent
from cases.actions.answers import AnswerRefused, CaseClosed, SaveIdReused, StaleAnswer
from cases.models import Answer, Case
from cases.rules.answers import EVIDENCE_LIMIT, Content
from inspections.models import Inspection, Stage
from tests.answering import save, versions
from tests.factories import inspection_with_team, sampled_cases
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people) -> Case:
    return sampled_cases(inspection_with_team(people), reader=people.assistant)[0]


def test_answer_version_start_and_event_are_written_together(case, people, settings):
    settings.CLOCK = "2027-06-08T10:42"
    receipt = save(case, people.assistant)
    answer = Answer.objects.get()
    case.refresh_from_db()
    assert (receipt.question, receipt.version, receipt.saved_at) == ("2.1.1a", 1, clock.now())
    assert (answer.value, answer.evidence, answer.version, answer.is_key) == ("yes", "Heard.", 1, False)
    assert (answer.case, answer.inspection, answer.changed_by) == (case, case.inspection, people.assistant)
    assert versions(case) == [(1, "yes", "Heard.")]
    assert case.started_at == clock.now()


def test_the_event_names_the_answer_and_holds_no_word_of_it(case, people):
    save(case, people.assistant, evidence="Canary")
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.inspection) == ("answer saved", "C-01 2.1.1a", case.inspection.ref)
    assert (event.person, event.position, len(event.digest)) == (people.assistant, 1, 64)
    assert event.detail == {"version": 1, "value": "yes", "sha256": Content("yes", "", "Canary").digest()}


def test_a_later_save_makes_the_next_version_and_keeps_the_first(case, people):
    save(case, people.assistant)
    begun = Case.objects.get(pk=case.pk).started_at
    assert save(case, people.assistant, value="no", evidence="Not heard.", base=1).version == 2
    assert versions(case) == [(1, "yes", "Heard."), (2, "no", "Not heard.")]
    assert Case.objects.get(pk=case.pk).started_at == begun


@pytest.mark.parametrize(("question", "moved"), [("2.1.1", 1), ("2.1.1a", 0)])
def test_only_a_key_question_makes_the_ratings_stale(case, people, question, moved):
    save(case, people.assistant, question=question)
    inspection = Inspection.objects.get(pk=case.inspection_id)
    assert inspection.evidence_version == moved
    assert (inspection.evidence_changed_at is not None) == bool(moved)
    assert Answer.objects.get().is_key is bool(moved)


def test_it_is_one_statement(case, people):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        save(case, people.assistant)
    assert len(queries) == 1


def test_a_stale_save_gets_what_is_there_and_changes_nothing(case, people):
    save(case, people.assistant)
    save(case, people.assistant, value="no", evidence="Second.", base=1)
    with pytest.raises(StaleAnswer) as refused:
        save(case, people.assistant, value="yes", evidence="Third.", base=1)
    theirs = refused.value.theirs
    assert (theirs.content, theirs.version, theirs.by) == (Content("no", "", "Second."), 2, "Assistant")
    assert versions(case) == [(1, "yes", "Heard."), (2, "no", "Second.")]


@pytest.mark.parametrize("base", [2, 5, 2**31 - 2])
def test_a_version_from_the_future_is_stale(case, people, base):
    save(case, people.assistant)
    with pytest.raises(StaleAnswer) as refused:
        save(case, people.assistant, base=base)
    assert refused.value.theirs.version == 1


def test_a_version_of_an_answer_that_was_never_given_is_stale(case, people):
    with pytest.raises(StaleAnswer) as refused:
        save(case, people.assistant, base=3)
    assert (refused.value.theirs.version, refused.value.theirs.content) == (0, Content())
    assert list(Answer.objects.all()) == []


def test_a_first_answer_to_what_is_answered_is_stale(case, people):
    save(case, people.assistant)
    with pytest.raises(StaleAnswer):
        save(case, people.assistant, evidence="Also first.")
    assert versions(case) == [(1, "yes", "Heard.")]


def test_a_repeat_gets_the_same_receipt(case, people):
    save_id = uuid4()
    first = save(case, people.assistant, save_id=save_id)
    assert save(case, people.assistant, save_id=save_id) == first
    assert len(versions(case)) == 1


def test_a_repeat_gets_its_receipt_even_after_later_saves_and_sending(case, people):
    save_id = uuid4()
    first = save(case, people.assistant, save_id=save_id)
    save(case, people.assistant, value="no", base=1)
    Case.objects.filter(pk=case.pk).update(sent_at=clock.now(), sent_by=people.assistant)
    assert save(case, people.assistant, save_id=save_id) == first


@pytest.mark.parametrize(
    "other", [{"evidence": "Other."}, {"value": "no"}, {"question": "2.1.1b"}, {"evidence": "Other.", "base": 1}]
)
def test_the_same_id_with_another_body_is_refused(case, people, other):
    save_id = uuid4()
    save(case, people.assistant, save_id=save_id)
    with pytest.raises(SaveIdReused):
        save(case, people.assistant, save_id=save_id, **other)
    assert versions(case) == [(1, "yes", "Heard.")]
    assert Answer.objects.count() == 1


def test_the_same_id_for_another_case_is_refused(people):
    one, other, _ = sampled_cases(inspection_with_team(people), reader=people.assistant)
    save_id = uuid4()
    save(one, people.assistant, save_id=save_id)
    with pytest.raises(SaveIdReused):
        save(other, people.assistant, save_id=save_id)


@pytest.mark.parametrize(
    ("change", "inspection"),
    [
        ({"sent": True}, {}),
        ({"left": True}, {}),
        ({"reader": "second_assistant"}, {}),
        ({"reader": None}, {}),
        ({}, {"stage": Stage.RATING}),
        ({}, {"stage": Stage.ANNOUNCED}),
    ],
)
def test_the_statement_itself_asks_whether_the_case_is_still_theirs(case, people, change, inspection):
    """`case` is as the guard fetched it; what happened since is known to the database only."""
    fields = {}
    if "sent" in change:
        fields = {"sent_at": clock.now(), "sent_by": people.assistant}
    if "left" in change:
        fields = {"left_at": clock.now(), "left_reason": "Replaced"}
    if "reader" in change:
        fields = {"reader": getattr(people, change["reader"]) if change["reader"] else None}
    Case.objects.filter(pk=case.pk).update(**fields) if fields else None
    Inspection.objects.filter(pk=case.inspection_id).update(**inspection) if inspection else None
    with pytest.raises(CaseClosed):
        save(case, people.assistant)
    assert list(Answer.objects.all()) == []
    assert list(AuditEvent.objects.all()) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"question": "9.9.9"}, "This case read does not ask a question 9.9.9"),
        ({"question": "V1.1"}, "This case read does not ask a question V1.1"),
        ({"question": ""}, "This case read does not ask a question "),
        ({"value": "maybe"}, "Select Yes, No or Not applicable for 2.1.1a"),
        ({"na_reason": "too_early"}, "Give a reason for 2.1.1a only when it does not apply to this case"),
        (
            {"value": "na", "na_reason": "nonsense"},
            "Choose one of the reasons why 2.1.1a does not apply to this case",
        ),
        (
            {"evidence": "x" * (EVIDENCE_LIMIT + 212)},
            "Evidence must be 100,000 characters or fewer. You have 100,212",
        ),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_a_sentence(case, people, fields, sentence):
    with pytest.raises(AnswerRefused) as refused:
        save(case, people.assistant, **fields)
    assert str(refused.value) == sentence
    assert list(Answer.objects.all()) == []


TEXTS = {
    "emoji": "\N{CHILD}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} \N{WOMAN}\u200d\N{GIRL} went well \N{PARTY POPPER}",
    "welsh": "Mae'r plentyn yn hoffi'r tŷ a'r ŵyl, ŵŷÂÊÎÔÛ",
    "right to left": "\u202eabc\u202c \u200f\u0645\u0631\u062d\u0628\u0627\u200f",
    "word": '<p class="MsoNormal"><b>Bold</b><script>alert(1)</script>{{ 7*7 }} %s %(x)s \\ \' " ; DROP TABLE',
    "white space": "\n  two\n\n\tlines  \n",
    "long": "å" * EVIDENCE_LIMIT,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_is_kept_to_the_character(case, people, text):
    save(case, people.assistant, evidence=text)
    assert Answer.objects.get().evidence == text
    assert versions(case) == [(1, "yes", text)]


# --- races, each against real connections; test_save_races.py takes the guards away -----------------------


@pytest.mark.django_db(transaction=True)
def test_of_eight_writers_on_one_version_exactly_one_wins_each_round(case, people):
    for base in range(6):
        texts = [f"{base} by {writer}" for writer in range(8)]
        results = at_once(
            [lambda text=text, b=base: save(case, people.assistant, evidence=text, base=b) for text in texts]
        )
        won = [result for result in results if not isinstance(result, Exception)]
        lost = [result for result in results if isinstance(result, StaleAnswer)]
        winner = texts[results.index(won[0])]
        assert (len(won), len(lost)) == (1, 7)
        assert {stale.theirs.content.evidence for stale in lost} == {winner}
        assert versions(case)[-1] == (base + 1, "yes", winner)
    assert len(versions(case)) == 6
    assert AuditEvent.objects.count() == 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("base", [0, 1])
def test_one_save_sent_eight_times_at_once_is_one_version_and_one_receipt(case, people, base):
    if base:
        save(case, people.assistant)
    save_id = uuid4()
    results = at_once([lambda: save(case, people.assistant, value="no", base=base, save_id=save_id)] * 8)
    assert results == [results[0]] * 8
    assert versions(case)[base:] == [(base + 1, "no", "Heard.")]


@pytest.mark.django_db(transaction=True)
def test_one_id_for_two_answers_at_once_saves_one_and_refuses_the_other(case, people):
    questions = ("2.1.1a", "2.1.1b")
    for _ in range(10):
        save_id = uuid4()
        base = {question: len(versions(case, question)) for question in questions}
        results = at_once(
            [lambda q=q, b=base, i=save_id: save(case, people.assistant, q, base=b[q], save_id=i) for q in questions]
        )
        assert sorted(type(result).__name__ for result in results) == ["Receipt", "SaveIdReused"]


@pytest.mark.django_db(transaction=True)
def test_answers_of_many_cases_at_once_are_all_saved_in_one_chain(people):
    cases = sampled_cases(inspection_with_team(people), count=8, reader=people.assistant)
    questions = ("2.1.1a", "2.1.1", "2.2.1")

    def all_of(case):
        return [save(case, people.assistant, question=question).version for question in questions]

    results = at_once([lambda case=case: all_of(case) for case in cases])
    assert results == [[1, 1, 1]] * 8
    assert Inspection.objects.get().evidence_version == 16
    assert list(AuditEvent.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 25))


@pytest.mark.django_db(transaction=True)
def test_a_case_given_away_while_saves_arrive_takes_none_after_that(case, people):
    """However they interleave: a save is either before the change in the record, or refused."""

    def give_away():
        return Case.objects.filter(pk=case.pk).update(reader=people.second_assistant)

    for _ in range(10):
        Case.objects.filter(pk=case.pk).update(reader=people.assistant)
        base = len(versions(case))
        result, _given = at_once([lambda b=base: save(case, people.assistant, base=b), give_away])
        expected = base if isinstance(result, CaseClosed) else base + 1
        assert len(versions(case)) == expected
        with pytest.raises(CaseClosed):
            save(case, people.assistant, base=expected)
