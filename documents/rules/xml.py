"""Reads one XML part event by event. No tree is kept, and no part may bring declarations of its own."""

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from documents.rules.refused import DAMAGED, TOO_LARGE, FileRefused

MOST_ELEMENTS = 3_000_000  # of a whole file
LONGEST_SILENCE = 4_000_000  # bytes in which no element begins or ends

Attributes = dict[str, str]
Event = tuple[str, Attributes | None, str]


class Xml:
    """Names come without their prefix, those of attributes too. `elements` counts on over the parts of one file."""

    def __init__(self) -> None:
        self.elements = 0

    def events(self, chunks: Iterable[bytes]) -> Iterator[Event]:
        """(element, attributes, "") where one begins, (element, None, "") where it ends, ("", None, text) between."""
        waiting: list[Event] = []
        parser = self._parser(waiting)
        silent = 0
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
                silent = 0 if any(element for element, _, _ in waiting) else silent + len(chunk)
                if silent > LONGEST_SILENCE:
                    raise FileRefused(TOO_LARGE)
                yield from waiting
                waiting.clear()
            parser.Parse(b"", True)
            yield from waiting
        except (expat.ExpatError, ValueError):
            raise FileRefused(DAMAGED) from None

    def _parser(self, waiting: list[Event]) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def start(name: str, attributes: Attributes) -> None:
            self.elements += 1
            if self.elements > MOST_ELEMENTS:
                raise FileRefused(TOO_LARGE)
            waiting.append((_local(name), {_local(key): value for key, value in attributes.items()}, ""))

        def doctype(*_: object) -> None:
            raise FileRefused(DAMAGED)

        parser.StartElementHandler = start
        parser.EndElementHandler = lambda name: waiting.append((_local(name), None, ""))
        parser.CharacterDataHandler = lambda text: waiting.append(("", None, text))
        parser.StartDoctypeDeclHandler = doctype
        return parser


def _local(name: str) -> str:
    return name.rpartition(":")[2]
