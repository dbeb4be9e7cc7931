"""What a caseload list may look like, and everything that is checked about its rows before anyone accepts it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from cases.rules.columns import COLUMNS, FAMILY_NAME, Column, guess, missing, not_found
from cases.rules.files import Heading, ListFile
from cases.rules.tables import NO_ROWS, UNPRINTABLE, Unreadable

ADULT = 18
LONGEST_PROBLEM = 300
LONGEST_NAME = 120

WORK_TYPES = {
    "court": "court",
    "out of court": "out_of_court",
    "out of court disposal": "out_of_court",
    "bail and remand": "bail_and_remand",
    "bail": "bail_and_remand",
    "remand": "bail_and_remand",
    "resettlement": "resettlement",
}
ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
NOT_KNOWN = {"", "-", "unknown", "not known", "not recorded", "n/a"}
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
ERROR = re.compile(r"#(N/A|NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
MONTH_FIRST = "has the month before the day: write 23/04/2010"
START_BEFORE_BIRTH = "start date is before date of birth"
FORMULA = re.compile(r"[=+@-].")


@dataclass(frozen=True)
class ParsedRow:
    """The fields of one row, as they will be stored; what could not be read is empty and among the `problems`."""

    number: int
    local_reference: str = ""
    name: str = ""
    date_of_birth: date | None = None
    sex: str = ""
    ethnicity: str = ""
    work_type: str = ""
    team: str = ""
    worker: str = ""
    child_reference: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    care_experienced: bool | None = None
    welsh_speaking: bool | None = None
    problems: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        words = "; ".join(self.problems)
        return words if len(words) <= LONGEST_PROBLEM else words[: LONGEST_PROBLEM - 1] + "…"

    def stored(self) -> dict[str, Any]:
        values = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "problems"}
        return {**values, "problem": self.problem}


@dataclass(frozen=True)
class ParsedList:
    """`matching` is the place of each field among the `headings`; `ignored` are those that nothing was chosen for.

    `notes` say in sentences what whoever checks the list should know of it as a whole.
    """

    rows: tuple[ParsedRow, ...]
    ignored: tuple[str, ...]
    sheet: str
    headings: tuple[str, ...]
    matching: Mapping[str, int]
    notes: tuple[str, ...] = ()


@dataclass
class Cells:
    """The cells of one row by column, being turned into values; collects what is wrong with them."""

    values: dict[Column, str]
    spellings: dict[str, str]
    problems: list[str] = field(default_factory=list)

    def text(self, column: Column) -> str:
        value = self.values.get(column, "")
        if UNPRINTABLE.search(value):
            self.problems.append(f"{column.words} contains a character that cannot be shown")
            value = UNPRINTABLE.sub("\ufffd", value)
        if FORMULA.match(value):
            self.problems.append(f"{column.words} contains a formula")
        if ERROR.fullmatch(value):
            self.problems.append(f"{column.words} contains an error of the spreadsheet")
            value = ""
        if len(value) > column.longest:
            self.problems.append(f"{column.words} is longer than {column.longest} characters")
        if column.required and not value:
            self.problems.append(f"{column.words} is missing")
        return value[: column.longest]

    def one_spelling(self, column: Column) -> str:
        """As the list first spells it, so that “Male” and “male” are one group."""
        value = " ".join(self.text(column).split())
        return self.spellings.setdefault(f"{column.field} {value.casefold()}", value)

    def day(self, column: Column) -> date | None:
        value = self.text(column)
        if not value:
            return None
        day = read_date(value)
        if day is None and month_first(value):
            self.problems.append(f"{column.words} {MONTH_FIRST}")
        elif day is None and not FORMULA.match(value):
            self.problems.append(f"{column.words} is not a date such as 23/04/2010")
        return day

    def name(self, column: Column) -> str:
        """With the family name, where the list has it in a column of its own."""
        given, family = self.text(column), self.text(FAMILY_NAME)
        joined = given if family.casefold() in given.casefold() else f"{given} {family}".strip()
        return joined[:LONGEST_NAME]

    def work_type(self, column: Column) -> str:
        value = self.text(column)
        code = WORK_TYPES.get(re.sub(r"[\s_-]+", " ", value.casefold()), "")
        if value and not code:
            self.problems.append("work type is not Court, Out of court, Bail and remand or Resettlement")
        return code

    def yes_or_no(self, column: Column) -> bool | None:
        value = self.text(column).casefold()
        if value not in ANSWERS and value not in NOT_KNOWN:
            self.problems.append(f"{column.words} is not Yes, No or blank")
        return ANSWERS.get(value)


READERS: dict[str, Callable[[Cells, Column], Any]] = {
    "name": Cells.name,
    "date_of_birth": Cells.day,
    "started_on": Cells.day,
    "ended_on": Cells.day,
    "work_type": Cells.work_type,
    "care_experienced": Cells.yes_or_no,
    "welsh_speaking": Cells.yes_or_no,
    "sex": Cells.one_spelling,
    "ethnicity": Cells.one_spelling,
    "team": Cells.one_spelling,
    "worker": Cells.one_spelling,
}


def parse(content: bytes, kind: str, today: date) -> ParsedList:
    """With the columns as we guess them. Raises Unreadable where one that is required is not among them."""
    file = ListFile(content)
    heading = file.heading(kind)
    matching = guess(heading.cells, kind)
    if absent := missing(matching, kind):
        raise Unreadable(*map(not_found, absent))
    return read_list(file, heading, matching, kind, today)


def read_list(file: ListFile, heading: Heading, matching: Mapping[str, int], kind: str, today: date) -> ParsedList:
    """Columns that nothing was chosen for are not looked at. Raises Unreadable."""
    places = {matching[column.field]: column for column in COLUMNS[kind] if column.field in matching}
    width = None if file.workbook else len(heading.cells)
    spellings: dict[str, str] = {}
    parsed = [_row(number, row, places, width, spellings) for number, row in file.below(heading)]
    if not parsed:
        raise Unreadable(NO_ROWS)
    checked = [replace(row, problems=row.problems + tuple(_date_problems(row, kind, today))) for row in parsed]
    return ParsedList(
        rows=tuple(_doubled(checked)),
        ignored=tuple(cell for place, cell in enumerate(heading.cells) if cell and place not in places),
        sheet=heading.sheet,
        headings=heading.cells,
        matching=dict(matching),
        notes=(*file.where(heading), *_swapped(checked, places.values())),
    )


def _row(
    number: int, row: list[str], places: dict[int, Column], width: int | None, spellings: dict[str, str]
) -> ParsedRow:
    """`width`: cells beyond it have moved out of their columns. A workbook has no such cells."""
    cells = Cells({column: row[place] for place, column in places.items() if place < len(row)}, spellings)
    chosen = (column for column in places.values() if column != FAMILY_NAME)
    values = {column.field: READERS.get(column.field, Cells.text)(cells, column) for column in chosen}
    if width is not None and any(row[width:]):
        cells.problems.append("there are more cells than headings")
    return ParsedRow(number=number, **values, problems=tuple(cells.problems))


def _rows(count: int) -> str:
    return f"{count} row{'s' if count > 1 else ''}"


def _swapped(parsed: list[ParsedRow], columns: Iterable[Column]) -> Iterator[str]:
    """What looks swapped in the list as a whole, and a row alone cannot tell."""
    for column in columns:
        count = sum(f"{column.words} {MONTH_FIRST}" in row.problems for row in parsed)
        if count:
            yield (
                f"In {_rows(count)} {column.words} has the month before the day. In others it may "
                "have too, without showing it: 03/04/2010 is read as 3 April. Look at how the dates are written"
            )
    early = sum(START_BEFORE_BIRTH in row.problems for row in parsed)
    if early * 2 > len(parsed):
        yield f"In {early} rows start date is before date of birth. Are these two columns the wrong way round?"


def read_date(value: str) -> date | None:
    """23/04/2010 or 2010-04-23, from 1900 on; None for anything else."""
    if match := DAY_FIRST.fullmatch(value):
        day, month, year = match.groups()
    elif match := ISO.fullmatch(value):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)) if int(year) >= 1900 else None
    except ValueError:
        return None


def month_first(value: str) -> bool:
    """04/23/2010 is no date, and would be one with the day first."""
    match = DAY_FIRST.fullmatch(value)
    return match is not None and read_date(f"{match[2]}/{match[1]}/{match[3]}") is not None


def age(born: date, on: date) -> int:
    """In whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _date_problems(row: ParsedRow, kind: str, today: date) -> Iterator[str]:
    born, start, end = row.date_of_birth, row.started_on, row.ended_on
    if born and born > today:
        yield "date of birth is in the future"
    if start and start > today:
        yield "start date is in the future"
    if born and start and start < born:
        yield START_BEFORE_BIRTH
    if start and end and end < start:
        yield "end date is before start date"
    if kind == "child" and born and start and age(born, start) >= ADULT:
        yield "the child was 18 or over on the start date"


def _doubled(parsed: Iterable[ParsedRow]) -> Iterator[ParsedRow]:
    """A later row that repeats a reference or a person says which row it repeats."""
    seen: dict[tuple[object, ...], int] = {}
    for row in parsed:
        earlier = [(key, seen.setdefault(key, row.number)) for key in _identities(row)]
        problems = tuple(f"{key[0]} the same as in row {first}" for key, first in earlier if first != row.number)
        yield replace(row, problems=row.problems + problems)


def _identities(row: ParsedRow) -> Iterator[tuple[object, ...]]:
    if row.local_reference:
        yield "local reference is", row.local_reference.casefold()
    if row.name and row.date_of_birth:
        yield "name and date of birth are", row.name.casefold(), row.date_of_birth
    if row.name and row.child_reference:
        yield "name and child reference are", row.name.casefold(), row.child_reference.casefold()
