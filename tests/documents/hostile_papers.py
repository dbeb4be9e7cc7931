"""PDFs and pictures that must never become available."""

import struct
import zlib

from tests.documents.families import Files, family
from tests.documents.packages import word
from tests.documents.papers import chunk, jpeg, pdf, png, segment, stream_of, written

JS = "/S /JavaScript /JS (app.alert\\(1\\))"


@family
def scripts_in_pdfs() -> Files:
    yield "opens-with.pdf", pdf(catalog=f"/OpenAction << {JS} >>")
    yield "named.pdf", pdf(f"<< {JS} >>", catalog="/Names << /JavaScript << /Names [(a) 5 0 R] >> >>")
    yield "page.pdf", pdf(page=f"/AA << /O << {JS} >> >>")
    yield "escaped.pdf", pdf(catalog="/OpenAction << /S /J#61vaScript /J#53 (x) >>")
    yield "in-an-object-stream.pdf", object_stream(f"<< {JS} >>")
    yield "nobody-points-to.pdf", pdf(f"<< {JS} >>")
    yield "stream.pdf", pdf("<< /S /JavaScript /JS 6 0 R >>", stream_of(b"app.alert(1)", packed=True))
    yield "second-version.pdf", updated(f"<< /Type /Catalog /Pages 2 0 R /OpenAction << {JS} >> >>")
    yield "within-a-stream.pdf", hidden_in_a_stream(f"<< {JS} >>")


