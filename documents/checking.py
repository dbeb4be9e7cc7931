"""Has a file checked in a process of its own, and understands what that one says."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60  # of the clock; of the processor it has fewer


class CheckFailed(Exception):
    """The process ended without an answer: too long, too large, or nothing to do with the file."""


@dataclass(frozen=True)
class Checked:
    """`refused` is the reason, empty where there is none. `apart`: the process had a network without anybody."""

    refused: str
    text: str = ""
    is_cut: bool = False
    apart: bool = False


def looked_at(label: str, purpose: str, content: bytes) -> Checked:
    """Raises CheckFailed."""
    command = [sys.executable, "-s", "-m", "documents.child", label, purpose]
    clean = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module; the label is an argument, no shell
                command, input=content, stdout=output, stderr=subprocess.DEVNULL, cwd=ROOT, env=clean, timeout=SECONDS
            )
        except (subprocess.TimeoutExpired, OSError, ValueError) as failed:
            raise CheckFailed(type(failed).__name__) from None
        if done.returncode:
            raise CheckFailed(f"ended with {done.returncode}")
        output.seek(0)
        return _understood(output.read())


def _understood(said: bytes) -> Checked:
    try:
        found = json.loads(said)
        return Checked(
            str(found["refused"]), str(found.get("text", "")), bool(found.get("is_cut")), bool(found["apart"])
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CheckFailed("gave an answer that is none") from None
