"""Reads the answers to a text survey out of a CSV file, without who gave them (docs/rules/voices.md)."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cases.rules.columns import labels, words
from cases.rules.identifiers import PHONE, is_phone
from cases.rules.tables import MOST_COLUMNS, NO_ROWS, UNPRINTABLE, Unreadable, rows

MOST_ANSWERED = 2_000
LONGEST_QUESTION = 300
MOST_CHOICES = 10
LONGEST_CHOICE = 40

CHOOSE_CSV = "Choose a CSV file (.csv)"
TOO_MANY_ROWS = f"A survey can have up to {MOST_ANSWERED:,} rows of answers. This file has more"
TOO_MANY_COLUMNS = f"A survey can have up to {MOST_COLUMNS} columns. Delete those that are not questions"
ONLY_HEADINGS = "The file has no rows below its headings"
TOO_LONG_A_ROW = "It has more cells than there are headings, so we cannot tell which answer is to which question"
NO_ANSWER = "It has no answer to the questions that are chosen"
NUMBER_LEFT_OUT = "[telephone number left out]"

ARCHIVES = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")
IDENTITY = """
    name; full name; first name; forename; surname; last name; family name; child name; young person; email;
    email address; e-mail; telephone; telephone number; phone; phone number; mobile; mobile number; number; from; to;
    sender; recipient; msisdn; contact; address; postcode; date of birth; dob; ip address; enw; enw llawn; cyfenw;
    e-bost; ffôn; rhif ffôn; ffôn symudol; rhif symudol; cyfeiriad; cod post; dyddiad geni
"""
ABOUT_THE_MESSAGE = """
    id; response id; respondent id; respondent; ref; reference; row; date; time; date and time; timestamp; sent;
    sent at; received; received at; submitted; start time; started; completed; completion time; end time; last modified
    time; status; language; channel; keyword; dyddiad; amser; iaith
"""
# Headings of columns that say who somebody is, which are never stored, and of those that are hardly ever a question.
TELLS_WHO, NO_QUESTION = (
    frozenset(words(name) for name in listed.split(";")) for listed in (IDENTITY, ABOUT_THE_MESSAGE)
)
BARE_NUMBER = re.compile(r"\+?(?:[ ().-]{0,2}\d){9,15}|\d(?:[.,]\d{1,12})?E\+1\d", re.I)
"""A cell that is nothing but a telephone number, also as a spreadsheet spoils one: 7700900123, 4.47701E+11."""


@dataclass(frozen=True)
class Sheet:
    """What is kept of a file: headings, rows by their numbers in the file, what cannot be used, numbers left out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[tuple[int, str], ...]
    telephones: int


@dataclass(frozen=True)
class Column:
    """`asked` is our guess that it is a question. `filled` of the rows have something in it."""

    place: int
    label: str
    asked: bool
    filled: int


@dataclass(frozen=True)
class Answered:
    """The answers to one question, each with how many gave it; the commonest first, then by the alphabet."""

    text: str
    answers: tuple[tuple[str, int], ...]


def check_name(name: str, content: bytes) -> None:
    """Raises Unreadable unless it is a CSV file by its name and by its first bytes."""
    if not name.lower().endswith(".csv") or content.startswith(ARCHIVES):
        raise Unreadable(CHOOSE_CSV)


def read_sheet(content: bytes) -> Sheet:
    """Without telephone numbers: those are gone before anything is kept. Raises Unreadable."""
    table = ((number, cells) for number, cells in rows(content) if any(cells))
    _, first = next(table, (0, []))
    headings = tuple(without_numbers(printable(cell))[0][:LONGEST_QUESTION] for cell in trimmed(first))
    if not headings:
        raise Unreadable(NO_ROWS)
    if len(headings) > MOST_COLUMNS:
        raise Unreadable(TOO_MANY_COLUMNS)
    found: list[tuple[int, tuple[str, ...]]] = []
    unusable: list[tuple[int, str]] = []
    telephones = 0
    for number, cells in table:
        if len(found) + len(unusable) == MOST_ANSWERED:
            raise Unreadable(TOO_MANY_ROWS)
        if len(trimmed(cells)) > len(headings):
            unusable.append((number, TOO_LONG_A_ROW))
            continue
        kept = [without_numbers(printable(cell)) for cell in cells[: len(headings)]]
        telephones += sum(dropped for _, dropped in kept)
        found.append((number, tuple(text for text, _ in kept)))
    if not found and not unusable:
        raise Unreadable(ONLY_HEADINGS)
    return without_identity(Sheet(headings, tuple(found), tuple(unusable), telephones))


