"""Gathers the text of a file while it is read, and no more of it than a page shows."""

import re
from collections.abc import Callable

from documents.rules.xml import Attributes

MOST_TEXT = 200_000
MOST_STRINGS = 100_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
BLANK_LINES = re.compile(r"\n[ \t\n]*\n")
SLIDE = re.compile(r"ppt/slides/slide[0-9]{1,5}\.xml")
SHEET = re.compile(r"xl/worksheets/sheet[0-9]{1,5}\.xml")

Reader = Callable[[str, Attributes | None, str], None]


class Text:
    """`is_cut` says that there was more."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.is_cut = False
        self.strings: list[str] = []

    def add(self, said: str) -> None:
        left = MOST_TEXT - self.length
        if len(said) > left:
            self.is_cut = True
        if left > 0 and said:
            self.pieces.append(said[:left])
            self.length += min(len(said), left)

    def whole(self) -> str:
        text = UNPRINTABLE.sub("\ufffd", "".join(self.pieces).replace("\r\n", "\n").replace("\r", "\n"))
        return BLANK_LINES.sub("\n\n", text).strip()

    def reader(self, part: str) -> Reader:
        """What gathers text from the events of this part."""
        if part == "word/document.xml" or SLIDE.fullmatch(part):
            return _Paragraphs(self)
        if part == "xl/sharedStrings.xml":
            return _Strings(self)
        return _Cells(self) if SHEET.fullmatch(part) else _nothing


def _nothing(element: str, attributes: Attributes | None, said: str) -> None:
    """Of parts without text to show."""


class _Paragraphs:
    def __init__(self, text: Text) -> None:
        self.text, self.inside = text, False

    def __call__(self, element: str, attributes: Attributes | None, said: str) -> None:
        if element == "t":
            self.inside = attributes is not None
        elif said and self.inside:
            self.text.add(said)
        elif element == "p" and attributes is None:
            self.text.add("\n")
        elif element in {"tab", "br", "tc"} and attributes is None:
            self.text.add("\n" if element == "br" else "\t")


class _Strings:
    """The texts that cells point to by their number."""

    def __init__(self, text: Text) -> None:
        self.text, self.inside, self.said, self.length = text, False, list[str](), 0

    def __call__(self, element: str, attributes: Attributes | None, said: str) -> None:
        if element == "t":
            self.inside = attributes is not None
        elif said and self.inside:
            self.said.append(said)
        elif element == "si" and attributes is None:
            string = "".join(self.said)
            self.said, self.length = [], self.length + len(string)
            if len(self.text.strings) < MOST_STRINGS and self.length < 20 * MOST_TEXT:
                self.text.strings.append(string)


class _Cells:
    def __init__(self, text: Text) -> None:
        self.text, self.inside, self.kind, self.said = text, False, "", list[str]()

    def __call__(self, element: str, attributes: Attributes | None, said: str) -> None:
        if element == "c" and attributes is not None:
            self.kind, self.said = attributes.get("t", "n"), []
        elif element in {"v", "t"}:
            self.inside = attributes is not None
        elif said and self.inside:
            self.said.append(said)
        elif element == "c":
            self.text.add(self.value() + "\t")
        elif element == "row" and attributes is None:
            self.text.add("\n")

    def value(self) -> str:
        said = "".join(self.said)
        if self.kind != "s" or not (said.isascii() and said.isdigit() and len(said) < 8):
            return said
        place = int(said)
        return self.text.strings[place] if place < len(self.text.strings) else ""
