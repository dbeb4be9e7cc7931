"""manage.py standards, as it is called by hand and by scripts."""

import json
import re
import shutil

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from inspections.actions.inspections import keep_text
from inspections.models import Inspection, StandardsText
from inspections.models import standards as kept
from standards import loader
from standards.loader import DATA, load
from tests.factories import InspectionFactory


def run(capsys, *arguments):
    """Exit status, standard output, standard error."""
    try:
        call_command("standards", *arguments)
        status = 0
    except SystemExit as stopped:
        status = stopped.code
    return (status, *capsys.readouterr())


@pytest.fixture
def folder(tmp_path):
    shutil.copy(DATA / "yj-2024.toml", tmp_path)
    broken = (DATA / "yj-2024.toml").read_text().replace("floor = 65", "floor = 45").replace("yj-2024", "yj-2030")
    (tmp_path / "yj-2030.toml").write_text(broken)
    return tmp_path


def test_it_lists_the_standards_with_their_size_and_hash(capsys):
    status, out, err = run(capsys)

    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "yj-2018: Youth justice standards 2018, published 2018, version 1",
        "    12 standards, 0 key questions, 0 prompts, 0 themes, 0 uncounted questions",
        "    Inspection types: iyos",
        f"    sha256 {load('yj-2018').content_hash}",
        "yj-2021: Youth justice standards 2021, published September 2020, version 1",
        "    13 standards, 42 key questions, 187 prompts, 0 themes, 0 uncounted questions",
        "    Inspection types: iyos, iyos_unrated",
        f"    sha256 {load('yj-2021').content_hash}",
        "yj-2024: Youth Inspection Programme 2024, published November 2024, version 1",
        "    7 standards, 8 key questions, 50 prompts, 15 themes, 12 uncounted questions",
        "    Inspection types: iyjwcv, iyjs, reactive",
        f"    sha256 {load('yj-2024').content_hash}",
    ]


def test_one_of_them_is_shown_with_every_question_and_what_is_illustrative(capsys):
    status, out, _ = run(capsys, "yj-2024")

    assert status == 0
    assert "    V1.1 Is work with victims high-quality, individualised and responsive?" in out.splitlines()
    assert sum(line.endswith("[illustrative]") for line in out.splitlines()) == 6 + 50 + 15 + 12


def test_it_says_which_questions_depend_on_facts_and_which_sections_count_for_nothing(capsys):
    lines = [line.strip() for line in run(capsys, "yj-2024")[1].splitlines()]

    assert [(line.split()[0], *re.findall(r"\[only if ([^]]*)\]", line)) for line in lines if "[only if" in line] == [
        ("2.2.1g", "work_type resettlement"),
        ("2.3.2g", "work_type bail_and_remand"),
        ("I1d", "care_experienced yes"),
        ("I1e", "is_macd yes"),
    ]
    assert [line for line in lines if "(not counted" in line] == [
        "I1 Interview with the case manager (not counted, child, with answers)",
        "A1 Anything else (not counted, child, words only)",
        "I2 Interview with the victim worker (not counted, victim, with answers)",
        "A2 Anything else (not counted, victim, words only)",
    ]


def test_a_broken_file_is_named_beside_the_sound_one(capsys, folder):
    status, out, err = run(capsys, "--folder", str(folder))

    assert status == 2
    assert "yj-2030: cannot be used, 1 problem" in out.splitlines()
    assert err == "yj-2030.toml: [[bands]] floor: must rise from band to band\n"


def test_json_gives_file_table_key_and_reason(capsys, folder):
    status, out, _ = run(capsys, "--json", "--folder", str(folder))
    sound, broken = json.loads(out)

    assert status == 2
    assert sound == {
        "key": "yj-2024",
        "title": "Youth Inspection Programme 2024",
        "version": "1",
        "published": "November 2024",
        "content_hash": load("yj-2024").content_hash,
        "counts": {"standards": 7, "key_questions": 8, "prompts": 50, "themes": 15, "uncounted_questions": 12},
        "problems": [],
    }
    assert broken == {
        "key": "yj-2030",
        "problems": [
            {"file": "yj-2030.toml", "table": "[[bands]]", "key": "floor", "reason": "must rise from band to band"}
        ],
    }


