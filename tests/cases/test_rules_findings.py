"""What findings are about, when one is agreed, and what is worth a second look."""

import pytest

from cases.rules.findings import Support, card_checks, finding_checks, is_agreed, topics
from standards import loader


@pytest.mark.parametrize(
    ("key", "kind", "codes"),
    [
        ("yj-2024", "iyjwcv", ["1.1", "1.2", "1.3", "V1.2"]),
        ("yj-2024", "iyjs", ["1.1", "1.2", "1.3", "V1.2"]),
        ("yj-2024", "reactive", ["1.1", "1.2", "1.3", "V1.2"]),
    ],
)
def test_topics_are_what_no_case_answers(key, kind, codes):
    standards = loader.load(key)
    assert [topic.code for topic in topics(standards, standards.inspection_types[kind])] == codes


def test_a_topic_has_the_prompts_of_the_standards():
    standards = loader.load("yj-2024")
    found = topics(standards, standards.inspection_types["iyjs"])
    assert [(topic.standard, len(topic.prompts)) for topic in found] == [("1.1", 5), ("1.2", 5), ("1.3", 5), ("V1", 6)]


def card(name="E1", source="Document", direction="strength", strength="strong", withdrawn=False):
    return Support(name, source, direction, strength, withdrawn)


@pytest.mark.parametrize(
    ("supports", "people", "agreed"),
    [([card()], 2, True), ([card()], 1, False), ([], 2, False), ([card(withdrawn=True)], 2, False)],
)
def test_it_takes_two_people_and_evidence_that_stands(supports, people, agreed):
    assert is_agreed(supports, people) is agreed


CHECKS = [
    ("some", [], ["It rests on no evidence, so it cannot be agreed yet."]),
    ("strong", [card()], ["It is called strong, and rests on E1 alone."]),
    ("strong", [card(), card("E2")], ["It is called strong, and all its evidence has one source: document."]),
    ("strong", [card(), card("E2", "Data")], []),
    (
        "strong",
        [card(strength="some"), card("E2", "Data", strength="weak")],
        ["It is called strong, and none of its evidence is."],
    ),
    ("some", [card(direction="improve"), card("E2")], ["E1 points the other way."]),
    ("some", [card(direction="note")], []),
    ("some", [card(withdrawn=True), card("E2")], ["E1 was withdrawn after this was written."]),
]


@pytest.mark.parametrize(("strength", "supports", "sentences"), CHECKS)
def test_what_is_worth_a_second_look(strength, supports, sentences):
    assert list(finding_checks("strength", strength, supports)) == sentences


@pytest.mark.parametrize(
    ("text", "checks"), [("Seven words are not enough for this", 1), ("Eight words are just enough for this one", 0)]
)
def test_a_very_short_card_is_looked_at(text, checks):
    assert len(card_checks(text)) == checks
