"""Opens an Office file as the archive that it is. Everything is counted before anything is unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from documents.rules.refused import DAMAGED, LOCKED, TOO_LARGE, FileRefused

MOST_PARTS = 2_000
LONGEST_DIRECTORY = 512 * 1024
MOST_UNPACKED = 150 * 1024**2
LARGE, MOST_TIMES = 10 * 1024**2, 100  # what unpacks to more than this may be so many times as long as it was packed
CHUNK = 64 * 1024
END = struct.Struct("<4s4H2LH")
LOCAL = struct.Struct("<4s5H3L2H")
END_MARK, ZIP64_MARK, LOCAL_MARK = b"PK\x05\x06", b"PK\x06\x07", b"PK\x03\x04"
LONGEST_DESCRIPTOR = 24
ENCRYPTED = 1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
LINK, KIND_MASK = 0o120000, 0o170000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error)


class NotAnArchive(Exception):
    """Its list of parts is not where that of one archive, and of nothing else, stands."""


class TooManyParts(Exception):
    """More than may be counted."""


class Package:
    """Its parts by name. Raises FileRefused for whatever is not one archive and nothing else."""

    def __init__(self, content: bytes) -> None:
        try:
            directory = directory_of(content, MOST_PARTS, LONGEST_DIRECTORY)
            self.zip = zipfile.ZipFile(BytesIO(content))
        except TooManyParts:
            raise FileRefused(TOO_LARGE) from None
        except (NotAnArchive, *BROKEN):
            raise FileRefused(DAMAGED) from None
        self.parts = {part.filename: part for part in self.zip.infolist() if not part.is_dir()}
        self.left = MOST_UNPACKED
        parts = self.zip.infolist()
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise FileRefused(LOCKED)
        if len({part.filename.lower() for part in parts}) < len(parts) or any(_is_odd(part) for part in parts):
            raise FileRefused(DAMAGED)
        if not _is_whole(content, parts, directory):
            raise FileRefused(DAMAGED)
        _check_declared(parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Of one part, unpacked as they are asked for, and no more than the whole file may have."""
        try:
            with self.zip.open(self.parts[name]) as part:
                while chunk := part.read(CHUNK):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise FileRefused(TOO_LARGE)
                    yield chunk
        except BROKEN:
            raise FileRefused(DAMAGED) from None


def directory_of(content: bytes, most_parts: int, longest: int) -> int:
    """Where the list of parts begins: it stands once, at the very end, is short, and says how many it has.

    `longest` is in bytes. Raises NotAnArchive or TooManyParts; nothing is unpacked.
    """
    if len(content) < END.size or content[-END.size :][:4] != END_MARK:
        raise NotAnArchive
    _, disk, first, here, count, size, offset, comment = END.unpack(content[-END.size :])
    if count > most_parts or size > longest:
        raise TooManyParts
    whole = offset + size + END.size == len(content) and here == count and not (disk or first or comment)
    if not whole or ZIP64_MARK in content[-END.size - 20 : -END.size]:
        raise NotAnArchive
    return int(offset)


def _is_odd(part: zipfile.ZipInfo) -> bool:
    """A name that leads out of the archive, a link, or a packing of which we know nothing."""
    steps = part.filename.split("/")
    outside = part.filename.startswith("/") or ".." in steps or "\\" in part.filename or ":" in steps[0]
    is_link = (part.external_attr >> 16) & KIND_MASK == LINK
    return outside or is_link or part.compress_type not in METHODS or "\0" in part.orig_filename


def _is_whole(content: bytes, parts: list[zipfile.ZipInfo], directory: int) -> bool:
    """Whether the parts stand one after the other, from the first byte up to their list, with nothing between."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        start = part.header_offset
        header = content[start : start + LOCAL.size]
        if len(header) < LOCAL.size or header[:4] != LOCAL_MARK or not 0 <= start - end <= LONGEST_DESCRIPTOR:
            return False
        if start != end and not end:
            return False
        name, extra = LOCAL.unpack(header)[-2:]
        end = start + LOCAL.size + name + extra + part.compress_size
    return 0 <= directory - end <= LONGEST_DESCRIPTOR


def _check_declared(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.file_size > LARGE and part.file_size > MOST_TIMES * max(1, part.compress_size):
            raise FileRefused(TOO_LARGE)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefused(TOO_LARGE)
