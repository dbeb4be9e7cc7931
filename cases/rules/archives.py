"""Opens a workbook or a document as the archive that it is. Its parts are counted before any is unpacked."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from cases.rules.tables import Unreadable
from documents.rules.packages import BROKEN, ENCRYPTED, METHODS, NotAnArchive, TooManyParts, directory_of

MOST_PARTS = 1_000
LONGEST_DIRECTORY = 256 * 1024
MOST_UNPACKED = 64 * 1024**2
CHUNK = 64 * 1024
LOCAL_HEADER = 30

LOCKED = "The file has a password. Remove it and upload again"


@dataclass(frozen=True)
class Sort:
    """What is said of one sort of file, and which of its parts are refused: (what stands in their name, why).

    Where there are `endings`, a part whose name ends in another way is a file inside the file.
    """

    damaged: str
    too_large: str
    embedded: str
    refused: tuple[tuple[str, str], ...]
    endings: tuple[str, ...] = ()

    def refusal(self, name: str) -> str:
        """Why a part of this name is refused; "" where it is not."""
        low = name.lower().lstrip("/")
        other = self.embedded if self.endings and not low.endswith(self.endings) else ""
        return next((sentence for start, sentence in self.refused if start in low), other)


DAMAGED = (
    "The file is damaged or is not an Excel workbook. "
    "Open it in Excel, save it as “Excel Workbook (.xlsx)” and upload it again"
)
TOO_LARGE = "The workbook is too large to read. Copy the list on its own to a new workbook and upload that"
MACROS = "The file has macros. In Excel, save it as “Excel Workbook (.xlsx)”, which has none, and upload it again"
LINKS = "The file has links to other files or to a database. Copy the list as values to a new workbook and upload that"
EMBEDDED = "The file has other files inside it. Copy the list on its own to a new workbook and upload that"
WORKBOOK = Sort(
    damaged=DAMAGED,
    too_large=TOO_LARGE,
    embedded=EMBEDDED,
    refused=(
        ("vbaproject", MACROS),
        ("xl/macrosheets/", MACROS),
        ("xl/dialogsheets/", MACROS),
        ("xl/externallinks/", LINKS),
        ("xl/connections", LINKS),
        ("xl/querytables/", LINKS),
        ("xl/embeddings/", EMBEDDED),
        ("xl/activex/", EMBEDDED),
    ),
)


class Archive:
    """The parts of a file. Raises Unreadable for whatever is not of its sort, or tries to be more than one."""

    def __init__(self, content: bytes, sort: Sort = WORKBOOK) -> None:
        self.sort = sort
        try:
            directory_of(content, MOST_PARTS, LONGEST_DIRECTORY)
            self.zip = zipfile.ZipFile(BytesIO(content))
        except TooManyParts:
            raise Unreadable(sort.too_large) from None
        except (NotAnArchive, *BROKEN):
            raise Unreadable(sort.damaged) from None
        self.parts = {part.filename: part for part in self.zip.infolist()}
        self.left = MOST_UNPACKED
        self.elements = 0
        self._check_parts()

    def _check_parts(self) -> None:
        parts = self.zip.infolist()
        for part in parts:
            if sentence := self.sort.refusal(part.filename):
                raise Unreadable(sentence)
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise Unreadable(LOCKED)
        twins = len({part.filename.lower() for part in parts}) < len(parts)
        if twins or _overlap(parts) or any(part.compress_type not in METHODS for part in parts):
            raise Unreadable(self.sort.damaged)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Of one part, unpacked as they are asked for, and no more than the whole file may have."""
        if name not in self.parts:
            raise Unreadable(self.sort.damaged)
        if self.parts[name].file_size > self.left:
            raise Unreadable(self.sort.too_large)
        try:
            with self.zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise Unreadable(self.sort.too_large)
                    yield chunk
        except BROKEN:
            raise Unreadable(self.sort.damaged) from None


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts share bytes, so that a small file could declare a large one."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    ends = [part.header_offset + LOCAL_HEADER + part.compress_size for part in ordered]
    return any(end > after.header_offset for end, after in zip(ends, ordered[1:], strict=False))
