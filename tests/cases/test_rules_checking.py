"""What a case read still lacks, in the order of its questions."""

import pytest

from cases.rules.answers import Content, case_form
from cases.rules.checking import gaps
from standards import loader

FORM = case_form(loader.load("yj-2024"), "child")
COMPLETE = {code: Content("yes", "", "Seen." if question.is_key else "") for code, question in FORM.questions.items()}


def sentences(**changed: Content) -> list[str]:
    answers = COMPLETE | {code.replace("_", "."): content for code, content in changed.items()}
    return [gap.sentence for gap in gaps(FORM, answers)]


def test_a_complete_read_lacks_nothing():
    assert sentences() == []


@pytest.mark.parametrize(
    ("code", "content", "expected"),
    [
        ("2_1_1a", Content(), ["Select Yes, No or Not applicable for 2.1.1a"]),
        ("2_1_1a", Content(evidence="Only words"), ["Select Yes, No or Not applicable for 2.1.1a"]),
        ("2_1_1a", Content("no"), []),
        ("2_1_1a", Content("na"), ["Say why 2.1.1a does not apply to this case"]),
        ("2_1_1a", Content("na", "too_early"), []),
        ("2_1_1a", Content("na", "other"), ["Say why 2.1.1a does not apply to this case"]),
        ("2_1_1a", Content("na", "other", " \n"), ["Say why 2.1.1a does not apply to this case"]),
        ("2_1_1a", Content("na", "other", "Moved abroad."), []),
        ("2_1_1", Content(), ["Select Yes, No or Not applicable for 2.1.1"]),
        (
            "2_1_1",
            Content("yes", "", "  "),
            ["Write the evidence for 2.1.1 Assessing: achieve positive change for the child"],
        ),
        (
            "2_1_1",
            Content("na"),
            [
                "Say why 2.1.1 does not apply to this case",
                "Write the evidence for 2.1.1 Assessing: achieve positive change for the child",
            ],
        ),
    ],
)
def test_what_each_answer_lacks(code, content, expected):
    assert sentences(**{code: content}) == expected


def test_an_untouched_read_lacks_every_answer_that_is_needed_in_the_order_of_the_form():
    assert [gap.question.code for gap in gaps(FORM, {})] == [code for code in FORM.questions if code in FORM.needed]


@pytest.mark.parametrize("content", [Content(), Content("na"), Content("", "", "Words")])
def test_what_counts_for_nothing_lacks_nothing(content):
    assert sentences(I1a=content, A1a=content) == []
