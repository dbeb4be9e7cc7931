"""Reads the sheets of an Excel workbook row by row, as text. It keeps no tree of what it read, so that a small file
cannot become large in memory; whatever is in it, the answer is rows or sentences."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from cases.rules.archives import DAMAGED, TOO_LARGE, Archive
from cases.rules.elements import Attributes, Xml
from cases.rules.tables import LONGEST_ROW, MOST_COLUMNS, UNPRINTABLE, Unreadable

MOST_TEXT = 16_000_000
LONGEST_SHEET_NAME = 31
TOO_WIDE = f"A list can have up to {MOST_COLUMNS} columns. Row {{}} has more. Delete those on the right"
TOO_LONG = f"Row {{}} is longer than {LONGEST_ROW:,} characters. Correct it and upload the file again"
CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
BOOLEANS = {"1": "Yes", "0": "No", "true": "Yes", "false": "No"}
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
FIRST_REAL_DAY, LAST_DAY = 61, 2_958_465


@dataclass
class Cell:
    """One cell while it is being read."""

    place: int
    kind: str
    style: int
    said: list[str] = field(default_factory=list)
    formula: str | None = None


class Workbook:
    """`sheets` are the names of those that can be seen, `hidden` of the others."""

    NONE: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, content: bytes) -> None:
        self.archive = Archive(content)
        self.is_1904 = False
        self.parts: dict[str, str] = {}
        self.sheets: list[str] = []
        self.hidden: list[str] = []
        main, kinds = self._main_part()
        self._read_sheets(main)
        self.dates = self._date_styles(kinds.get("styles", ""))
        self.strings = self._shared_strings(kinds.get("sharedStrings", ""))

    def _links(self, folder: str, of: str) -> list[tuple[str, str, str]]:
        """(id, kind, part) of what a part names."""
        found = []
        for name, attributes, _ in Xml(self.archive, f"{folder}_rels/{of}.rels", self.NONE):
            if name == "Relationship" and attributes:
                target, kind = attributes.get("Target", ""), attributes.get("Type", "").rpartition("/")[2]
                place = target.lstrip("/") if target.startswith("/") else folder + target
                found.append((attributes.get("Id", ""), kind, place))
        return found

    def _main_part(self) -> tuple[str, dict[str, str]]:
        main = next((part for _, kind, part in self._links("", "") if kind == "officeDocument"), "")
        folder, _, name = main.rpartition("/")
        links = self._links(f"{folder}/" if folder else "", name)
        self.parts = {key: part for key, kind, part in links if kind == "worksheet"}
        return main, {kind: part for _, kind, part in links}

    def _read_sheets(self, main: str) -> None:
        places: dict[str, str] = {}
        for name, attributes, _ in Xml(self.archive, main, self.NONE):
            if name == "workbookPr" and attributes:
                self.is_1904 = attributes.get("date1904", "") in {"1", "true"}
            if name == "sheet" and attributes:
                title = UNPRINTABLE.sub("\ufffd", attributes.get("name", ""))[:LONGEST_SHEET_NAME]
                part = self.parts.get(next((attributes[key] for key in attributes if key.endswith(":id")), ""), "")
                (self.sheets if attributes.get("state", "visible") == "visible" and part else self.hidden).append(title)
                places.setdefault(title, part)
        if not self.sheets:
            raise Unreadable(DAMAGED)
        self.parts = places

    def _date_styles(self, part: str) -> set[int]:
        """The numbers of the styles that show a number as a date."""
        formats: dict[str, bool] = {str(number): True for number in DATE_FORMATS}
        dates, number, inside = set[int](), 0, False
        for name, attributes, _ in Xml(self.archive, part, self.NONE) if part else ():
            if name == "numFmt" and attributes:
                formats[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))
            elif name == "cellXfs":
                inside = attributes is not None
            elif name == "xf" and inside and attributes is not None:
                if formats.get(attributes.get("numFmtId", ""), False):
                    dates.add(number)
                number += 1
        return dates

    def _shared_strings(self, part: str) -> list[str]:
        strings, said, length, phonetic = list[str](), list[str](), 0, False
        for name, attributes, text in Xml(self.archive, part, frozenset("t")) if part else ():
            if name == "rPh":
                phonetic = attributes is not None
            elif name == "si" and attributes is None:
                strings.append("".join(said))
                said = []
            elif name == "t" and attributes is None and not phonetic:
                said.append(text)
                length += len(text)
                if length > MOST_TEXT:
                    raise Unreadable(TOO_LARGE)
        return strings

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Those with something in them, each with its number. Nothing below the cells is read."""
        number, row, place, cell = 0, dict[int, str](), -1, None
        for name, attributes, text in Xml(self.archive, self.parts[sheet], frozenset("tvf")):
            if name == "row":
                if attributes is None and row:
                    yield number, _filled(number, row)
                if attributes is not None:
                    number, row, place = _row_number(attributes, number), {}, -1
            elif name == "c":
                if attributes is not None:
                    cell = _begin(attributes, place + 1)
                    place = cell.place
                elif cell:
                    self._finish(cell, number, row)
                    cell = None
            elif cell and attributes is None and name in {"t", "v", "f"}:
                _add(cell, name, text)
            elif name == "sheetData" and attributes is None:
                return

    def _finish(self, cell: Cell, number: int, row: dict[int, str]) -> None:
        value = self._value(cell).strip()
        if value and cell.place >= MOST_COLUMNS:
            raise Unreadable(TOO_WIDE.format(number))
        if value:
            row[cell.place] = value

    def _value(self, cell: Cell) -> str:
        """As text: a formula as it was written, a date as 2010-04-23, true as Yes."""
        said = "".join(cell.said)
        if cell.formula is not None:
            return f"={cell.formula or 'formula'}"
        read: Callable[[str], str] | None = {"s": self._shared, "b": _boolean, "d": _iso_day}.get(cell.kind)
        if read:
            return read(said)
        return said if cell.kind in {"str", "inlineStr", "e"} else self._number(said, cell.style)

    def _shared(self, said: str) -> str:
        if not (said.isascii() and said.isdigit() and len(said) < 9 and int(said) < len(self.strings)):
            raise Unreadable(DAMAGED)
        return self.strings[int(said)]

    def _number(self, said: str, style: int) -> str:
        try:
            number = float(said)
        except ValueError:
            return said
        if style in self.dates and 1 <= number < LAST_DAY:
            return day_of(int(number), is_1904=self.is_1904)
        return str(int(number)) if abs(number) < 1e15 and number == int(number) else said


