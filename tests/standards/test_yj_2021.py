"""The standards of 2021 as the file has them, against counts and letters taken from the published annexe by hand."""

import pytest

from standards.loader import available, load
from standards.schema import Facts

YJ_2021 = load("yj-2021")
CORE = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4"]

# Key questions of each standard, each with the number of its prompts.
PROMPTS = {
    "1.1": [7, 4, 5],
    "1.2": [5, 4, 5, 3, 6],
    "1.3": [6, 4, 4],
    "1.4": [5, 3, 3, 6],
    "2.1": [7, 3, 3],
    "2.2": [6, 4, 5],
    "2.3": [7, 2, 3],
    "2.4": [5, 3, 4],
    "2.5": [4, 6, 5],
    "3.1": [7, 2, 2],
    "3.2": [7, 3, 4],
    "3.3": [5, 2, 2],
    "3.4": [5, 6, 5],
}
TITLES = {
    "1.1": "Governance and leadership",
    "1.2": "Staff",
    "1.3": "Partnerships and services",
    "1.4": "Information and facilities",
    "2.1": "Assessment",
    "2.2": "Planning",
    "2.3": "Implementation and delivery",
    "2.4": "Reviewing",
    "2.5": "Resettlement policy and provision",
    "3.1": "Assessment",
    "3.2": "Planning",
    "3.3": "Implementation and delivery",
    "3.4": "OOCD policy and provision",
}


def test_every_standard_key_question_and_prompt_is_there():
    found = {
        standard.code: [len(question.prompts) for question in standard.key_questions] for standard in YJ_2021.standards
    }
    assert found == PROMPTS
    assert (sum(map(len, found.values())), sum(map(sum, found.values()))) == (42, 187)
    assert {standard.code: standard.title for standard in YJ_2021.standards} == TITLES


def test_letters_are_those_of_the_source_also_where_one_is_missing():
    letters = {
        question.code: "".join(prompt.code.removeprefix(question.code) for prompt in question.prompts)
        for _, question in YJ_2021.key_questions()
    }
    assert letters.pop("1.4.4") == "abcdeg"
    assert {code: found for code, found in letters.items() if found != "abcdefg"[: len(found)]} == {}


def test_nothing_of_it_is_illustrative():
    texts = [item for _, question in YJ_2021.key_questions() for item in (question, *question.prompts)]
    assert [item.code for item in texts if item.illustrative] == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("1.1.2a", "Do YOT Management Board members advocate the work of the YOT in their own broader roles?"),
        ("1.2.1a", "Are staffing levels sufficient?"),
        ("1.4.4g", "Is learning communicated effectively?"),
        ("2.3.2a", "Does service delivery promote the safety and wellbeing of the child?"),
        ("2.5.3a", "Is resettlement policy and provision regularly evaluated and reviewed?"),
        ("3.4.3c", "Does evaluation and review identify and respond to changes in the OOCD evidence base?"),
    ],
)
def test_prompts_read_as_they_were_published(code, text):
    assert YJ_2021.question(code).text == text


def test_resettlement_is_modular_and_the_twelve_others_count():
    kind = YJ_2021.inspection_types["iyos"]
    assert ([*kind.counting], [*kind.rated]) == (CORE, [*CORE, "2.5"])
    assert [standard.code for standard in YJ_2021.standards if standard.modular] == ["2.5"]
    (hurdle,) = YJ_2021.hurdles
    assert (hurdle.standard, hurdle.rating, hurdle.keeps_from) == ("2.5", "inadequate", "outstanding")


def test_every_scale_is_in_proportion_to_the_twelve_point_bands_of_2024():
    """0-2, 3-6, 7-10, 11-12 of 12: at most a sixth, a half and five sixths of the most that can be scored."""
    for count in range(1, 13):
        bands = [(band.lowest, band.highest) for band in YJ_2021.scale(count).bands]
        ends = [3 * count // 6, 3 * count // 2, 5 * 3 * count // 6, 3 * count]
        assert bands == list(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    assert [(band.lowest, band.highest) for band in YJ_2021.scale(12).bands] == [(0, 6), (7, 18), (19, 30), (31, 36)]
    assert [(band.lowest, band.highest) for band in YJ_2021.scale(8).bands] == [(0, 4), (5, 12), (13, 20), (21, 24)]


@pytest.mark.parametrize(
    ("work_type", "asked"),
    [
        ("court", ["2.1", "2.2", "2.3", "2.4"]),
        ("bail_and_remand", ["2.1", "2.2", "2.3", "2.4"]),
        ("resettlement", ["2.1", "2.2", "2.3", "2.4"]),
        ("out_of_court", ["3.1", "3.2", "3.3"]),
        (None, ["2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3"]),
    ],
)
def test_domain_two_is_asked_about_court_work_and_domain_three_about_the_rest(work_type, asked):
    counted = [standard for standard in YJ_2021.standards if standard.counted_questions()]
    known = Facts(work_type=work_type)
    assert [standard.code for standard in counted if standard.only_if and standard.only_if.holds(known)] == asked


def test_of_2018_only_standards_and_scores_are_known():
    found = load("yj-2018")
    assert found.closed
    assert [standard.code for standard in found.standards] == CORE
    assert (found.standard("3.4").title, list(found.key_questions())) == ("Joint working", [])
    assert found.scale(12) == YJ_2021.scale(12)


def test_the_three_frameworks_are_there():
    assert available() == ["yj-2018", "yj-2021", "yj-2024"]
