"""What a caseload list may look like, and everything that is checked about its rows before anyone accepts it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from cases.rules.tables import NO_ROWS, Unreadable, rows

MOST_ROWS = 10_000
ADULT = 18
LONGEST_PROBLEM = 300
TOO_MANY_ROWS = f"A list can have up to {MOST_ROWS:,} rows, blank rows included. This one has more"

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
DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FORMULA = re.compile(r"[=+@-].")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Column:
    """`field` is where the cell goes, `heading` what the file calls it, in any case, with spaces or underscores."""

    field: str
    heading: str
    hint: str
    required: bool = True
    longest: int = 60

    @property
    def words(self) -> str:
        return self.heading.replace("_", " ")


REFERENCE = Column("local_reference", "local_reference", "The service's own reference for the case, once in the list")
BIRTH = Column("date_of_birth", "date_of_birth", "Such as 23/04/2010 or 2010-04-23")
SEX = Column("sex", "sex", "As the service records it", longest=20)
ETHNICITY = Column("ethnicity", "ethnicity", "As the service records it")
TEAM = Column("team", "team", "The team that holds the case", required=False)
START = Column("started_on", "start_date", "When the work began, such as 23/04/2025")
END = Column("ended_on", "end_date", "When the work ended; blank while it goes on", required=False)

COLUMNS = {
    "child": (
        REFERENCE,
        Column(
            "name", "name", "The child's name: used to find the same child twice and conflicts of interest", longest=120
        ),
        BIRTH,
        SEX,
        ETHNICITY,
        Column("work_type", "work_type", "Court, Out of court, Bail and remand or Resettlement"),
        TEAM,
        Column("worker", "case_manager", "The case manager", longest=120),
        START,
        END,
        Column("care_experienced", "care_experienced", "Yes, No or blank", required=False),
        Column("welsh_speaking", "welsh_speaking", "Yes, No or blank", required=False),
    ),
    "victim": (
        REFERENCE,
        Column("name", "name", "The victim's name: used to find the same victim twice", required=False, longest=120),
        Column("child_reference", "child_reference", "The service's own reference for the child"),
        Column("worker", "victim_worker", "The victim worker", longest=120),
        START,
        END,
        TEAM,
        replace(SEX, required=False),
        replace(ETHNICITY, required=False),
        replace(BIRTH, required=False),
        Column("welsh_speaking", "welsh_speaking", "Yes, No or blank", required=False),
    ),
}


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
    rows: tuple[ParsedRow, ...]
    ignored: tuple[str, ...]


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
        if day is None and not FORMULA.match(value):
            self.problems.append(f"{column.words} is not a date such as 23/04/2010")
        return day

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


def template(kind: str) -> str:
    """The first line of a list that has every column."""
    return ",".join(column.heading for column in COLUMNS[kind]) + "\r\n"


def parse(content: bytes, kind: str, today: date) -> ParsedList:
    """Raises Unreadable where the file as a whole cannot be used."""
    table = ((number, row) for number, row in _at_most(rows(content)) if any(row))
    _, heading = next(table, (0, []))
    places, ignored = _columns(heading, kind)
    spellings: dict[str, str] = {}
    parsed = [_row(number, row, places, len(heading), spellings) for number, row in table]
    if not parsed:
        raise Unreadable(NO_ROWS)
    checked = (replace(row, problems=row.problems + tuple(_date_problems(row, kind, today))) for row in parsed)
    return ParsedList(tuple(_doubled(checked)), ignored)


def _at_most(table: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in table:
        if number > MOST_ROWS + 1:
            raise Unreadable(TOO_MANY_ROWS)
        yield number, row


def _columns(heading: list[str], kind: str) -> tuple[dict[int, Column], tuple[str, ...]]:
    """Where each column is, and the headings that are not ours."""
    known = {column.words: column for column in COLUMNS[kind]}
    found = {place: column for place, cell in enumerate(heading) if (column := known.get(_words(cell)))}
    sentences = [
        f"We could not find a column for {column.words}. Add it to the file and upload it again"
        for column in COLUMNS[kind]
        if column.required and column not in found.values()
    ] + [
        f"There is more than one column for {column.words}. Keep one of them and upload the file again"
        for column in COLUMNS[kind]
        if list(found.values()).count(column) > 1
    ]
    if sentences:
        raise Unreadable(*sentences)
    return found, tuple(UNPRINTABLE.sub("\ufffd", cell)[:60] for cell in heading if cell and _words(cell) not in known)


def _words(cell: str) -> str:
    return re.sub(r"[\s_-]+", " ", cell).strip().casefold()


def _row(number: int, row: list[str], places: dict[int, Column], width: int, spellings: dict[str, str]) -> ParsedRow:
    cells = Cells({column: row[place] for place, column in places.items() if place < len(row)}, spellings)
    values = {column.field: READERS.get(column.field, Cells.text)(cells, column) for column in places.values()}
    if any(row[width:]):
        cells.problems.append("there are more cells than headings")
    return ParsedRow(number=number, **values, problems=tuple(cells.problems))


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
        yield "start date is before date of birth"
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
