"""A broken file is refused with its file, table, key and reason, and every fault is named."""

import json
import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from standards.loader import DATA, Problem, StandardsError, available, load


@pytest.fixture
def values():
    return tomllib.loads((DATA / "yj-2024.toml").read_text())


@pytest.fixture
def problems(tmp_path, values):
    """Writes the changed values and hands back what the loader says about them."""

    def check() -> list[tuple[str, str, str]]:
        (tmp_path / "yj-2024.toml").write_text(toml(values))
        with pytest.raises(StandardsError) as refused:
            load("yj-2024", tmp_path)
        assert {problem.file for problem in refused.value.problems} == {"yj-2024.toml"}
        return [(problem.table, problem.key, problem.reason) for problem in refused.value.problems]

    return check


def toml(values: dict) -> str:
    """Enough TOML for these files: one inline value for every key."""
    return "\n".join(f"{json.dumps(key)} = {inline(value)}" for key, value in values.items())


def inline(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return value.isoformat() if isinstance(value, date | time) else json.dumps(value)


def named(entries: list[dict], code: str, key: str = "code") -> dict:
    return next(entry for entry in entries if entry[key] == code)


def test_a_rewritten_file_loads_the_same_so_that_the_cases_below_fail_for_their_reason_only(tmp_path, values):
    (tmp_path / "yj-2024.toml").write_text(toml(values))

    assert load("yj-2024", tmp_path).standards == load("yj-2024").standards


def missing_title(values):
    del named(values["standards"], "2.1")["title"]


def empty_title(values):
    named(values["standards"], "2.1")["title"] = " "


def unknown_key(values):
    named(values["standards"], "2.1")["titel"] = "Assessing"


def wrong_type(values):
    named(values["ratings"], "good")["score"] = "2"


def boolean_for_number(values):
    named(values["ratings"], "good")["score"] = True


def unknown_rated_from(values):
    named(values["standards"], "1.1")["rated_from"] = "matrix"


def unknown_source(values):
    named(values["standards"], "1.1")["source"] = "memory"


def doubled_standard(values):
    values["standards"].append(named(values["standards"], "1.3"))


def doubled_prompt(values):
    prompts = named(values["standards"], "2.1")["key_questions"][0]["prompts"]
    prompts[1]["code"] = "2.1.2b"


def no_case_kind(values):
    del named(values["standards"], "2.1")["key_questions"][0]["case_kind"]


def no_key_questions(values):
    del named(values["standards"], "2.1")["key_questions"]


def band_without_rating(values):
    del values["bands"][2]


def bands_from_one(values):
    values["bands"][0]["floor"] = 1


def bands_that_fall(values):
    values["bands"][2]["floor"] = 40


def floor_over_100(values):
    values["bands"][3]["floor"] = 101


def hole_in_overall(values):
    values["overall"][0]["bands"][1]["highest"] = 5


def overall_too_short(values):
    values["overall"][0]["bands"][3]["highest"] = 11


def row_missing(values):
    del values["tables"][0]["rows"][3]


def row_backwards(values):
    values["tables"][0]["rows"][0]["permitted"] = ["outstanding", "good"]


def table_of_another(values):
    values["tables"][0]["standard"] = "2.1"


def start_is_no_count(values):
    values["tables"][0]["start"] = "V1.2"


def answer_is_counted(values):
    values["tables"][0]["answer"] = "V1.1"


def counts_what_is_not_rated(values):
    named(values["inspection_types"], "iyjwcv")["counting"] = ["2.1", "2.2", "2.3", "1.1"]


def three_count(values):
    named(values["inspection_types"], "iyjwcv")["counting"] = ["2.1", "2.2", "2.3"]


def minimum_over_maximum(values):
    values["sample_limits"][0]["minimum"] = 126


def limits_on_one_day(values):
    values["sample_limits"][1]["valid_from"] = values["sample_limits"][0]["valid_from"]


def no_limits_for_victims(values):
    values["sample_limits"] = values["sample_limits"][:2]


def rule_missing(values):
    del values["rules"]["lowest"]


def two_ways_of_counting(values):
    named(values["timeline"], "draft_report")["when"][0]["days"] = 28


def no_date_for_wales(values):
    del named(values["timeline"], "publication")["when"][1]


def unknown_anchor(values):
    named(values["timeline"], "sos_copy")["when"][0]["from"] = "printing"


def circle(values):
    named(values["timeline"], "publication")["when"] = [
        {"from": "sos_copy", "working_days": 5, "rule": "After the copy", "source": "report"}
    ]


def unknown_role(values):
    named(values["inspection_types"], "iyjs")["roles_expected"][0]["role"] = "chief"


def not_a_table(values):
    values["ratings"][0] = "inadequate"


def yes_that_is_not_sufficient(values):
    values["answers"][0]["sufficient"] = False


def na_that_is_assessed(values):
    values["answers"][2]["assessed"] = True


def another_answer(values):
    values["answers"].append({"code": "maybe", "label": "Maybe"})


def no_notion_of_no(values):
    named(values["standards"], "2.1")["key_questions"][0]["answers"] = ["yes", "na"]


@pytest.mark.parametrize(
    ("break_it", "problem"),
    [
        (missing_title, ("[[standards]] 2.1", "title", "is missing")),
        (empty_title, ("[[standards]] 2.1", "title", "is empty")),
        (unknown_key, ("[[standards]] 2.1", "titel", "is not a key of this table")),
        (wrong_type, ("[[ratings]] good", "score", "is '2', not a whole number")),
        (boolean_for_number, ("[[ratings]] good", "score", "is True, not a whole number")),
        (
            unknown_rated_from,
            ("[[standards]] 1.1", "rated_from", "'matrix' is not one of cases_lowest, victims_table, panel, given"),
        ),
        (doubled_standard, ("[[standards]] 1.3", "code", "'1.3' is used twice in [[standards]]")),
        (doubled_prompt, ("[[standards]] 2.1", "code", "'2.1.2b' is used twice")),
        (
            no_case_kind,
            (
                "[[standards]] 2.1",
                "key_questions",
                "a standard rated from cases needs a case_kind for every key question",
            ),
        ),
        (no_key_questions, ("[[standards]] 2.1", "key_questions", "a standard rated from cases needs at least one")),
        (
            band_without_rating,
            ("[[bands]]", "rating", "must name every rating once, from the lowest to the highest"),
        ),
        (bands_from_one, ("[[bands]]", "floor", "must start at 0")),
        (bands_that_fall, ("[[bands]]", "floor", "must rise from band to band")),
        (floor_over_100, ("[[bands]] outstanding", "floor", "101 is more than 100")),
        (hole_in_overall, ("[[overall]] 4", "bands", "good runs from 7 to 10; it must start at 6")),
        (overall_too_short, ("[[overall]] 4", "bands", "must end at 12, the most that 4 standards can score")),
        (row_missing, ("[[tables]] V1", "rows", "must have one row for good and no, and has 0")),
        (
            row_backwards,
            (
                "[[tables]] V1",
                "rows",
                "outstanding and yes: permitted ratings must be named from the lowest to the highest",
            ),
        ),
        (table_of_another, ("[[tables]] 2.1", "standard", "'2.1' is not a standard rated from a table")),
        (
            start_is_no_count,
            ("[[tables]] V1", "start", "'V1.2' is not a key question of V1 that is counted over cases"),
        ),
        (
            answer_is_counted,
            ("[[tables]] V1", "answer", "'V1.1' is not a key question of V1 that a meeting answers"),
        ),
        (
            counts_what_is_not_rated,
            ("[[inspection_types]] iyjwcv", "counting", "'1.1' is not one of 2.1, 2.2, 2.3, V1"),
        ),
        (three_count, ("[[inspection_types]] iyjwcv", "counting", "no [[overall]] bands for 3 standards")),
        (minimum_over_maximum, ("[[sample_limits]] child", "maximum", "125 is less than 126")),
        (limits_on_one_day, ("[[sample_limits]] child", "valid_from", "two limits start on the same day")),
        (no_limits_for_victims, ("[[sample_limits]]", "case_kind", "has no limits for 'victim'")),
        (rule_missing, ("[rules]", "lowest", "is missing")),
        (
            no_date_for_wales,
            ("[[timeline]] publication", "when", "must have one entry for iyjwcv in wales, and has 0"),
        ),
        (circle, ("[[timeline]] sos_copy", "from", "counts from itself")),
        (not_a_table, ("", "ratings", "number 1 is not a table")),
        (yes_that_is_not_sufficient, ("[[answers]] yes", "", "must be assessed and sufficient")),
        (na_that_is_assessed, ("[[answers]] na", "", "must be neither assessed nor sufficient")),
        (another_answer, ("[[answers]] maybe", "code", "is not one of yes, no, na")),
        (
            no_notion_of_no,
            ("[[standards]] 2.1 [[key_questions]] 2.1.1", "answers", "must offer yes and no"),
        ),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_broken_file_names_table_key_and_reason(values, problems, break_it, problem):
    break_it(values)

    assert problem in problems()


@pytest.mark.parametrize(
    ("break_it", "table", "key"),
    [
        (unknown_source, "[[standards]] 1.1", "source"),
        (two_ways_of_counting, "[[timeline]] draft_report [[when]] number 1", ""),
        (unknown_anchor, "[[timeline]] sos_copy", "from"),
        (unknown_role, "[[inspection_types]] iyjs [[roles_expected]] chief", "role"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_name_that_is_not_there_is_placed_too(values, problems, break_it, table, key):
    break_it(values)

    assert (table, key) in [found[:2] for found in problems()]


def test_every_fault_is_named_and_none_twice(values, problems):
    missing_title(values)
    wrong_type(values)
    unknown_key(values)

    assert sorted(problems()) == [
        ("[[ratings]] good", "score", "is '2', not a whole number"),
        ("[[standards]] 2.1", "titel", "is not a key of this table"),
        ("[[standards]] 2.1", "title", "is missing"),
    ]


def test_a_problem_reads_as_file_table_key_and_reason():
    assert str(Problem("a.toml", "[[standards]] 2.1", "title", "is missing")) == (
        "a.toml: [[standards]] 2.1 title: is missing"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"key = ", "is not TOML: Invalid value (at end of document)"),
        (b"\xff", "is not UTF-8 text: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content, reason):
    (tmp_path / "broken.toml").write_bytes(content)

    with pytest.raises(StandardsError) as refused:
        load("broken", tmp_path)

    assert refused.value.problems == (Problem("broken.toml", "", "", reason),)


def test_an_empty_file_misses_everything(tmp_path: Path):
    (tmp_path / "empty.toml").write_text("")

    with pytest.raises(StandardsError) as refused:
        load("empty", tmp_path)

    assert {problem.key for problem in refused.value.problems} >= {"key", "title", "standards", "ratings", "timeline"}


@pytest.mark.parametrize("key", ["yj-1999", "../loader", "", "YJ-2024", "a/b"])
def test_an_unknown_key_names_those_that_are_there(key):
    with pytest.raises(StandardsError) as refused:
        load(key)

    assert (
        refused.value.problems[0].reason
        == f"there are no standards called {key!r}; there are: yj-2018, yj-2021, yj-2024"
    )


@pytest.mark.parametrize(
    ("key", "file", "shown"),
    [
        ("a" * 300, f"'{'a' * 36}...", f"'{'a' * 36}..."),
        ("yj\n2024", r"'yj\n2024.toml'", r"'yj\n2024'"),
        ("\0", r"'\x00.toml'", r"'\x00'"),
    ],
)
def test_a_key_that_cannot_be_a_file_is_named_on_one_short_line(key, file, shown):
    with pytest.raises(StandardsError) as refused:
        load(key)

    assert str(refused.value) == f"{file}: there are no standards called {shown}; there are: yj-2018, yj-2021, yj-2024"


def test_the_key_must_be_the_name_of_the_file(tmp_path: Path, values):
    (tmp_path / "yj-2030.toml").write_text(toml(values))

    with pytest.raises(StandardsError) as refused:
        load("yj-2030", tmp_path)

    assert refused.value.problems[0].reason == "is 'yj-2024', but the file is called yj-2030.toml"


def test_the_files_of_a_folder_are_listed(tmp_path: Path):
    for name in ("yj-2024.toml", "yj-2021.toml", "README.md"):
        (tmp_path / name).write_text("")

    assert available(tmp_path) == ["yj-2021", "yj-2024"]


def test_the_hash_changes_with_one_letter(tmp_path: Path, values):
    (tmp_path / "yj-2024.toml").write_text(toml(values))
    other = tmp_path / "other"
    other.mkdir()
    values["title"] += "."
    (other / "yj-2024.toml").write_text(toml(values))

    assert load("yj-2024", tmp_path).content_hash != load("yj-2024", other).content_hash
