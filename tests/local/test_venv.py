"""What is said when the environment cannot be made."""

from pathlib import Path

import pytest

from config.local import venv
from config.local.steps import Trouble


def python(folder: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    """A Python whose venv module fails and says this."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\necho '{says}'\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    monkeypatch.setattr(venv, "VENV", folder / "venv")
    monkeypatch.setattr(venv, "PYTHON", folder / "venv" / "bin" / "python")
    monkeypatch.setenv("VAR_DIR", str(folder / "var"))


@pytest.mark.parametrize("says", ["No module named venv", "The environment needs ensurepip: it is not available"])
def test_a_python_without_its_venv_module_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    python(tmp_path, monkeypatch, says)
    with pytest.raises(Trouble) as trouble:
        venv.prepare("local")
    assert str(trouble.value) == (
        f"This Python ({tmp_path}/python) cannot make a virtual environment: install its venv module "
        "(Debian, Ubuntu: apt install python3-venv), then run the same command again."
    )


def test_another_failure_is_told_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python(tmp_path, monkeypatch, "Segmentation fault")
    with pytest.raises(Trouble, match=r"^It failed with: Segmentation fault"):
        venv.prepare("local")


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python(tmp_path, monkeypatch, "never asked")
    monkeypatch.setitem(venv.MEGABYTES, "local", 10**9)
    sentence = r"^About 1000000000 MB are needed in .* and \d+ MB are free: make room and try again\.$"
    with pytest.raises(Trouble, match=sentence):
        venv.prepare("local")


def test_a_python_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    with pytest.raises(Trouble, match=r"^Python 3\.11 or newer is needed, and this is 3\."):
        venv.prepare("local")