def is_date_format(code: str) -> bool:
    """Whether a number format shows a day: d/m/yyyy does, 0.00 and "dozen" do not."""
    letters = NO_LETTERS.sub("", code).casefold()
    return "d" in letters or "y" in letters


def day_of(number: int, *, is_1904: bool) -> str:
    """Excel believes that there was a 29 February 1900."""
    late = 0 if is_1904 or number >= FIRST_REAL_DAY else 1
    return (EPOCHS[is_1904] + timedelta(days=number + late)).date().isoformat()


def _boolean(said: str) -> str:
    return BOOLEANS.get(said.strip(), said)


def _iso_day(said: str) -> str:
    return said.partition("T")[0]


def _begin(attributes: Attributes, following: int) -> Cell:
    style = attributes.get("s", "0")
    return Cell(
        place=_place(attributes["r"]) if "r" in attributes else following,
        kind=attributes.get("t", "n"),
        style=int(style) if style.isascii() and style.isdigit() and len(style) < 9 else 0,
    )


def _add(cell: Cell, name: str, text: str) -> None:
    if name == "f":
        cell.formula = text
    else:
        cell.said.append(text)


def _place(reference: str) -> int:
    """B7 is in column 1."""
    match = CELL.fullmatch(reference)
    if not match:
        raise Unreadable(DAMAGED)
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _row_number(attributes: Attributes, last: int) -> int:
    written = attributes.get("r", str(last + 1))
    if not (written.isascii() and written.isdigit() and len(written) < 9 and int(written) > last):
        raise Unreadable(DAMAGED)
    return int(written)


def _filled(number: int, row: dict[int, str]) -> list[str]:
    if sum(map(len, row.values())) > LONGEST_ROW:
        raise Unreadable(TOO_LONG.format(number))
    return [row.get(place, "") for place in range(max(row) + 1)]
