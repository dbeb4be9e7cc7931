"""Word documents, Excel workbooks and PowerPoint presentations: what they must not have, and their text."""

import re
from collections.abc import Iterable, Iterator

from documents.rules.kinds import SLIDES, WORD, WORKBOOK, Kind
from documents.rules.packages import Package
from documents.rules.refused import DAMAGED, EMBEDDED, HIDDEN, LINKS, MACROS, NOT_WHAT_ITS_NAME_SAYS, FileRefused
from documents.rules.texts import Text
from documents.rules.xml import Attributes, Event, Xml

MAIN = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    WORD: f"{MAIN}wordprocessingml.document.main+xml",
    WORKBOOK: f"{MAIN}spreadsheetml.sheet.main+xml",
    SLIDES: f"{MAIN}presentationml.presentation.main+xml",
}
CONTENT_TYPES = "[Content_Types].xml"
REFUSED_PARTS = (
    ("vbaproject", MACROS),
    ("vbadata", MACROS),
    ("macrosheets/", MACROS),
    ("dialogsheets/", MACROS),
    ("externallinks/", LINKS),
    ("xl/connections", LINKS),
    ("querytables/", LINKS),
    ("webextensions/", LINKS),
    ("embeddings/", EMBEDDED),
    ("activex/", EMBEDDED),
    ("ctrlprops/", EMBEDDED),
)
XML_ENDINGS = (".xml", ".rels")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp")
OTHER_ENDINGS = (*PICTURES, ".vml", ".odttf", ".fntdata", ".thmx")
PRINTER = re.compile(r"(xl|word|ppt)/printersettings/[a-z0-9]+\.bin")
PROGRAMS = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"#!", b"<", b"%PDF", b"{\\rtf")
REFUSED_TYPES = (("macroenabled", MACROS), ("vbaproject", MACROS), ("activex", EMBEDDED), ("oleobject", EMBEDDED))
REFUSED_ELEMENTS = {
    "altChunk": EMBEDDED,
    "subDoc": EMBEDDED,
    "OLEObject": EMBEDDED,
    "oleObj": EMBEDDED,
    "oleObject": EMBEDDED,
    "control": EMBEDDED,
    "ddeLink": LINKS,
    "externalReference": LINKS,
    "webPublishItem": LINKS,
    "frameset": LINKS,
}
REFUSED_LINKS = (
    "attachedtemplate",
    "afchunk",
    "oleobject",
    "externallink",
    "control",
    "vbaproject",
    "frame",
    "subdocument",
)
SAFE_TARGETS = ("http://", "https://", "mailto:", "#")
FIELD = re.compile(
    r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|QUOTE|EMBED)\b", re.IGNORECASE
)
FORMULA = re.compile(r"\b(WEBSERVICE|CALL|REGISTER|REGISTER\.ID|EXEC|RTD|IMAGE)\s*\(|\|", re.IGNORECASE)
FORMULAS = {"f", "formula", "formula1", "formula2", "definedName"}
QUOTED = re.compile(r'"[^"]*"')
ACTIONS = ("ppaction://program", "ppaction://macro", "ppaction://ole")
SLIDE = re.compile(r"ppt/slides/slide([0-9]{1,5})\.xml")
SHEET = re.compile(r"xl/worksheets/sheet([0-9]{1,5})\.xml")


def check(content: bytes, kind: Kind) -> Text:
    """Every part is read to its end. Raises FileRefused."""
    package, xml, text = Package(content), Xml(), Text()
    if CONTENT_TYPES not in package.parts:
        raise FileRefused(NOT_WHAT_ITS_NAME_SAYS.format(kind.words))
    for name in package.parts:
        _check_name(name)
    _check_types(xml.events(package.chunks(CONTENT_TYPES)), kind)
    for name in _in_order(package.parts, kind):
        if name.lower().endswith(XML_ENDINGS):
            _read_part(name, xml.events(package.chunks(name)), text)
        else:
            _check_bytes(name, package)
    return text


