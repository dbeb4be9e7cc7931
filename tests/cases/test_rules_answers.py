"""What is asked, in which order, and which words are kept."""

from datetime import datetime

import pytest

from cases.rules.answers import CaseForm, Content, case_form, plain_text, refusal, time_words
from standards import loader

STANDARDS = loader.load("yj-2024")


@pytest.fixture(scope="module")
def form() -> CaseForm:
    return case_form(STANDARDS, "child")


def test_a_childs_case_is_asked_the_three_standards_in_order_and_then_what_counts_for_nothing(form):
    assert [(section.code, section.title) for section in form.sections] == [
        ("2.1", "Assessing"),
        ("2.2", "Planning"),
        ("2.3", "Delivery"),
        ("I1", "Interview with the case manager"),
        ("A1", "Anything else"),
    ]
    assert [section.counts for section in form.sections] == [True, True, True, False, False]


def test_a_victims_case_is_asked_what_is_counted_from_cases_only():
    form = case_form(STANDARDS, "victim")
    assert [question.code for question in form.questions.values() if question.is_key] == ["V1.1"]


def test_prompts_come_first_and_their_key_question_last(form):
    codes = [question.code for question in form.section("2.1").questions]
    assert codes[:7] == ["2.1.1a", "2.1.1b", "2.1.1c", "2.1.1d", "2.1.1e", "2.1.1f", "2.1.1"]
    assert codes[7:] == ["2.1.2a", "2.1.2b", "2.1.2c", "2.1.2d", "2.1.2e", "2.1.2f", "2.1.2"]


def test_positions_count_through_a_section(form):
    for section in form.sections:
        positions = [question.position for question in section.questions]
        assert positions == list(range(1, len(positions) + 1))


def test_the_section_after(form):
    following = [getattr(form.section_after(section.code), "code", None) for section in form.sections]
    assert following == ["2.2", "2.3", "I1", "A1", None]


@pytest.mark.parametrize(
    ("answered", "first"),
    [(set(), "2.1.1a"), ({"2.1.1a"}, "2.1.1b"), ({"2.1.1b"}, "2.1.1a"), ({"2.1.1a", "2.1.1b", "2.1.1c"}, "2.1.1d")],
)
def test_the_first_unanswered_question(form, answered, first):
    assert form.first_unanswered(answered).code == first


def test_nothing_is_unanswered_when_all_that_counts_is_answered(form):
    assert form.first_unanswered({code for section in ["2.1", "2.2", "2.3"] for code in asked(form, section)}) is None


def asked(form, section) -> list[str]:
    return [question.code for question in form.section(section).questions]


def test_what_is_left_out_is_not_asked_and_positions_close_up():
    form = case_form(STANDARDS, "child", {"2.2.1g", "I1a", "A1a", "A1b"})
    positions = {question.code: question.position for question in form.section("2.2").questions}
    assert "2.2.1g" not in form.questions
    assert (positions["2.2.1f"], positions["2.2.1"], positions["2.2.2a"]) == (6, 7, 8)
    assert asked(form, "I1") == ["I1b", "I1c", "I1d", "I1e"]
    assert [section.code for section in form.sections] == ["2.1", "2.2", "2.3", "I1"]


def test_a_question_says_how_it_is_answered(form):
    choice, words = form.questions["I1a"], form.questions["A1a"]
    assert (choice.field, words.field, choice.needed, words.needed) == ("value", "evidence", False, False)
    assert [choice.answered_by(content) for content in (Content("no"), Content("", "", "Seen."))] == [True, False]
    assert [words.answered_by(content) for content in (Content("", "", " "), Content("", "", "Seen."))] == [False, True]


def test_an_answer_in_words_is_called_so(form):
    question = form.questions["A1a"]
    assert [form.words(content, question) for content in (Content(), Content("", "", "Seen."))] == [
        "Not answered",
        "Answered in words",
    ]
    assert form.words(Content("", "", "Seen."), form.questions["2.1.1a"]) == "Not answered"


@pytest.mark.parametrize(
    ("code", "content", "sentence"),
    [
        ("A1a", Content("yes"), "Answer A1a in words"),
        ("A1a", Content("", "", "Seen."), ""),
        ("I1a", Content("maybe"), "Select Yes, No or Not applicable for I1a"),
        ("I1a", Content("na"), ""),
    ],
)
def test_what_can_be_an_answer_to_a_question_that_does_not_count(form, code, content, sentence):
    assert refusal(form, code, content) == sentence


def test_key_questions_say_what_to_look_for(form):
    assert [question.code for question in form.questions.values() if not question.guidance] == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("as it is", "as it is"),
        ("a\0b\0", "ab"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("half \ud83d of a character", "half \ufffd of a character"),
        ("two halves \ud83d\ude00", "two halves \U0001f600"),
        ("\u200f\u05d0 \u202e", "\u200f\u05d0 \u202e"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_only_what_no_page_can_hold_is_taken_out_of_a_text(typed, kept):
    assert plain_text(typed) == kept


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2027, 6, 8, 10, 42), "10:42am"),
        (datetime(2027, 6, 8, 0, 5), "12:05am"),
        (datetime(2027, 6, 8, 12, 0), "12:00pm"),
        (datetime(2027, 6, 7, 16, 9), "4:09pm on Monday 7 June 2027"),
        (datetime(2026, 6, 8, 16, 9), "4:09pm on Monday 8 June 2026"),
    ],
)
def test_a_time_in_words_names_the_day_when_it_is_not_today(moment, words):
    assert time_words(moment, datetime(2027, 6, 8, 23, 59)) == words
