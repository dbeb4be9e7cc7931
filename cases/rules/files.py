"""One uploaded list, whichever kind of file it is: its sheets, its headings, its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cases.rules.archives import LOCKED
from cases.rules.columns import guess
from cases.rules.tables import MOST_COLUMNS, MOST_ROWS, NO_ROWS, UNPRINTABLE, Unreadable, rows
from cases.rules.workbooks import Workbook

LOOKED_AT = 10
ENOUGH_TO_BE_HEADINGS = 3
LONGEST_HEADING = 60
ARCHIVE, COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")

CHOOSE_A_FILE = "Choose a CSV or Excel file (.csv or .xlsx)"
TOO_MANY_ROWS = f"A list can have up to {MOST_ROWS:,} rows, blank rows included. This one has more"
TOO_MANY_COLUMNS = f"A list can have up to {MOST_COLUMNS} columns. Delete those that are not asked for"
OLD_WORKBOOK = "This is an older kind of Excel file. In Excel, save it as “Excel Workbook (.xlsx)” and upload it again"
NOT_WHAT_ITS_NAME_SAYS = (
    "What is in the file is not what its name says. Save it as CSV or as an Excel workbook (.xlsx) and upload it again"
)


@dataclass(frozen=True)
class Heading:
    """The row that names the columns."""

    sheet: str
    number: int
    cells: tuple[str, ...]


def check_name(name: str, content: bytes) -> None:
    """Raises Unreadable unless the name ends as the content asks for."""
    if not name.lower().endswith((".csv", ".xlsx")):
        raise Unreadable(CHOOSE_A_FILE)
    is_workbook = content.startswith((ARCHIVE, COMPOUND))
    if content and is_workbook != name.lower().endswith(".xlsx"):
        raise Unreadable(NOT_WHAT_ITS_NAME_SAYS)


class ListFile:
    """Raises Unreadable where the file as a whole cannot be used. `sheets` has one name, \"\", for a CSV file."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(COMPOUND):
            raise Unreadable(LOCKED if ENCRYPTED_PART in content else OLD_WORKBOOK)
        self.content = content
        self.workbook = Workbook(content) if content.startswith(ARCHIVE) else None
        self.sheets = self.workbook.sheets if self.workbook else [""]

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Those with something in them, by their numbers in the file."""
        table = self.workbook.rows(sheet) if self.workbook else rows(self.content)
        for number, row in table:
            if number > MOST_ROWS + 1:
                raise Unreadable(TOO_MANY_ROWS)
            if any(row):
                yield number, row

    def heading(self, kind: str, sheet: str = "") -> Heading:
        """Of the sheet that was chosen, or else of the one in which most columns are recognised."""
        names = [sheet] if sheet in self.sheets else self.sheets
        found = [heading for name in names for heading in self._likely(kind, name)]
        if not found:
            raise Unreadable(NO_ROWS)
        best = max(found, key=lambda heading: len(guess(heading.cells, kind)))
        if len(best.cells) > MOST_COLUMNS:
            raise Unreadable(TOO_MANY_COLUMNS)
        return best

    def _likely(self, kind: str, sheet: str) -> Iterator[Heading]:
        """The first row, or one soon after it that has the columns: there may be a title above."""
        first = [Heading(sheet, number, _trimmed(row)) for number, row in islice(self.rows(sheet), LOOKED_AT)]
        known = (heading for heading in first if len(guess(heading.cells, kind)) >= ENOUGH_TO_BE_HEADINGS)
        yield from islice((*known, *first), 1)

    def below(self, heading: Heading) -> Iterator[tuple[int, list[str]]]:
        return ((number, row) for number, row in self.rows(heading.sheet) if number > heading.number)

    def where(self, heading: Heading) -> list[str]:
        """In sentences, which part of the file is read, where that is not all of it."""
        told = []
        others = [name for name in self.sheets if name != heading.sheet]
        hidden = len(self.workbook.hidden) if self.workbook else 0
        if others or hidden:
            left = [f"“{name}”" for name in others[:5]]
            left += [f"{len(others) - 5} more sheets"] if len(others) > 5 else []
            left += [f"{hidden} hidden sheet{'s' if hidden > 1 else ''}"] if hidden else []
            told.append(f"The sheet “{heading.sheet}” is read. Not read: {', '.join(left)}")
        if heading.number > 1:
            told.append(f"The headings are in row {heading.number}. Rows above it are not read")
        return told


def _trimmed(row: list[str]) -> tuple[str, ...]:
    """Without the blank cells at its end, each no longer than a page shows."""
    last = max((place for place, cell in enumerate(row) if cell), default=-1)
    return tuple(UNPRINTABLE.sub("\ufffd", cell)[:LONGEST_HEADING] for cell in row[: last + 1])
