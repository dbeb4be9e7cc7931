"""Codes that people type become links to questions, in the order in which they are asked."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cases.rules.answers import case_form
from cases.rules.notes import KeptNote, NoteContent, UnknownQuestions, linked_questions, linked_to, unlinked
from standards import loader

FORM = case_form(loader.load("yj-2024"), "child")
VICTIMS = case_form(loader.load("yj-2024"), "victim")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ()),
        ("  ", ()),
        ("2.1.1a", ("2.1.1a",)),
        ("2.1.2 2.1.1a", ("2.1.1a", "2.1.2")),
        ("2.1.1a, 2.1.1b;2.1.1c", ("2.1.1a", "2.1.1b", "2.1.1c")),
        ("2.1.1A 2.1.1a", ("2.1.1a",)),
        ("2.1.1a.", ("2.1.1a",)),
    ],
)
def test_codes_are_read_as_people_type_them(typed, codes):
    assert linked_questions(FORM, typed) == codes


def test_codes_with_capitals_are_found_in_small_letters_too():
    assert linked_questions(VICTIMS, "v1.1") == ("V1.1",)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9.9.9", "This case read does not ask a question 9.9.9"),
        ("2.1.1a 9.9.9 V1.1", "This case read does not ask a question 9.9.9 or V1.1"),
        ("a b c d e", "This case read does not ask a question a or b or c"),
        ("x" * 500, f"This case read does not ask a question {'x' * 20}…"),
    ],
)
def test_an_unknown_code_is_named(typed, sentence):
    with pytest.raises(UnknownQuestions) as refused:
        linked_questions(FORM, typed)
    assert str(refused.value) == sentence


def note(*questions, struck=False) -> KeptNote:
    return KeptNote(
        uuid4(), NoteContent("Said.", "plan", None, questions, struck), "Plan", 1, "Lead", datetime.now(UTC)
    )


def test_a_note_stands_under_each_of_its_questions_in_their_order():
    both, one, other, struck = note("2.1.1a", "2.1.1b"), note("2.1.1b"), note("2.2.1"), note("2.1.1a", struck=True)
    found = linked_to(FORM.section("2.1"), [one, both, other, struck, note()])
    assert [(each.question.code, each.notes) for each in found] == [("2.1.1a", (both,)), ("2.1.1b", (one, both))]


def test_notes_without_a_question_are_counted_unless_struck_out():
    loose = note()
    assert unlinked([loose, note("2.1.1a"), note(struck=True)]) == [loose]


def test_another_word_date_link_or_striking_makes_another_digest():
    said = [
        NoteContent("a", "plan"),
        NoteContent("b", "plan"),
        NoteContent("a", "record"),
        NoteContent("a", "plan", datetime(2027, 1, 3).date()),
        NoteContent("a", "plan", None, ("2.1.1",)),
        NoteContent("a", "plan", None, (), True),
    ]
    assert len({content.digest() for content in said}) == len(said)
