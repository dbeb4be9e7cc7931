"""Which Chromium the browser tests drive."""

from pathlib import Path

import pytest

from config.local import browser


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROME_BIN", raising=False)
    return tmp_path


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_one_that_is_named_comes_first(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "chromium")
    monkeypatch.setenv("CHROME_BIN", str(program(programs, "my-chrome")))
    assert browser.on_path() == programs / "my-chrome"


def test_one_that_is_named_and_missing_is_passed_over(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME_BIN", "/nowhere/chrome")
    program(programs, "google-chrome")
    assert browser.on_path() == programs / "google-chrome"


def test_chromium_comes_before_chrome(programs: Path) -> None:
    program(programs, "google-chrome")
    program(programs, "chromium")
    assert browser.on_path() == programs / "chromium"


def test_without_one_it_is_left_to_playwright(programs: Path) -> None:
    assert browser.on_path() is None
