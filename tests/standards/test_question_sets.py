"""Questions that depend on facts, and questions that count for nothing: what the file may say and what it means."""

import tomllib

import pytest

from standards.loader import DATA, StandardsError, load
from standards.schema import Condition, Facts
from tests.standards.test_loader import named, toml


@pytest.mark.parametrize(
    ("condition", "facts", "asked"),
    [
        (Condition(work_type=("court",)), Facts(work_type="court"), True),
        (Condition(work_type=("court", "resettlement")), Facts(work_type="resettlement"), True),
        (Condition(work_type=("court",)), Facts(work_type="out_of_court"), False),
        (Condition(care_experienced=True), Facts(care_experienced=True), True),
        (Condition(care_experienced=True), Facts(care_experienced=False), False),
        (Condition(care_experienced=False), Facts(care_experienced=True), False),
        (Condition(welsh_speaking=True), Facts(welsh_speaking=False), False),
        (Condition(is_macd=True), Facts(is_macd=False), False),
        (Condition(age_from=16), Facts(age=15), False),
        (Condition(age_from=16), Facts(age=16), True),
        (Condition(age_to=12), Facts(age=12), True),
        (Condition(age_to=12), Facts(age=13), False),
        (Condition(age_from=0, age_to=0), Facts(age=0), True),
        (Condition(work_type=("court",), age_from=16), Facts(work_type="court", age=15), False),
        (Condition(work_type=("court",), age_from=16), Facts(work_type="court"), True),
    ],
)
def test_a_question_is_asked_where_every_fact_that_it_names_is_so(condition, facts, asked):
    assert condition.holds(facts) is asked


def test_what_is_not_known_keeps_nothing_from_being_asked():
    condition = Condition(("court",), care_experienced=True, welsh_speaking=True, is_macd=True, age_from=9, age_to=10)

    assert condition.holds(Facts())


def test_a_condition_in_words():
    condition = Condition(("court", "resettlement"), welsh_speaking=False, age_from=16)

    assert condition.words == "work_type court or resettlement, welsh_speaking no, age_from 16"


@pytest.fixture
def values():
    return tomllib.loads((DATA / "yj-2024.toml").read_text())


def prompt(values) -> dict:
    return named(values["standards"], "2.1")["key_questions"][0]["prompts"][0]


def test_a_condition_is_read_as_it_is_written(tmp_path, values):
    written = {"work_type": ["court"], "care_experienced": True, "is_macd": False, "age_from": 10, "age_to": 12}
    prompt(values)["only_if"] = written
    (tmp_path / "yj-2024.toml").write_text(toml(values))

    assert load("yj-2024", tmp_path).conditions["2.1.1a"] == Condition(
        ("court",), care_experienced=True, is_macd=False, age_from=10, age_to=12
    )


def only_if(**facts):
    def change(values):
        prompt(values)["only_if"] = facts

    return change


def on_a_key_question(values):
    named(values["standards"], "2.1")["key_questions"][0]["only_if"] = {"work_type": ["court"]}


def on_a_theme(values):
    named(values["standards"], "1.1")["themes"][0]["only_if"] = {"work_type": ["court"]}


def a_code_twice(values):
    values["case_sections"][0]["prompts"][0]["code"] = "2.1.1a"


def a_section_code_twice(values):
    values["case_sections"][0]["code"] = "2.1"


def no_such_kind(values):
    values["case_sections"][0]["case_kind"] = "adult"


def nothing_asked(values):
    values["case_sections"][0]["prompts"] = []


def on_a_victims_case(fact, value):
    def change(values):
        standard = next(each for each in values["standards"] if each["code"] == "V1")
        question = next(each for each in standard["key_questions"] if each.get("case_kind") == "victim")
        question["prompts"][0]["only_if"] = {fact: value}

    return change


def in_a_section_about_victims(values):
    section = next(each for each in values["case_sections"] if each["case_kind"] == "victim")
    section["prompts"][0]["only_if"] = {"is_macd": True}


PLACE = "[[standards]] 2.1 [[key_questions]] 2.1.1 [[prompts]] 2.1.1a [only_if]"


@pytest.mark.parametrize(
    ("break_it", "problem"),
    [
        (only_if(shoe_size=9), (PLACE, "shoe_size", "is not a key of this table")),
        (
            only_if(work_type=["prison"]),
            (PLACE, "work_type", "'prison' is not one of court, out_of_court, bail_and_remand, resettlement"),
        ),
        (only_if(care_experienced="yes"), (PLACE, "care_experienced", "is 'yes', not true or false")),
        (only_if(age_from=12, age_to=11), (PLACE, "age_to", "11 is less than 12")),
        (only_if(), (PLACE, "", "names no fact")),
        (
            on_a_key_question,
            (
                "[[standards]] 2.1 [[key_questions]] 2.1.1",
                "only_if",
                "a key question is asked about every case; that it does not apply needs a reason",
            ),
        ),
        (on_a_theme, ("[[standards]] 1.1 [[themes]] 1.1a", "only_if", "is not a key of this table")),
        (a_code_twice, ("[[case_sections]] I1", "code", "'2.1.1a' is used twice")),
        (a_section_code_twice, ("[[case_sections]] 2.1", "code", "'2.1' is used twice")),
        (no_such_kind, ("[[case_sections]] I1", "case_kind", "'adult' is not one of child, victim")),
        *(
            (
                on_a_victims_case(fact, value),
                (
                    "[[standards]] V1 [[key_questions]] V1.1 [[prompts]] V1.1a [only_if]",
                    fact,
                    "is never known of a victim case",
                ),
            )
            for fact, value in {"work_type": ["court"], "care_experienced": False, "is_macd": True}.items()
        ),
        (
            in_a_section_about_victims,
            ("[[case_sections]] I2 [[prompts]] I2a [only_if]", "is_macd", "is never known of a victim case"),
        ),
        (nothing_asked, ("[[case_sections]] I1", "prompts", "is empty")),
    ],
)
def test_what_a_file_may_not_say_is_named(tmp_path, values, break_it, problem):
    break_it(values)
    (tmp_path / "yj-2024.toml").write_text(toml(values))

    with pytest.raises(StandardsError) as refused:
        load("yj-2024", tmp_path)

    assert problem in [(found.table, found.key, found.reason) for found in refused.value.problems]


def test_what_a_victim_list_can_say_may_be_a_condition(tmp_path, values):
    on_a_victims_case("welsh_speaking", True)(values)
    (tmp_path / "yj-2024.toml").write_text(toml(values))

    assert load("yj-2024", tmp_path).conditions["V1.1a"] == Condition(welsh_speaking=True)


def test_a_file_may_do_without_any(tmp_path, values):
    del values["case_sections"], values["interview_topics"]
    for standard in values["standards"]:
        for question in standard.get("key_questions", []):
            question["prompts"] = [found for found in question["prompts"] if "only_if" not in found]
    (tmp_path / "yj-2024.toml").write_text(toml(values))

    found = load("yj-2024", tmp_path)
    assert (found.case_sections, found.conditions) == ((), {})
