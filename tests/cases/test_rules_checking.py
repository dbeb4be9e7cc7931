"""What a case read still lacks, in the order of its questions."""

import pytest

from cases.rules.answers import Content, case_form
from cases.rules.checking import against_prompts, gaps
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


# --- a judgement against its prompts -------------------------------------------------------------------------

GROUP = FORM.sections[0].groups[0]
LETTERS = {"y": "yes", "n": "no", "a": "na", "-": ""}


def against(judged: str, prompts: str) -> str:
    codes = [prompt.code for prompt in GROUP.prompts]
    return against_prompts(GROUP, {GROUP.key.code: judged} | dict(zip(codes, map(LETTERS.get, prompts), strict=False)))


@pytest.mark.parametrize(
    ("judged", "prompts", "said"),
    [
        ("no", "yyy", "3 of 3 prompts are Yes"),
        ("no", "yyn", "2 of 3 prompts are Yes"),
        ("yes", "nny", "2 of 3 prompts are No"),
        ("yes", "nnna-", "3 of 3 prompts are No"),
    ],
)
def test_a_judgement_against_most_of_its_prompts_is_asked_why(judged, prompts, said):
    label = judged.capitalize()
    assert against(judged, prompts) == f"You answered {label}, but {said}. Say why"


@pytest.mark.parametrize(
    ("judged", "prompts"),
    [
        ("no", "nnny"),  # with them
        ("yes", "yyyn"),
        ("no", "yynn"),  # half is not most
        ("no", "yy"),  # too few speak
        ("no", "yyaa-"),
        ("na", "yyyy"),  # no judgement either way
        ("", "nnnn"),
        ("no", ""),
    ],
)
def test_any_other_judgement_is_not(judged, prompts):
    assert against(judged, prompts) == ""


def test_the_reason_is_needed_before_sending_and_is_enough():
    sentence = "You answered No, but 6 of 6 prompts are Yes. Say why"
    assert len(GROUP.prompts) == 6
    assert sentences(**{"2_1_1": Content("no", "", "Seen.")}) == [sentence]
    assert sentences(**{"2_1_1": Content("no", "", "Seen.", " ")}) == [sentence]
    assert sentences(**{"2_1_1": Content("no", "", "Seen.", "The one No outweighs them.")}) == []


# --- an answer that changed after it was sent ----------------------------------------------------------------


def test_each_answer_that_changed_after_sending_needs_its_reason():
    answers = COMPLETE | {"2.1.1a": Content("no"), "2.1.1b": Content("yes", change_reason="A record was found")}
    answers |= {"2.1.1c": Content("no", change_reason="Misread")}
    assert [(gap.field, gap.sentence) for gap in gaps(FORM, answers, COMPLETE)] == [
        ("change_reason", "Say why 2.1.1a was changed")
    ]


def test_an_answer_to_what_was_not_asked_before_is_a_change():
    sent = {code: content for code, content in COMPLETE.items() if code != "2.1.1a"}
    assert [gap.sentence for gap in gaps(FORM, COMPLETE, sent)] == ["Say why 2.1.1a was changed"]
