"""Reads a part of an archive element by element. It keeps no tree: a small file cannot become large in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cases.rules.archives import Archive
from cases.rules.tables import Unreadable

MOST_ELEMENTS = 1_500_000  # a list of 10,000 rows and 50 cells has about as many
LONGEST_SILENCE = 1_000_000  # bytes in which no element begins or ends: a cell of Excel has 32,767 characters

Attributes = dict[str, str]
Event = tuple[str, Attributes | None, str]
"""(element, attributes, "") where one begins, (element, None, its text) where it ends."""


@dataclass
class Xml:
    """One part, element by element. `texts` are the elements whose text is wanted."""

    archive: Archive
    name: str
    texts: frozenset[str]
    events: list[Event] = field(default_factory=list)
    said: list[str] | None = None

    def __iter__(self) -> Iterator[Event]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.doctype
        silent = 0
        try:
            for chunk in self.archive.chunks(self.name):
                parser.Parse(chunk, False)
                silent = 0 if self.events else silent + len(chunk)
                if silent > LONGEST_SILENCE:
                    raise Unreadable(self.archive.sort.too_large)
                yield from self.events
                self.events.clear()
            parser.Parse(b"", True)
            yield from self.events
        except expat.ExpatError:
            raise Unreadable(self.archive.sort.damaged) from None

    def start(self, name: str, attributes: Attributes) -> None:
        self.archive.elements += 1
        if self.archive.elements > MOST_ELEMENTS:
            raise Unreadable(self.archive.sort.too_large)
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self.texts:
            self.said = []
        self.events.append((name, attributes, ""))

    def text(self, said: str) -> None:
        if self.said is not None:
            self.said.append(said)

    def end(self, name: str) -> None:
        said = ""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self.texts:
            said, self.said = "".join(self.said or ()), None
        self.events.append((name, None, said))

    def doctype(self, *_: object) -> None:
        raise Unreadable(self.archive.sort.damaged)