def trimmed(cells: Sequence[str]) -> list[str]:
    """Without the blank cells at its end."""
    return list(cells[: max((place + 1 for place, cell in enumerate(cells) if cell), default=0)])


def printable(cell: str) -> str:
    return UNPRINTABLE.sub("\ufffd", cell)


def without_numbers(cell: str) -> tuple[str, int]:
    """The text without telephone numbers, and how many there were."""
    if BARE_NUMBER.fullmatch(cell):
        return NUMBER_LEFT_OUT, 1
    dropped = 0

    def drop(match: re.Match[str]) -> str:
        nonlocal dropped
        if not is_phone(match):
            return match.group()
        dropped += 1
        return NUMBER_LEFT_OUT

    return PHONE.sub(drop, cell), dropped


def tells_who(heading: str) -> bool:
    return words(heading) in TELLS_WHO


def without_identity(sheet: Sheet) -> Sheet:
    """The cells of columns that say who somebody is are blank; their headings stay, to say what was left out."""
    hidden = {place for place, heading in enumerate(sheet.headings) if tells_who(heading)}
    kept = tuple(
        (number, tuple("" if place in hidden else cell for place, cell in enumerate(cells)))
        for number, cells in sheet.rows
    )
    return Sheet(sheet.headings, kept, sheet.problems, sheet.telephones)


def names_of(headings: Sequence[str]) -> list[str]:
    """Each heading in full; where it is blank or there twice, with the letter of its column."""
    listed = list(headings)
    named = zip(listed, labels(listed), strict=True)
    return [heading if heading and listed.count(heading) == 1 else label for heading, label in named]


def columns(sheet: Sheet) -> list[Column]:
    """Those that somebody may choose: not those that say who somebody is, nor blank ones, nor mere numbers."""
    found = []
    for place, label in enumerate(names_of(sheet.headings)):
        cells = [cells[place] for _, cells in sheet.rows if place < len(cells) and cells[place]]
        if cells and not tells_who(sheet.headings[place]) and set(cells) != {NUMBER_LEFT_OUT}:
            asked = words(sheet.headings[place]) not in NO_QUESTION | {""}
            found.append(Column(place, label, asked, len(cells)))
    return found


def left_out(sheet: Sheet) -> list[str]:
    """The labels of the columns that cannot be chosen."""
    offered = {column.place for column in columns(sheet)}
    return [label for place, label in enumerate(names_of(sheet.headings)) if place not in offered]


def answers_of(row: Sequence[str], chosen: Collection[int]) -> list[str]:
    return [row[place] for place in sorted(chosen) if place < len(row) and row[place]]


def answered(sheet: Sheet, chosen: Collection[int]) -> int:
    """How many rows answer at least one of the questions."""
    return sum(bool(answers_of(cells, chosen)) for _, cells in sheet.rows)


def problems(sheet: Sheet, chosen: Collection[int]) -> list[tuple[int, str]]:
    """By row; those rows are left out."""
    silent = [(number, NO_ANSWER) for number, cells in sheet.rows if not answers_of(cells, chosen)]
    return sorted([*sheet.problems, *silent])


def texts(sheet: Sheet, chosen: Collection[int]) -> Iterator[tuple[int, str]]:
    """What every row says in answer, to be looked at for names."""
    for number, cells in sheet.rows:
        if said := answers_of(cells, chosen):
            yield number, "\n".join(said)


def by_question(sheet: Sheet, chosen: Collection[int]) -> list[Answered]:
    """Counted question by question, so that nothing tells which answers came from one person."""
    found = []
    for column in columns(sheet):
        if column.place in chosen:
            cells = [cells[column.place] for _, cells in sheet.rows if column.place < len(cells)]
            counts = Counter(cell for cell in cells if cell)
            ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            found.append(Answered(sheet.headings[column.place] or column.label, tuple(ordered)))
    return found


def is_choice(answers: Sequence[tuple[str, int]]) -> bool:
    """Whether few short answers come again and again: they are counted rather than quoted."""
    short = all(len(text) <= LONGEST_CHOICE for text, _ in answers)
    return 0 < len(answers) <= MOST_CHOICES and short and sum(times for _, times in answers) > len(answers)
