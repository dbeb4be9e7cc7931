"""PDFs: what they must not have, and their text. Every object is looked at, also one that no page leads to."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from documents.rules.refused import ACTIVE, DAMAGED, LINKS, LOCKED, TOO_LARGE, FileRefused
from documents.rules.texts import Text

ACTIVE_NAMES = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/FileAttachment",
    "/RichMedia",
    "/Rendition",
    "/Movie",
    "/XFA",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
}
SAFE_ADDRESSES = ("http://", "https://", "mailto:", "tel:", "www.", "#")
MOST_OBJECTS = 100_000
MOST_PAGES = 3_000
MOST_READ_PAGES = 300
WIDEST_PAGE = 200_000  # units; a sheet of A0 has 3,370
MOST_FILTERS = 2
LARGEST_STREAM = 32 * 1024**2
LARGEST_PICTURE = 110 * 1024**2
MOST_UNPACKED = 700 * 1024**2
CHUNK = 256 * 1024
DEEPEST = 60
END_MARK = b"%%EOF"
STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE_RAW = re.compile(
    rb"/(" + b"|".join(sorted(name[1:].encode() for name in ACTIVE_NAMES)) + rb")(?![A-Za-z0-9_.\-#])"
)


def check(content: bytes) -> Text:
    """Raises FileRefused."""
    _check_frame(content)
    _check_between_streams(content)
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused(LOCKED)
        _check_objects(reader)
        _check_pages(reader)
    except (FileRefused, MemoryError):
        raise
    except Exception:  # whatever the library stumbles over, the file is not in order
        raise FileRefused(DAMAGED) from None
    return _text(reader)


def _check_frame(content: bytes) -> None:
    """It begins as a PDF and ends as one; nothing else is hung on."""
    last = content.rfind(END_MARK)
    if last < 0 or content[last + len(END_MARK) :].strip(b"\r\n \t\0"):
        raise FileRefused(DAMAGED)


def _check_between_streams(content: bytes) -> None:
    """What stands outside streams, as a program would read it that mends broken lists of objects."""
    place = 0
    while place < len(content):
        begins = STREAM.search(content, place)
        between = content[place : begins.start() if begins else len(content)]
        if ACTIVE_RAW.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), between)):
            raise FileRefused(ACTIVE)
        if not begins:
            return
        ends = content.find(b"endstream", begins.end())
        place = ends if ends >= 0 else len(content)


def _check_objects(reader: PdfReader) -> None:
    numbers = {number: generation for generation, table in reader.xref.items() for number in table}
    numbers |= dict.fromkeys(reader.xref_objStm, 0)
    if len(numbers) > MOST_OBJECTS:
        raise FileRefused(TOO_LARGE)
    left = MOST_UNPACKED
    for value in (reader.trailer, *(_object(reader, number, numbers[number]) for number in sorted(numbers))):
        for part in _within(value):
            _check_part(part)
            if isinstance(part, StreamObject):
                left -= _unpacked(part, left)


def _object(reader: PdfReader, number: int, generation: int) -> object:
    """None for one that the file names and does not have."""
    if number == 0:
        return None
    return reader.get_object(IndirectObject(number, generation, reader))


def _within(value: object, depth: int = 0) -> Iterator[DictionaryObject]:
    """Every dictionary of one object, not those that it only points to."""
    if depth > DEEPEST:
        raise FileRefused(TOO_LARGE)
    if isinstance(value, DictionaryObject):
        yield value
        for key in value:
            yield from _within(value.raw_get(key), depth + 1)
    elif isinstance(value, ArrayObject):
        for place in range(len(value)):
            yield from _within(list.__getitem__(value, place), depth + 1)


def _check_part(part: DictionaryObject) -> None:
    if "/Encrypt" in part:
        raise FileRefused(LOCKED)
    kinds = {str(part.raw_get(key)) for key in ("/S", "/Subtype", "/Type") if key in part}
    if ACTIVE_NAMES & (set(part) | kinds):
        raise FileRefused(ACTIVE)
    if "/URI" in part and not str(part["/URI"]).strip().lower().startswith(SAFE_ADDRESSES) and "/S" in part:
        raise FileRefused(LINKS)


def _unpacked(stream: StreamObject, left: int) -> int:
    """How long it is without its packing. Only counted: nothing of it is kept."""
    filters = stream.get("/Filter", ArrayObject())
    names = [str(name) for name in filters] if isinstance(filters, list) else [str(filters)]
    if len(names) > MOST_FILTERS:
        raise FileRefused(TOO_LARGE)
    packed: bytes = stream._data
    if "/FlateDecode" not in names and "/Fl" not in names:
        return len(packed)
    if names[0] not in {"/FlateDecode", "/Fl"}:
        return len(packed)
    most = min(left, LARGEST_PICTURE if stream.get("/Subtype") == "/Image" else LARGEST_STREAM)
    return _inflated(packed, most)


def _inflated(packed: bytes, most: int) -> int:
    unpacking, length = zlib.decompressobj(), 0
    try:
        while packed:
            length += len(unpacking.decompress(packed, CHUNK))
            packed = unpacking.unconsumed_tail
            if length > most:
                raise FileRefused(TOO_LARGE)
    except zlib.error:
        return length
    return length


def _check_pages(reader: PdfReader) -> None:
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise FileRefused(TOO_LARGE if len(reader.pages) else DAMAGED)
    for page in reader.pages:
        if max(abs(float(side)) for side in page.mediabox) > WIDEST_PAGE:
            raise FileRefused(TOO_LARGE)


def _text(reader: PdfReader) -> Text:
    """As far as it can be read: a scanned page has none."""
    text = Text()
    for number, page in enumerate(reader.pages):
        if number >= MOST_READ_PAGES or text.is_cut:
            text.is_cut = True
            break
        try:
            text.add(page.extract_text() + "\n\n")
        except Exception:  # a page whose text cannot be read is shown by the file itself
            text.is_cut = True
    return text
