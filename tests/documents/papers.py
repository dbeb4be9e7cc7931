"""PDFs and pictures, byte by byte."""

import struct
import zlib
from collections.abc import Sequence


def pdf(
    *objects: str | bytes,
    page: str = "",
    catalog: str = "",
    trailer: str = "",
    content: bytes = b"",
    version: str = "1.7",
    box: str = "0 0 595 842",
) -> bytes:
    """One page with `content`; `objects` get the numbers from 5 on; the others go into their dictionaries."""
    stream = stream_of(content or b"BT /F1 12 Tf 72 720 Td (Evidence in advance) Tj ET")
    base = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R "
        f"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> {page} >>",
        stream,
    ]
    return written([*base, *objects], trailer, version)


def written(objects: Sequence[str | bytes], trailer: str = "", version: str = "1.7") -> bytes:
    out, places = f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += (
            f"{number} 0 obj\n".encode() + (each.encode("latin-1") if isinstance(each, str) else each) + b"\nendobj\n"
        )
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream_of(content: bytes, dictionary: str = "", *, packed: bool = False) -> bytes:
    data = zlib.compress(content, 9) if packed else content
    packing = "/Filter /FlateDecode " if packed else ""
    return f"<< /Length {len(data)} {packing}{dictionary} >>\nstream\n".encode() + data + b"\nendstream"


def png(width: int = 4, height: int = 4, more: bytes = b"", data: bytes | None = None) -> bytes:
    lines = data if data is not None else zlib.compress(b"".join(b"\0" + b"\x80" * width * 3 for _ in range(height)), 9)
    header = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def jpeg(width: int = 8, height: int = 8, more: bytes = b"", scan: bytes = b"\x12\x34\xff\x00\x56") -> bytes:
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + more
        + segment(0xDB, bytes(65))
        + segment(0xC0, struct.pack(">B2HB", 8, height, width, 1) + b"\x01\x11\x00")
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + scan
        + b"\xff\xd9"
    )


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
