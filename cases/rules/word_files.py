"""Reads the text of a Word document: what stands in its tables, row by row, and what stands outside them. It keeps no
tree, follows no link and computes no field; whatever is in the file, the answer is text or sentences (ADR 15)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.rules.archives import LOCKED, Archive, Sort
from cases.rules.elements import Attributes, Event, Xml
from cases.rules.tables import UNPRINTABLE, Unreadable

MOST_TEXT = 2_000_000
MOST_LINES = 100_000
ARCHIVE, COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
TYPES, MAIN_TYPE = "[Content_Types].xml", "wordprocessingml.document.main+xml"

SAVE_AS = "save it as “Word Document (.docx)” and upload it again"
CHOOSE_A_DOCUMENT = "Choose a Word document (.docx)"
NOT_A_DOCUMENT = f"What is in the file is not a Word document. Open it in Word or LibreOffice, {SAVE_AS}"
OLD_DOCUMENT = f"This is an older kind of Word file. In Word, {SAVE_AS}"
MACROS = f"The file has macros. In Word, {SAVE_AS}: that kind of file has none"
LINKS = (
    "The document takes text or pictures from other files. Remove those links, save the document and upload it again"
)
EMBEDDED = "The document has other files inside it. Remove them, save the document and upload it again"
DOCUMENT = Sort(
    damaged=f"The file is damaged or is not a Word document. Open it in Word, {SAVE_AS}",
    too_large="The document is too large to read. Copy your answers to a new copy of the document and upload that",
    embedded=EMBEDDED,
    refused=(("vbaproject", MACROS), ("vbadata", MACROS), ("/embeddings/", EMBEDDED), ("/activex/", EMBEDDED)),
    endings=(
        *(".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".emf", ".wmf"),
        *(".odttf", ".ttf", "/"),
    ),
)
REFUSED_LINKS = {
    **dict.fromkeys(("oleobject", "package", "control", "afchunk", "activexcontrolbinary"), EMBEDDED),
    **dict.fromkeys(("attachedtemplate", "frame", "subdocument", "mailmergesource", "mailmergeheadersource"), LINKS),
    **dict.fromkeys(("vbaproject", "wordvbadata"), MACROS),
}
REFUSED_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK", "DATABASE", "MACROBUTTON"}
)

NOT_READ = {
    "commentReference": "Comments in the margin are not read, and stay in the document that we keep",
    "del": "Tracked changes are read as if they were accepted, and stay in the document that we keep",
    "ins": "Tracked changes are read as if they were accepted, and stay in the document that we keep",
    "footnoteReference": "Footnotes are not read, and stay in the document that we keep",
    "endnoteReference": "Footnotes are not read, and stay in the document that we keep",
    "drawing": "Pictures are not read, and stay in the document that we keep",
    "pict": "Pictures are not read, and stay in the document that we keep",
}
LEFT_OUT = frozenset(
    {"Fallback", "del", "moveFrom", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "rt", "pPrChange"}
)
SAID = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
LIST_STYLES = ("ListBullet", "ListNumber")
NO_TEXTS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """A paragraph. `row` counts the rows of the outer tables; None outside them. `cell` counts in its row."""

    text: str
    row: int | None
    cell: int


@dataclass
class Page:
    """The document while it is being read, paragraph by paragraph."""

    lines: list[Line] = field(default_factory=list)
    not_read: dict[str, None] = field(default_factory=dict)
    skipping: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    is_item: bool = False
    row: int = -1
    cell: int = -1
    length: int = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        if sentence := NOT_READ.get(name):
            self.not_read[sentence] = None
        if self.skipping or name in LEFT_OUT:
            self.skipping.append(name)
        elif name == "tbl":
            self.inside.append(name)
        elif name == "tr" and len(self.inside) == 1:
            self.row, self.cell = self.row + 1, -1
        elif name == "tc" and len(self.inside) == 1:
            self.cell += 1
        elif name == "pPr":
            self.inside.append(name)
        elif name == "pStyle":
            self.is_item = value_of(attributes).startswith(LIST_STYLES)
        elif name == "numId":
            self.is_item = value_of(attributes) != "0"
        elif name in SAID and self.inside[-1:] != ["pPr"]:
            self.add(SAID[name])

    def end(self, name: str, text: str) -> None:
        if self.skipping:
            self.skipping.pop()
        elif name in {"tbl", "pPr"} and self.inside:
            self.inside.pop()
        elif name == "t":
            self.add(text)
        elif name == "p":
            self.finish_line()

    def add(self, text: str) -> None:
        self.length += len(text)
        if self.length > MOST_TEXT:
            raise Unreadable(DOCUMENT.too_large)
        self.said.append(text)

    def finish_line(self) -> None:
        text = UNPRINTABLE.sub("", "".join(self.said)).rstrip()
        bullet = "• " if self.is_item and text else ""
        row = self.row if self.inside else None
        if len(self.lines) >= MOST_LINES:
            raise Unreadable(DOCUMENT.too_large)
        self.lines.append(Line(bullet + text, row, self.cell))
        self.said, self.is_item = [], False


@dataclass(frozen=True)
class WordText:
    """`not_read` says, in sentences, what else is in the document."""

    lines: tuple[Line, ...]
    not_read: tuple[str, ...]


def check_document_name(name: str) -> None:
    """Raises Unreadable."""
    if not name.lower().endswith(".docx"):
        raise Unreadable(CHOOSE_A_DOCUMENT)


def read_document(content: bytes) -> WordText:
    """Raises Unreadable for whatever is not a plain document."""
    if content.startswith(COMPOUND):
        raise Unreadable(LOCKED if ENCRYPTED_PART in content else OLD_DOCUMENT)
    if not content.startswith(ARCHIVE):
        raise Unreadable(NOT_A_DOCUMENT)
    archive = Archive(content, DOCUMENT)
    main = main_part(archive)
    refuse_links(archive)
    for name in archive.parts:
        if name != main and name.startswith("word/") and name.endswith(".xml"):
            refuse_fields(archive, name)
    page = Page()
    for name, attributes, text in refusing_fields(archive, main, frozenset({"t", "instrText"})):
        if attributes is None:
            page.end(name, text)
        else:
            page.begin(name, attributes)
    return WordText(tuple(page.lines), tuple(page.not_read))


def main_part(archive: Archive) -> str:
    """Raises Unreadable where the file is of another kind, whatever its name says."""
    kinds = {}
    for name, attributes, _ in Xml(archive, TYPES, NO_TEXTS):
        if name == "Override" and attributes:
            kinds[attributes.get("PartName", "").lstrip("/")] = attributes.get("ContentType", "")
    if any("macroenabled" in kind.lower() for kind in kinds.values()):
        raise Unreadable(MACROS)
    for name, attributes, _ in Xml(archive, "_rels/.rels", NO_TEXTS):
        if name == "Relationship" and attributes and kind_of(attributes) == "officedocument":
            part = attributes.get("Target", "").lstrip("/")
            if kinds.get(part, "").endswith(MAIN_TYPE) and part.startswith("word/"):
                return part
    raise Unreadable(NOT_A_DOCUMENT)


def kind_of(attributes: Attributes) -> str:
    return attributes.get("Type", "").rpartition("/")[2].lower()


def refuse_links(archive: Archive) -> None:
    """A link that somebody may click is text; whatever the document itself would fetch or run is not."""
    for part in [part for part in archive.parts if part.endswith(".rels")]:
        for name, attributes, _ in Xml(archive, part, NO_TEXTS):
            if name != "Relationship" or not attributes:
                continue
            kind = kind_of(attributes)
            if sentence := REFUSED_LINKS.get(kind):
                raise Unreadable(sentence)
            if attributes.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
                raise Unreadable(LINKS)


def refuse_fields(archive: Archive, part: str) -> None:
    for _ in refusing_fields(archive, part, frozenset({"instrText"})):
        pass


def refusing_fields(archive: Archive, part: str, texts: frozenset[str]) -> Iterator[Event]:
    """The elements of a part. Word cuts the name of a field into pieces: they are looked at together."""
    fields: list[str] = []
    for name, attributes, text in Xml(archive, part, texts):
        if name == "fldSimple" and attributes:
            refuse_field(next((attributes[key] for key in attributes if key.endswith("instr")), ""))
        elif name == "fldChar" and attributes is not None:
            refuse_field("".join(fields))
            fields = []
        elif name == "instrText" and attributes is None:
            fields.append(text)
        yield name, attributes, text
    refuse_field("".join(fields))


def refuse_field(instruction: str) -> None:
    if REFUSED_FIELDS & {word.strip('"\\').upper() for word in instruction.split()[:1]}:
        raise Unreadable(LINKS)


def value_of(attributes: Attributes) -> str:
    return next((attributes[key] for key in attributes if key.rpartition(":")[2] == "val"), "")
