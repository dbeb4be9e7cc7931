"""Photographs and pictures: that they are whole, are nothing else besides, and do not unpack to more than they say."""

import struct
import zlib
from collections.abc import Iterator

from documents.rules.refused import ACTIVE, DAMAGED, PIXELS, FileRefused

LONGEST_SIDE, MOST_POINTS = 30_000, 120_000_000
SIGNATURE = 8
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
MARKUP = (b"<script", b"<html", b"<?php", b"<svg", b"javascript:", b"<!doctype")
ALONE = {0x01, *range(0xD0, 0xD8)}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
START, END, SCAN = 0xD8, 0xD9, 0xDA


def check_png(content: bytes) -> None:
    """Raises FileRefused."""
    chunks = list(_chunks(content))
    names = [name for name, _ in chunks]
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or names.count(b"IHDR") != 1 or b"acTL" in names:
        raise FileRefused(DAMAGED)
    if len(chunks[0][1]) != 13:
        raise FileRefused(DAMAGED)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">2L5B", chunks[0][1])
    _check_points(width, height)
    if colour not in SAMPLES or depth not in {1, 2, 4, 8, 16}:
        raise FileRefused(DAMAGED)
    for name, data in chunks:
        if name != b"IDAT":
            _check_words(data)
    line = (width * depth * SAMPLES[colour] + 7) // 8 + 1
    expected = line * height + (height * 8 + line * 8 if interlaced else 0)
    _check_length([data for name, data in chunks if name == b"IDAT"], expected)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = SIGNATURE
    while place < len(content):
        if len(content) - place < 12:
            raise FileRefused(DAMAGED)
        length, name = struct.unpack_from(">L4s", content, place)
        data = content[place + 8 : place + 8 + length]
        checksum = content[place + 8 + length : place + 12 + length]
        if len(checksum) < 4 or struct.unpack(">L", checksum)[0] != zlib.crc32(name + data):
            raise FileRefused(DAMAGED)
        yield name, data
        place += 12 + length


def _check_length(packed: list[bytes], expected: int) -> None:
    unpacking, length = zlib.decompressobj(), 0
    try:
        for data in packed:
            while data:
                length += len(unpacking.decompress(data, 64 * 1024))
                data = unpacking.unconsumed_tail
                if length > expected:
                    raise FileRefused(DAMAGED)
    except zlib.error:
        raise FileRefused(DAMAGED) from None
    if not length or not unpacking.eof:
        raise FileRefused(DAMAGED)


def _check_points(width: int, height: int) -> None:
    if not (width and height):
        raise FileRefused(DAMAGED)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_POINTS:
        raise FileRefused(PIXELS)


def _check_words(data: bytes) -> None:
    low = data.lower()
    if any(word in low for word in MARKUP):
        raise FileRefused(ACTIVE)


def check_jpeg(content: bytes) -> None:
    """One picture after the other: a telephone puts smaller ones behind the photograph. Raises FileRefused."""
    place = 0
    while place < len(content):
        if content[place : place + 2] != b"\xff\xd8":
            raise FileRefused(DAMAGED)
        place = _after_picture(content, place + 2)


def _after_picture(content: bytes, place: int) -> int:
    """The place after its end mark."""
    is_sized = False
    while True:
        marker, place = _marker(content, place)
        if marker == END:
            break
        if marker in ALONE:
            continue
        if place + 2 > len(content):
            raise FileRefused(DAMAGED)
        length = int.from_bytes(content[place : place + 2], "big")
        data = content[place + 2 : place + length]
        if length < 2 or len(data) != length - 2:
            raise FileRefused(DAMAGED)
        if marker in FRAMES:
            if len(data) < 6:
                raise FileRefused(DAMAGED)
            height, width = struct.unpack_from(">2H", data, 1)
            _check_points(width, height)
            is_sized = True
        _check_words(data)
        place += length
        if marker == SCAN:
            place = _after_scan(content, place)
    if not is_sized:
        raise FileRefused(DAMAGED)
    return place


def _marker(content: bytes, place: int) -> tuple[int, int]:
    if content[place : place + 1] != b"\xff":
        raise FileRefused(DAMAGED)
    while content[place : place + 1] == b"\xff":
        place += 1
    if place >= len(content) or content[place] in {0, START}:
        raise FileRefused(DAMAGED)
    return content[place], place + 1


def _after_scan(content: bytes, place: int) -> int:
    """Where the next marker stands that is no part of the points themselves."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise FileRefused(DAMAGED)
        if content[place + 1] != 0 and content[place + 1] not in ALONE and content[place + 1] != 0xFF:
            return place
        place += 1
