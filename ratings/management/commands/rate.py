"""Rates an inspection from counts in a JSON file and shows how the rating came about. Needs no database."""

import json
import math
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from ratings.rules import RatingInputError, Result, rate, read_input, trace_lines
from standards.loader import StandardsError, load
from standards.schema import Standards
from standards.words import named

MOST_DIGITS = 20


class UnreadableError(Exception):
    """The file cannot be read, or is not JSON."""


class Command(BaseCommand):
    help = "The ratings that follow from the counts in FILE, with every step from the counts to the overall rating."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            standards, result = rated(json_of(read(options["file"])))
        except RatingInputError as error:
            self._refuse(error.problems)
        except StandardsError as error:
            self._refuse(tuple(f"standards: {problem}." for problem in error.problems))
        except UnreadableError as error:
            self._refuse((f"{options['file']}: {error}.",))
        self.stdout.write(as_json(result) if options["json"] else as_text(standards, result))

    def _refuse(self, problems: tuple[str, ...]) -> NoReturn:
        self.stderr.write("\n".join(problems))
        sys.exit(2)


def rated(raw: object) -> tuple[Standards, Result]:
    read_in = read_input(raw)
    if read_in.problems:
        raise RatingInputError(read_in.problems)
    standards = load(read_in.standards)
    return standards, rate(standards, read_in.given)


def read(name: str) -> bytes:
    if name == "-" and sys.stdin is None:
        raise UnreadableError("cannot be read (standard input is closed)")
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from error


def json_of(content: bytes) -> object:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_decimal,
        )
    except UnicodeDecodeError as error:
        raise UnreadableError("is not UTF-8 text") from error
    except RecursionError as error:
        raise UnreadableError("is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"is not JSON, at line {error.lineno}, column {error.colno}: {error.msg}") from error
    except ValueError as error:
        raise UnreadableError(f"is not JSON that can be used: {error}") from error


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{named(next(name for name in names if names.count(name) > 1))} is given twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(digits)


def _decimal(digits: str) -> float:
    if math.isinf(found := float(digits)):
        raise ValueError(f"{named(digits)} is too large a number")
    return found


def as_json(result: Result) -> str:
    return json.dumps(result.as_json(), indent=2, ensure_ascii=False)


def as_text(standards: Standards, result: Result) -> str:
    heading = f"{standards.title} ({standards.key}, version {standards.version}, sha256 {standards.content_hash})"
    notes = ["", "Notes", *(f"- {note}" for note in result.notes)] if result.notes else []
    return "\n".join([heading, "", *trace_lines(result.trace), *notes])