def test_json_of_one_of_them_is_all_of_it(capsys):
    status, out, _ = run(capsys, "yj-2024", "--json")
    found = json.loads(out)

    assert status == 0
    assert [standard["code"] for standard in found["standards"]] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "V1"]
    assert found["sample_limits"][1]["valid_from"] == "2026-04-01"
    assert found["problems"] == []


def test_a_key_that_is_not_there_names_those_that_are(capsys):
    problem = "yj-1999.toml: there are no standards called 'yj-1999'; there are: yj-2018, yj-2021, yj-2024\n"

    assert run(capsys, "yj-1999") == (2, "", problem)


def test_in_json_a_problem_is_told_in_the_json_only(capsys):
    status, out, err = run(capsys, "yj-1999", "--json")
    reason = "there are no standards called 'yj-1999'; there are: yj-2018, yj-2021, yj-2024"

    assert (status, err) == (2, "")
    assert json.loads(out) == {
        "key": "yj-1999",
        "problems": [{"file": "yj-1999.toml", "table": "", "key": "", "reason": reason}],
    }


def test_it_says_about_which_cases_a_standard_is_asked_and_which_is_modular(capsys):
    lines = [line for line in run(capsys, "yj-2021")[1].splitlines() if line[:1] in "23" and line[1:2] == "."]

    assert lines == [
        *(
            f"2.{number} {title} (cases_lowest) [only if work_type court or bail_and_remand or resettlement]"
            for number, title in enumerate(["Assessment", "Planning", "Implementation and delivery", "Reviewing"], 1)
        ),
        "2.5 Resettlement policy and provision (panel, modular)",
        *(
            f"3.{number} {title} (cases_lowest) [only if work_type out_of_court]"
            for number, title in enumerate(["Assessment", "Planning", "Implementation and delivery"], 1)
        ),
        "3.4 OOCD policy and provision (panel)",
    ]


@pytest.mark.django_db
def test_it_says_which_inspection_goes_by_which_text(capsys, people, folder, monkeypatch):
    of_2024, of_2021 = load("yj-2024"), load("yj-2021")
    first = InspectionFactory(created_by=people.head)
    second = InspectionFactory(created_by=people.head, service__name="Derby", standards_hash="0" * 64)
    assert run(capsys, "--used") == (
        0,
        f"yj-2024 sha256 {'0' * 64}: {second.ref}\n    this text is kept nowhere: put back the file of that time\n"
        f"yj-2024 sha256 {of_2024.content_hash}: {first.ref}\n    the file is this text, and no copy is kept\n",
        "",
    )
    Inspection.objects.filter(pk=second.pk).update(standards_key="yj-2021", standards_hash=of_2021.content_hash)
    for standards in (of_2024, of_2021):
        keep_text(standards)
    (folder / "yj-2024.toml").write_text((folder / "yj-2024.toml").read_text() + "\n")
    monkeypatch.setattr(loader, "DATA", folder)
    monkeypatch.setattr(kept, "KNOWN", {})
    states = [line.strip() for line in run(capsys, "--used")[1].splitlines()[1::2]]
    assert states == ["kept; the file is another text now"] * 2
    assert second.__class__.objects.get(pk=second.pk).standards == of_2021


@pytest.mark.django_db
def test_a_text_is_kept_once_and_only_under_its_own_hash(people):
    found = load("yj-2024")
    for _ in range(2):
        keep_text(found)
    text = StandardsText.objects.get()
    assert (text.hash, text.content.encode()) == (found.content_hash, (DATA / "yj-2024.toml").read_bytes())
    with pytest.raises(IntegrityError, match="standards_text_has_its_hash"):
        StandardsText.objects.create(hash="0" * 64, key="yj-2024", content=text.content, kept_at=text.kept_at)
