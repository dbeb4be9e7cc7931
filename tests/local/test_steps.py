"""What is said when a step fails: one sentence."""

import errno
import os
import sys
from pathlib import Path

import pytest

from config.local.steps import Trouble, disk_trouble, explain, run

LOG = Path("/var/log/pip.log")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device\n", "The disk is full: make room"),
        ("npm ERR! code ENOSPC\n", "The disk is full: make room"),
        ("NewConnectionError: Failed to establish a connection\n", "The package index did not answer"),
        ("ERROR: No matching distribution found for x==1\n", "It failed with: ERROR: No matching distribution found"),
        ("npm error code ENOTFOUND\n", "The package index did not answer"),
        ("first\nTypeError: it broke\n\n", "It failed with: TypeError: it broke"),
        ("", "It failed with: it said nothing"),
    ],
)
def test_a_failure_is_one_sentence_that_names_the_log(output: str, sentence: str) -> None:
    said = explain(output, LOG)
    assert said.startswith(sentence)
    assert said.endswith(f"(the whole output is in {LOG}).")


def test_a_failed_command_is_explained_by_its_output(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"^It failed with: nothing works"):
        run([sys.executable, "-c", "print('nothing works'); raise SystemExit(3)"], log=tmp_path / "log" / "it.log")
    assert (tmp_path / "log" / "it.log").read_text() == "nothing works\n"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full: make room and run the same command again."),
        (errno.EACCES, "/somewhere: Permission denied."),
    ],
)
def test_a_disk_that_refuses_is_one_sentence(number: int, sentence: str) -> None:
    assert str(disk_trouble(OSError(number, os.strerror(number), "/somewhere"))) == sentence