def _check_name(name: str) -> None:
    low = name.lower()
    for part, sentence in REFUSED_PARTS:
        if part in low:
            raise FileRefused(sentence)
    if not low.endswith((*XML_ENDINGS, *OTHER_ENDINGS)) and not PRINTER.fullmatch(low):
        raise FileRefused(EMBEDDED)


def _check_types(events: Iterator[Event], kind: Kind) -> None:
    found = set()
    for _, attributes, _ in events:
        said = (attributes or {}).get("ContentType", "")
        for word, sentence in REFUSED_TYPES:
            if word in said.lower():
                raise FileRefused(sentence)
        found.add(said)
    if found & set(MAIN_PARTS.values()) != {MAIN_PARTS[kind]}:
        raise FileRefused(NOT_WHAT_ITS_NAME_SAYS.format(kind.words))


def _in_order(names: Iterable[str], kind: Kind) -> list[str]:
    """Strings before the sheets that point to them, slides and sheets by their numbers."""

    def place(name: str) -> tuple[int, int, str]:
        numbered = SLIDE.fullmatch(name) or SHEET.fullmatch(name)
        return (2, int(numbered[1]), name) if numbered else (1, 0, name)

    return sorted((name for name in names if name != CONTENT_TYPES), key=place)


def _read_part(name: str, events: Iterator[Event], text: Text) -> None:
    is_links, reads, pieces = name.lower().endswith(".rels"), text.reader(name), _Pieces()
    for element, attributes, said in events:
        if attributes is not None:
            _check_element(element, attributes)
            if is_links and element == "Relationship":
                _check_link(attributes)
        pieces.add(element, attributes, said)
        reads(element, attributes, said)
    pieces.end()


class _Pieces:
    """Puts together what comes in pieces: a field in several runs, a formula in several texts."""

    def __init__(self) -> None:
        self.inside = ""
        self.field: list[str] = []
        self.formula: list[str] = []

    def add(self, element: str, attributes: Attributes | None, said: str) -> None:
        if said and self.inside == "instrText":
            self.field.append(said)
        elif said and self.inside in FORMULAS:
            self.formula.append(said)
        elif element:
            self.inside = element if attributes is not None else ""
            if element in {"fldChar", "p", *FORMULAS}:
                self.end()

    def end(self) -> None:
        _check_field("".join(self.field))
        if FORMULA.search(QUOTED.sub("", "".join(self.formula))):
            raise FileRefused(LINKS)
        self.field.clear()
        self.formula.clear()


def _check_element(element: str, attributes: Attributes) -> None:
    if element in REFUSED_ELEMENTS:
        raise FileRefused(REFUSED_ELEMENTS[element])
    if element == "fldSimple":
        _check_field(attributes.get("instr", ""))
    if element == "sheet" and attributes.get("state") == "veryHidden":
        raise FileRefused(HIDDEN)
    if attributes.get("action", "").lower().startswith(ACTIONS):
        raise FileRefused(MACROS)


def _check_field(instruction: str) -> None:
    if FIELD.match(instruction):
        raise FileRefused(LINKS)


def _check_link(attributes: Attributes) -> None:
    kind, target = attributes.get("Type", "").lower().rpartition("/")[2], attributes.get("Target", "").strip().lower()
    if kind in REFUSED_LINKS:
        raise FileRefused(LINKS)
    is_outside = attributes.get("TargetMode", "").lower() == "external" or "://" in target or target.startswith("\\\\")
    if is_outside and not (kind == "hyperlink" and target.startswith(SAFE_TARGETS)):
        raise FileRefused(LINKS)


def _check_bytes(name: str, package: Package) -> None:
    """Read whole, for its length and checksum. What is called a picture is not a program or another file."""
    first, low = b"", name.lower()
    for chunk in package.chunks(name):
        first = first or chunk[:16]
        if low.endswith(".vml") and (b"<!DOCTYPE" in chunk or b"<script" in chunk.lower()):
            raise FileRefused(DAMAGED)
    if low.endswith(PICTURES) and first.startswith(PROGRAMS):
        raise FileRefused(EMBEDDED)
