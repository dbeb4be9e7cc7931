"""What an interview is prepared with, and how its time is said."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from cases.rules.answers import Content, case_form
from cases.rules.interviews import Timing, new_item, of_case, open_topics, standing_topics
from standards import loader

STANDARDS = loader.load("yj-2024")
FORM = case_form(STANDARDS, "child")
PROMPTS = [question.code for question in FORM.section("2.1").groups[0].prompts]
NOON = datetime(2027, 6, 8, 12, 0)


def topics(answers=(), asked=(), loose=(), used=()):
    content = {code: Content(value) for code, value in dict(answers).items()}
    return open_topics(FORM, content, asked, loose, used)


def said(found) -> list[tuple[str, str]]:
    return [(topic.code, topic.why) for topic in found]


def test_of_a_case_that_nobody_began_each_group_is_one_topic_with_its_questions():
    found = topics()
    groups = [group for section in FORM.sections for group in section.groups if group.key]
    assert said(found) == [(group.key.code, "Nothing is answered yet") for group in groups]
    assert found[0].asks == tuple(f"{code} {FORM.questions[code].text}" for code in PROMPTS)
    assert found[0].questions == ("2.1.1",)


def test_of_a_group_that_somebody_began_each_open_prompt_is_a_topic_and_the_judgement_is_none():
    found = [topic for topic in topics({PROMPTS[0]: "yes"}) if topic.code.startswith("2.1.1")]
    assert said(found) == [(code, "Not answered yet") for code in PROMPTS[1:]]


def test_what_is_answered_no_or_asked_about_is_a_topic():
    answers = dict.fromkeys(PROMPTS, "yes") | {PROMPTS[1]: "no", "2.1.1": "no"}
    found = [topic for topic in topics(answers, asked={PROMPTS[1], PROMPTS[2]}) if topic.code.startswith("2.1.1")]
    assert said(found) == [
        (PROMPTS[1], "Answered No. Somebody asks about this answer"),
        (PROMPTS[2], "Somebody asks about this answer"),
        ("2.1.1", "Answered No"),
    ]


@pytest.mark.parametrize("value", ["yes", "na"])
def test_a_topic_that_was_used_stays_when_its_question_is_answered(value):
    answers = dict.fromkeys([*PROMPTS, "2.1.1"], value)
    found = [topic for topic in topics(answers, used={PROMPTS[0]}) if topic.code.startswith("2.1.1")]
    assert said(found) == [(PROMPTS[0], "Answered since")]


def test_a_used_prompt_of_a_group_that_is_empty_again_is_still_a_topic_of_its_own():
    found = [topic.code for topic in topics(used={PROMPTS[0]}) if topic.code.startswith("2.1.1")]
    assert found == PROMPTS


def test_notes_without_a_question_are_one_topic_and_long_ones_are_cut():
    found = topics(loose=["Ask about school.", "W" * 400])[-1]
    assert (found.code, found.questions, found.asks) == ("notes", (), ("Ask about school.", "W" * 300 + "…"))


def test_what_counts_for_nothing_is_no_open_question():
    assert {topic.code for topic in topics()}.isdisjoint({"I1a", "A1a", "I1", "A1"})


def test_every_interview_asks_the_topics_of_the_standards_whose_question_its_cases_ask():
    narrow = case_form(STANDARDS, "child", {"I1d", "I1e"})
    wide = standing_topics(STANDARDS.topics("case_manager"), [narrow, FORM])
    assert [topic.questions for topic in wide] == [("I1a",), ("I1b",), ("I1c",), ("I1d",), ("I1e",)]
    assert [topic.questions for topic in standing_topics(STANDARDS.topics("case_manager"), [narrow])] == [
        ("I1a",),
        ("I1b",),
        ("I1c",),
    ]


@pytest.mark.parametrize(
    ("started", "finished", "now", "words", "over"),
    [
        (None, None, NOON, "It can last up to 1 hour 30 minutes.", ""),
        (NOON, None, NOON, "Started at 12 noon. It can last until 1:30pm.", ""),
        (NOON, None, NOON + timedelta(minutes=90), "Started at 12 noon. It can last until 1:30pm.", ""),
        (
            NOON,
            None,
            NOON + timedelta(minutes=91),
            "Started at 12 noon. It can last until 1:30pm.",
            "It overran by 1 minute.",
        ),
        (NOON, NOON + timedelta(minutes=90), NOON, "Held from 12 noon to 1:30pm, 1 hour 30 minutes.", ""),
        (
            NOON,
            NOON + timedelta(minutes=155),
            NOON,
            "Held from 12 noon to 2:35pm, 2 hours 35 minutes.",
            "It overran by 1 hour 5 minutes.",
        ),
    ],
)
def test_the_time_is_said_as_it_stands(started, finished, now, words, over):
    timing = Timing(started, finished, 90)
    assert (timing.words(now), timing.over_words(now)) == (words, over)


def test_the_next_note_of_a_topic_has_the_same_id_until_there_is_one():
    assert new_item(1, "V-01", "V1.1a", 0) == new_item(1, "V-01", "V1.1a", 0)
    ids = {new_item(1, "V-01", "V1.1a", 0), new_item(1, "V-01", "V1.1a", 1), new_item(1, "V-02", "V1.1a", 0)}
    assert len(ids) == 3


def test_one_text_has_another_id_with_each_case():
    item = uuid4()
    assert of_case(item, "V-01") == of_case(item, "V-01") != of_case(item, "V-02")
