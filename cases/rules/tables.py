"""Reads a table of text out of a file that somebody else made. Whatever is in it, the answer is rows or sentences."""

import csv
import io
import re
from collections.abc import Iterator

LONGEST_ROW = 20_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t"
ENCODINGS_TO_REFUSE = (b"\xff\xfe", b"\xfe\xff")

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

NOT_UTF8 = "The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)” and upload it again"
NO_ROWS = "The file has no rows"


class Unreadable(Exception):
    """The file cannot be used at all. `sentences` say why, each with what to do."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


class TooLong(Exception):
    pass


class Lines:
    """The lines of the file one by one, decoded as they are asked for, never more of them than one row may have."""

    def __init__(self, content: bytes) -> None:
        self.text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
        self.left = LONGEST_ROW

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self.text.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            raise TooLong
        if not line:
            raise StopIteration
        return line


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number as a spreadsheet counts it, blank rows included. Raises Unreadable."""
    _refuse_other_formats(content)
    number = 1
    try:
        lines = Lines(content)
        reader = csv.reader(lines, delimiter=_delimiter(content), strict=True)
        for number, row in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in row]
            lines.left = LONGEST_ROW
            number += 1
    except UnicodeDecodeError:
        raise Unreadable(NOT_UTF8) from None
    except TooLong:
        raise Unreadable(
            f"Row {number} is longer than {LONGEST_ROW:,} characters, or a quotation mark in it is never closed. "
            "Correct it and upload the file again"
        ) from None
    except csv.Error:
        raise Unreadable(
            f"Row {number} has a quotation mark that is never closed or is in the wrong place. "
            "Correct it and upload the file again"
        ) from None


def _refuse_other_formats(content: bytes) -> None:
    if not content.strip():
        raise Unreadable(NO_ROWS)
    start = content[:1000]
    if content.startswith(ENCODINGS_TO_REFUSE) or start.count(0) * 4 > len(start):
        raise Unreadable(NOT_UTF8)


def _delimiter(content: bytes) -> str:
    """The one that the first line that is not blank has most of; a comma where it has none."""
    first = content.lstrip()[:LONGEST_ROW].splitlines()[0].decode(errors="replace")
    return max(DELIMITERS, key=first.count)
