"""The 2024 standards, line by line against what is published."""

from datetime import date, time

import pytest

from standards.loader import available, load
from standards.schema import KeyQuestion, Prompt

YJ_2024 = load("yj-2024")


def test_the_file_is_there_and_knows_its_own_content():
    assert "yj-2024" in available()
    assert (YJ_2024.key, YJ_2024.published, len(YJ_2024.content_hash)) == ("yj-2024", "November 2024", 64)


def test_the_standards_are_those_that_are_published():
    assert [(standard.code, standard.title, standard.rated_from) for standard in YJ_2024.standards] == [
        ("1.1", "Governance and leadership", "panel"),
        ("1.2", "Staffing", "panel"),
        ("1.3", "Partnerships and services", "panel"),
        ("2.1", "Assessing", "cases_lowest"),
        ("2.2", "Planning", "cases_lowest"),
        ("2.3", "Delivery", "cases_lowest"),
        ("V1", "Victims", "victims_table"),
    ]


def test_each_standard_of_domain_two_asks_the_same_two_key_questions():
    for code in ("2.1", "2.2", "2.3"):
        asked = [
            (question.code, question.label, question.case_kind) for question in YJ_2024.standard(code).key_questions
        ]
        assert asked == [
            (f"{code}.1", "Achieve positive change for the child", "child"),
            (f"{code}.2", "Keep the child and the community safe", "child"),
        ]


def test_only_the_victims_key_questions_have_their_official_wording():
    official = [question.code for _, question in YJ_2024.key_questions() if not question.illustrative]

    assert official == ["V1.1", "V1.2"]
    assert YJ_2024.key_question("V1.1").text == "Is work with victims high-quality, individualised and responsive?"


def test_every_prompt_is_marked_illustrative_counts_for_nothing_and_hangs_on_its_key_question():
    for _, question in YJ_2024.key_questions():
        assert len([prompt for prompt in question.prompts if not prompt.only_if]) == 6
        for letter, prompt in zip("abcdefg", question.prompts, strict=False):
            assert (prompt.code, prompt.illustrative, prompt.counts) == (f"{question.code}{letter}", True, False)


def test_domain_one_has_themes_and_no_invented_key_questions():
    for code in ("1.1", "1.2", "1.3"):
        standard = YJ_2024.standard(code)
        assert standard.key_questions == ()
        assert [theme.code for theme in standard.themes] == [f"{code}{letter}" for letter in "abcde"]
        assert all(theme.illustrative for theme in standard.themes)


@pytest.mark.parametrize(
    ("kind", "sections"),
    [
        ("child", [("2.1", ["2.1.1", "2.1.2"]), ("2.2", ["2.2.1", "2.2.2"]), ("2.3", ["2.3.1", "2.3.2"])]),
        ("victim", [("V1", ["V1.1"])]),
    ],
)
def test_a_case_read_has_the_sections_of_its_kind(kind, sections):
    found = [
        (section.code, [question.code for question in section.key_questions]) for section in YJ_2024.sections(kind)
    ]

    assert found == sections


@pytest.mark.parametrize(("kind", "asked"), [("child", {"I1": 5, "A1": 2}), ("victim", {"I2": 3, "A2": 2})])
def test_a_case_read_ends_with_questions_that_count_for_nothing(kind, asked):
    found = YJ_2024.uncounted(kind)

    assert {section.code: len(section.prompts) for section in found} == asked
    assert {prompt.counts for section in found for prompt in section.prompts} == {False}
    assert YJ_2024.question("I1a") == YJ_2024.uncounted("child")[0].prompts[0]
    with pytest.raises(KeyError):
        YJ_2024.standard_of("I1a")


def test_every_question_about_a_case_says_what_to_look_for():
    asked = [question for standard, question in YJ_2024.key_questions() if question.case_kind]
    prompts = [prompt for question in asked for prompt in question.prompts]
    prompts += [prompt for section in YJ_2024.case_sections for prompt in section.prompts]

    assert [question.code for question in [*asked, *prompts] if not question.guidance] == []