def object_stream(inside: str) -> bytes:
    """Object 5 stands in a packed stream, where no plain search finds it."""
    packed = stream_of(f"5 0 {inside}".encode(), "/Type /ObjStm /N 1 /First 4", packed=True)
    base = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        packed,
    ]
    out, places = b"%PDF-1.7\n", [0]
    for number, each in enumerate(base, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (each if isinstance(each, bytes) else each.encode()) + b"\nendobj\n"
    entries = [struct.pack(">BLH", 0, 0, 65535)] + [struct.pack(">BLH", 1, place, 0) for place in places[1:]]
    entries += [struct.pack(">BLH", 2, 4, 0), struct.pack(">BLH", 1, len(out), 0)]
    table = stream_of(b"".join(entries), "/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R", packed=True)
    return out + b"6 0 obj\n" + table + f"\nendobj\nstartxref\n{len(out)}\n%%EOF\n".encode()


def updated(catalog: str) -> bytes:
    first = pdf()
    former = first.rindex(b"xref", 0, -20)
    second = first + b"1 0 obj\n" + catalog.encode() + b"\nendobj\n"
    table = f"xref\n1 1\n{len(first):010d} 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev {former} >>\n"
    return second + table.encode() + f"startxref\n{len(second)}\n%%EOF\n".encode()


def hidden_in_a_stream(inside: str) -> bytes:
    """The list of objects points into what looks like the data of a picture."""
    whole = pdf(
        stream_of(b"5 0 obj\n" + inside.encode() + b"\nendobj\n", "/Subtype /Image"), catalog="/OpenAction 5 0 R"
    )
    outer = whole.index(b"5 0 obj")
    inner = whole.index(b"5 0 obj", outer + 5)
    return whole.replace(f"{outer:010d}".encode(), f"{inner:010d}".encode())


@family
def actions_in_pdfs() -> Files:
    for name, said in (
        ("launch", "/S /Launch /F (calc.exe)"),
        ("form", "/S /SubmitForm /F (http://127.0.0.1:9/)"),
        ("import", "/S /ImportData /F (a.fdf)"),
        ("elsewhere", "/S /GoToR /F (\\\\\\\\127.0.0.1\\\\a.pdf)"),
        ("embedded", "/S /GoToE /T << /R /C >>"),
        ("file-address", "/S /URI /URI (file:///c:/windows/calc.exe)"),
        ("script-address", "/S /URI /URI (javascript:alert\\(1\\))"),
        ("rendition", "/S /Rendition /OP 0"),
    ):
        yield f"{name}.pdf", pdf(catalog=f"/OpenAction << {said} >>")


@family
def attachments_in_pdfs() -> Files:
    file = stream_of(b"MZ", "/Type /EmbeddedFile")
    yield (
        "attachment.pdf",
        pdf(
            file,
            "<< /Type /Filespec /EF << /F 5 0 R >> >>",
            catalog="/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>",
        ),
    )
    yield "on-a-page.pdf", pdf("<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] >>", page="/Annots [5 0 R]")
    yield "rich-media.pdf", pdf("<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>", page="/Annots [5 0 R]")
    yield "form-in-xml.pdf", pdf(stream_of(b"<xdp/>"), catalog="/AcroForm << /XFA 5 0 R /Fields [] >>")


@family
def pdf_bombs() -> Files:
    data = bytes(40_000_000)
    yield "stream.pdf", pdf(stream_of(data, packed=True))
    for _ in range(5):
        data = zlib.compress(data, 9)
    nested = f"<< /Length {len(data)} /Filter [{' /FlateDecode' * 5}] >>\nstream\n".encode() + data + b"\nendstream"
    yield "five-packings.pdf", pdf(nested)
    yield "objects.pdf", written(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Kids [] /Count 0 >>", *["null"] * 110_000])
    yield "circle.pdf", written(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    yield "wide-page.pdf", pdf(box="0 0 9999999 9999999")
    yield "deep.pdf", pdf("[" * 20_000 + "]" * 20_000)


@family
def damaged_pdfs() -> Files:
    whole = pdf()
    for tenth in (1, 3, 5, 7, 9):
        yield f"cut-at-{tenth}0-percent.pdf", whole[: len(whole) * tenth // 10]
    yield "first-line-only.pdf", b"%PDF-1.7\n"
    yield "no-pages.pdf", written(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"])
    yield "no-root.pdf", b"%PDF-1.4\ntrailer << >>\n%%EOF"


@family
def two_kinds_at_once() -> Files:
    yield "pdf-and-archive.pdf", pdf() + word()
    yield "pdf-and-page.pdf", pdf() + b"<html><script>alert(1)</script></html>"
    yield "archive-and-pdf.docx", pdf() + word()
    yield "picture-and-script.jpg", jpeg() + b"<script>alert(1)</script>"
    yield "picture-and-archive.png", png() + word()
    yield "picture-and-archive.jpg", jpeg() + word()
    yield "script-in-a-comment.jpg", jpeg(more=segment(0xFE, b"<html><script>alert(1)</script>"))
    yield "script-in-its-details.jpg", jpeg(more=segment(0xE1, b"Exif\0\0<?php system('id'); ?>"))
    yield "script-in-its-text.png", png(more=chunk(b"tEXt", b"Title\0<svg onload=alert(1)>"))


@family
def pictures_of_many_points() -> Files:
    yield "flood.png", png(50_000, 50_000, data=zlib.compress(bytes(1000)))
    yield "flood.jpg", jpeg(65_000, 65_000)
    yield "long.png", png(100_000, 1, data=zlib.compress(bytes(300_001)))


@family
def picture_bombs() -> Files:
    yield "more-than-it-says.png", png(4, 4, data=zlib.compress(bytes(50_000_000), 9))
    yield "film.png", png(more=chunk(b"acTL", struct.pack(">2L", 100_000, 0)))
    yield "no-points.png", png(0, 0)
    yield "no-points.jpg", jpeg(0, 0)


@family
def damaged_pictures() -> Files:
    whole = png()
    yield "cut.png", whole[:-20]
    yield "no-end.png", whole[:-12]
    yield "wrong-checksum.png", whole.replace(b"IDAT", b"IDAT" + b"", 1)[:-20] + bytes(20)
    yield "first-bytes-only.png", whole[:8]
    yield "cut.jpg", jpeg()[:-2]
    yield "first-bytes-only.jpg", jpeg()[:4]
    yield "no-frame.jpg", b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xd9"
    yield "length-of-nothing.jpg", b"\xff\xd8\xff\xe0\0\0" + bytes(20) + b"\xff\xd9"
