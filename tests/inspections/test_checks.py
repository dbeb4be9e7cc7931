"""`manage.py check` fails on a broken standards file; what must tell about the file still runs."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, ManagementUtility, call_command
from django.core.management.base import SystemCheckError


def standards_errors() -> list[tuple[str, int, str]]:
    return [(found.id, found.level, found.msg) for found in run_checks() if found.id == "inspections.E001"]


def test_files_that_load_are_no_error():
    assert standards_errors() == []
    call_command("check")


def test_every_problem_of_a_broken_file_is_an_error(broken_second_file):
    assert standards_errors() == [
        ("inspections.E001", 40, "yj-2030.toml: is not TOML: Invalid value (at end of document)")
    ]


def test_the_check_command_fails_and_names_the_file(broken_second_file):
    with pytest.raises(SystemCheckError, match=r"yj-2030\.toml: is not TOML"):
        call_command("check")


def test_a_command_that_needs_the_checks_stops(broken_second_file):
    with pytest.raises(CommandError, match=r"yj-2030\.toml: is not TOML"):
        call_command("sqlmigrate", "inspections", "0001", skip_checks=False)


def test_a_command_without_checks_runs(broken_second_file, capsys):
    ManagementUtility(["manage.py", "standards", "yj-2024"]).execute()
    assert capsys.readouterr().out.startswith("yj-2024: ")