def test_a_question_is_found_by_its_lasting_code():
    assert isinstance(YJ_2024.question("2.1.1"), KeyQuestion)
    assert isinstance(YJ_2024.question("2.1.1a"), Prompt)
    assert YJ_2024.standard_of("2.1.1a").code == "2.1"
    assert YJ_2024.standard_of("1.1c").code == "1.1"
    with pytest.raises(KeyError):
        YJ_2024.question("2.1.9")
    with pytest.raises(KeyError):
        YJ_2024.standard_of("2.1.9")


def test_cases_are_answered_yes_no_or_not_applicable_and_the_meeting_says_yes_or_no():
    options = {
        code: [option.code for option in YJ_2024.key_question(code).answer_options] for code in ("2.1.1", "V1.2")
    }

    assert options == {"2.1.1": ["yes", "no", "na"], "V1.2": ["yes", "no"]}
    assert [option.code for option in YJ_2024.answer_options if option.needs_reason] == ["na"]


@pytest.mark.parametrize(
    ("kind", "on", "limits"),
    [
        ("child", date(2024, 1, 1), (15, 125)),
        ("child", date(2025, 6, 2), (15, 125)),
        ("child", date(2026, 4, 1), (14, 91)),
        ("victim", date(2026, 3, 31), (9, 30)),
        ("victim", date(2026, 4, 1), (9, 24)),
    ],
)
def test_the_sample_limits_hold_from_their_date(kind, on, limits):
    found = YJ_2024.sample_limit(kind, on)

    assert (found.minimum, found.maximum) == limits


def test_interviews_have_their_published_lengths():
    found = [YJ_2024.interview(kind) for kind in ("child", "victim")]

    assert [(item.minutes, item.cases, item.every_case, item.remote) for item in found] == [
        (90, 1, True, True),
        (60, 3, False, True),
    ]


@pytest.mark.parametrize(
    ("code", "weeks", "rated", "meeting", "domain_one"),
    [
        ("iyjwcv", 1, 4, "Ratification meeting", False),
        ("iyjs", 2, 7, "Ratings panel", True),
        ("reactive", 2, 7, "Ratings panel", True),
    ],
)
def test_each_inspection_type_rates_what_it_rates_and_counts_the_same_four(code, weeks, rated, meeting, domain_one):
    found = YJ_2024.inspection_types[code]

    assert (found.weeks, len(found.rated), found.meeting.name, found.domain_one_rated) == (
        weeks,
        rated,
        meeting,
        domain_one,
    )
    assert found.counting == ("2.1", "2.2", "2.3", "V1")
    assert YJ_2024.overall_scale(code).maximum == 12


def test_a_reactive_inspection_follows_a_one_week_inspection_after_4_to_6_weeks():
    found = YJ_2024.inspection_types["reactive"]

    assert (found.follows, found.follows_after_weeks) == ("iyjwcv", (4, 6))


def test_the_week_has_its_fixed_meetings():
    found = {meeting.code: meeting for meeting in YJ_2024.inspection_types["iyjwcv"].meetings}

    assert [(found[code].first_day, found[code].part) for code in ("head_of_service", "chair_presentation")] == [
        (0, "afternoon"),
        (0, "afternoon"),
    ]
    assert found["multi_agency_discussion"].count == 2
    assert YJ_2024.inspection_types["iyjwcv"].on_site.starts == time(12)


def test_the_second_week_of_a_two_week_inspection_has_the_discussions_and_the_board():
    second_week = [meeting.code for meeting in YJ_2024.inspection_types["iyjs"].meetings if meeting.first_day == 7]

    assert second_week == ["triangulation", "focus_group", "multi_agency_discussion", "board", "board_chair", "staff"]


def test_reports_on_services_in_wales_come_in_two_languages():
    assert [nation.languages for nation in YJ_2024.nations.values()] == [("English",), ("English", "Welsh")]
