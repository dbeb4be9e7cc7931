"""Loads a standards file by its key, checks all of it, and fails loudly."""

import hashlib
import logging
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from standards import checks, parsing
from standards.reading import Problem, Reader, StandardsError
from standards.schema import Standards
from standards.words import named, shown

DATA = Path(__file__).parent / "data"
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

TEXTS: dict[str, str] = {}  # of everything that this process has loaded, by hash

log = logging.getLogger(__name__)

__all__ = ["DATA", "TEXTS", "Problem", "StandardsError", "available", "load", "parsed", "problems", "usable"]


def available(folder: Path | None = None) -> list[str]:
    return sorted(path.stem for path in (folder or DATA).glob("*.toml"))


def usable(folder: Path | None = None) -> list[Standards]:
    """Those that load. One that does not is named in the process log and holds up no other."""
    found = []
    for key in available(folder):
        try:
            found.append(load(key, folder))
        except StandardsError as error:
            log.error("The standards %s cannot be used: %s", key, error)
    return found


def problems(folder: Path | None = None) -> list[Problem]:
    """Every fault of every file."""
    found: list[Problem] = []
    for key in available(folder):
        try:
            load(key, folder)
        except StandardsError as error:
            found += error.problems
    return found


def load(key: str, folder: Path | None = None) -> Standards:
    """Raises StandardsError, which lists every fault of the file."""
    return _load(key, folder or DATA)


@cache
def _load(key: str, folder: Path) -> Standards:
    return parsed(key, _content(key, folder))


def parsed(key: str, content: bytes) -> Standards:
    """What this text says. Raises StandardsError as `load` does."""
    name, content_hash = f"{key}.toml", hashlib.sha256(content).hexdigest()
    problems: list[Problem] = []
    reader = Reader(name, "", _values(name, content), problems)
    standards = parsing.standards(reader, content_hash)
    if standards.key != key:
        reader.problem("key", f"is {standards.key!r}, but the file is called {name}")
    if not problems:
        problems += [Problem(name, *finding) for finding in checks.findings(standards)]
    if problems:
        raise StandardsError(dict.fromkeys(problems))
    TEXTS[content_hash] = content.decode()
    return standards


def _content(key: str, folder: Path) -> bytes:
    name = f"{key}.toml"
    there = available(folder)
    if not KEY.fullmatch(key) or key not in there:
        reason = f"there are no standards called {shown(key)}; there are: {', '.join(there) or 'none'}"
        raise StandardsError([Problem(named(name), "", "", reason)])
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise StandardsError([Problem(name, "", "", f"cannot be read: {error.strerror}")]) from error


def _values(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise StandardsError([Problem(name, "", "", f"is not UTF-8 text: {error}")]) from error
    except tomllib.TOMLDecodeError as error:
        raise StandardsError([Problem(name, "", "", f"is not TOML: {error}")]) from error
