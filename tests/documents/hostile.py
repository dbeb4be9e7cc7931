"""Files that must never become available, by family. Made when they are asked for: there is none in the repository."""

import struct
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from tests.documents import hostile_papers
from tests.documents.families import FAMILIES, Files, family
from tests.documents.packages import (
    MAIN,
    body,
    cell,
    formula,
    link,
    links,
    paragraph,
    row,
    slides,
    word,
    word_parts,
    workbook,
    zipped,
)
from tests.documents.papers import chunk, pdf, png, stream_of

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


__all__ = ["EICAR", "FAMILIES", "every", "hostile_papers"]


def every() -> Iterator[tuple[str, str, bytes]]:
    for name, make in FAMILIES.items():
        for file, content in make():
            yield name, file, content


@family
def known_virus() -> Files:
    yield "virus.docx", EICAR
    stored = word_parts(more={"customXml/item1.xml": b"<x>" + EICAR.replace(b"&", b"&amp;") + b"</x>"})
    yield "virus-in-a-part.docx", zipped(stored, zipfile.ZIP_STORED)
    yield "virus-in-a-stream.pdf", pdf(stream_of(EICAR))
    yield "virus-in-a-comment.png", png(more=chunk(b"tEXt", b"Comment\0" + EICAR))


@family
def unpacks_to_much() -> Files:
    yield "zeros.docx", word(paragraph("0" * 60_000_000))
    yield "paragraphs.docx", word("<w:p/>" * 4_000_000)
    yield "picture.docx", word(more={"word/media/image1.bmp": bytes(160_000_000)})
    yield "many-parts-of-zeros.pptx", slides("a", more={f"ppt/media/i{n}.bmp": bytes(9_000_000) for n in range(20)})


@family
def many_parts() -> Files:
    yield "parts.docx", word(more={f"word/p{number}.xml": "" for number in range(30_000)})
    yield "parts.xlsx", workbook(more={f"xl/p{number}.xml": "<a/>" for number in range(2_500)})


@family
def archives_in_archives() -> Files:
    inside = word()
    for _ in range(6):
        inside = zipped({"word/inside.docx": inside})
    yield "six-deep.docx", word(more={"word/inside.zip": inside})
    yield "no-office-file.docx", zipped({"a.zip": zipped({"b.zip": b""})})
    yield "picture-is-an-archive.docx", word(more={"word/media/image1.png": inside})


@family
def overlapping_parts() -> Files:
    for times in (2, 20, 200):
        content = word(more={"word/p.xml": f"<a>{'b' * 10_000}</a>"})
        end = content.rindex(b"PK\x05\x06")
        start = struct.unpack_from("<L", content, end + 16)[0]
        entry = content[content.rindex(b"PK\x01\x02") : end]
        twins = b"".join(entry.replace(b"word/p.xml", f"word/{n % 100:03d}".encode() + b".x"[:2]) for n in range(times))
        count = struct.unpack_from("<H", content, end + 10)[0] + times
        ends = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, end - start + len(twins), start, 0)
        yield f"overlap-{times}.docx", content[:end] + twins + ends


@family
def lies_about_its_length() -> Files:
    content = word(more={"word/p.xml": f"<a>{'b' * 200_000}</a>"})
    real, small = struct.pack("<L", 200_007), struct.pack("<L", 1_000)
    yield "shorter.docx", content.replace(real, small)
    yield "longer.docx", content.replace(real, struct.pack("<L", 2**31))
    yield "in-the-list-only.docx", small.join(content.rsplit(real, 1))


@family
def damaged_archives() -> Files:
    content = word(paragraph(*[f"word {n}" for n in range(500)]))
    for tenth in range(1, 10):
        yield f"cut-at-{tenth}0-percent.docx", content[: len(content) * tenth // 10]
    yield "bytes-after.docx", content + b"more"
    yield "bytes-before.docx", b"PK\x03\x04more" + content
    yield "two-ends.docx", content + content[-22:]
    place = content.index(b"word/document.xml") + 40
    yield "wrong-checksum.docx", content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    yield "with-a-comment.docx", content[:-2] + b"\x04\x00note"
    yield "zip64.xlsx", workbook()[:-22] + b"PK\x06\x07" + bytes(16) + workbook()[-22:]


@family
def declarations_in_xml() -> Files:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for name, declared, said in (
        ("laughs", f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>', "&l9;"),
        ("file", '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "&f;"),
        ("address", '<!DOCTYPE w [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]>', "&f;"),
        ("parameter", '<!DOCTYPE w [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>', ""),
        ("remote-dtd", '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
    ):
        yield f"{name}.docx", word(more={"word/document.xml": declared + body(paragraph(said))})
        yield f"{name}.xlsx", workbook(more={"xl/styles.xml": f"{declared}<a>{said}</a>"})


@family
def xml_that_is_none() -> Files:
    for name, said in (("unclosed", b"<a>"), ("nul", b"<a>\0</a>"), ("twice", b"<a/><a/>"), ("bytes", b"\xff\xfe\0")):
        yield f"{name}.docx", word(more={"word/document.xml": said})
    yield "deep.docx", word(more={"word/document.xml": b"<a>" * 200_000})


@family
def macros() -> Files:
    yield "macros.docm", word(type_of=MACRO_MAIN, more={"word/vbaProject.bin": OLE})
    yield "macros-renamed.docx", word(type_of=MACRO_MAIN)
    yield "project-of-nothing.docx", word(more={"word/vbaProject.bin": bytes(range(256))})
    yield "project-renamed.docx", word(more={"word/Vbaproject.xml": "<a/>"})
    yield (
        "type-only.docx",
        word(types_more='<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
    )
    yield "macros.xlsx", workbook(type_of="application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    yield "project.xlsx", workbook(more={"xl/vbaProject.bin": OLE})
    yield "project.pptx", slides("a", more={"ppt/vbaProject.bin": OLE})


@family
def macro_sheets() -> Files:
    yield "excel-4.xlsx", workbook(more={"xl/macrosheets/sheet1.xml": "<a/>"})
    yield "dialog.xlsx", workbook(more={"xl/dialogsheets/sheet1.xml": "<a/>"})


@family
def attached_templates() -> Files:
    for name, target in (
        ("http", "http://127.0.0.1:9/t.dotm"),
        ("share", "\\\\127.0.0.1\\share\\t.dotm"),
        ("file", "file:///t.dotm"),
    ):
        linked = links(link("attachedTemplate", target, outside=True))
        yield f"template-{name}.docx", word(more={"word/_rels/settings.xml.rels": linked})


@family
def pictures_from_elsewhere() -> Files:
    linked = links(link("image", "http://127.0.0.1:9/i.png", outside=True))
    yield "picture.docx", word(more={"word/_rels/document.xml.rels": linked})
    yield "picture.pptx", slides("a", more={"ppt/slides/_rels/slide1.xml.rels": linked})
    unsaid = links(link("image", "http://127.0.0.1:9/i.png"))
    yield "picture-without-its-mode.docx", word(more={"word/_rels/document.xml.rels": unsaid})


@family
def parts_of_other_kinds() -> Files:
    yield "chunk.docx", word('<w:altChunk r:id="rId1"/>')
    yield "chunk-link.docx", word(more={"word/_rels/document.xml.rels": links(link("aFChunk", "chunk.xml"))})
    yield "chunk.html.docx", word(more={"word/chunk.html": "<script>alert(1)</script>"})
    yield "subdocument.docx", word('<w:subDoc r:id="rId1"/>')
    yield "frames.docx", word(more={"word/webSettings.xml": body("<w:frameset/>")})


@family
def fields_that_fetch() -> Files:
    for name, said in (
        ("dde", 'DDE cmd "/c calc"'),
        ("ddeauto", 'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'),
        ("picture", 'INCLUDEPICTURE "http://127.0.0.1:9/i.png"'),
        ("text", 'INCLUDETEXT "http://127.0.0.1:9/t.docx"'),
        ("link", "LINK Excel.Sheet.8 c:\\\\a.xls"),
        ("quote", "QUOTE 68 68 69"),
        ("small-letters", "  ddeauto cmd"),
    ):
        yield f"{name}.docx", word(f"<w:p><w:r><w:instrText>{said}</w:instrText></w:r></w:p>".replace("&", ""))
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in ("D", "D", "EAU", "TO cmd"))
    yield "in-pieces.docx", word(f"<w:p>{pieces}</w:p>")
    yield "simple.docx", word('<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>')


@family
def links_to_computers() -> Files:
    for name, target in (
        ("file", "file:///c:/windows/system32/calc.exe"),
        ("share", "\\\\127.0.0.1\\share"),
        ("script", "javascript:alert(1)"),
        ("ms", "ms-word:ofe|u|http://127.0.0.1:9/a.docx"),
        ("search", "search-ms:query=a"),
    ):
        yield (
            f"link-{name}.docx",
            word(more={"word/_rels/document.xml.rels": links(link("hyperlink", target, outside=True))}),
        )


@family
def embedded_files() -> Files:
    for name, part in (
        ("package", "word/embeddings/oleObject1.bin"),
        ("program", "word/embeddings/a.exe"),
        ("activex", "word/activeX/activeX1.xml"),
        ("program-as-bin", "word/a.bin"),
        ("script", "word/media/a.js"),
    ):
        yield f"{name}.docx", word(more={part: b"MZ" + bytes(100)})
    yield "program-as-picture.docx", word(more={"word/media/image1.png": b"MZ" + bytes(100)})
    yield "object.docx", word("<w:object><o:OLEObject xmlns:o='urn:o' Type='Link'/></w:object>")
    yield "control.docx", word("<w:control/>")
    yield "embedded.xlsx", workbook(more={"xl/embeddings/a.bin": OLE})
    yield "form-control.xlsx", workbook(more={"xl/ctrlProps/ctrlProp1.xml": "<a/>"})


@family
def links_between_workbooks() -> Files:
    yield "external.xlsx", workbook(more={"xl/externalLinks/externalLink1.xml": "<a/>"})
    yield "connection.xlsx", workbook(more={"xl/connections.xml": "<connections/>"})
    yield "query.xlsx", workbook(more={"xl/queryTables/queryTable1.xml": "<a/>"})
    yield "extension.xlsx", workbook(more={"xl/webextensions/webextension1.xml": "<a/>"})


@family
def formulas_that_act() -> Files:
    for name, said in (
        ("dde", "cmd|'/C calc'!A0"),
        ("webservice", 'WEBSERVICE("http://127.0.0.1:9/")'),
        ("call", 'CALL("Kernel32","WinExec","JCJ","calc",5)'),
        ("register", 'REGISTER ("urlmon","x")'),
        ("rtd", 'RTD("a",,"b")'),
    ):
        yield f"{name}.xlsx", workbook(row(formula(said)))
    padded = " " * 65_500
    yield "across-two-reads.xlsx", workbook(row(formula(f'{padded}{" " * 20}WEBSERVICE("http://127.0.0.1:9/")')))


@family
def sheets_out_of_sight() -> Files:
    yield "very-hidden.xlsx", workbook(row(cell("a")), state="veryHidden")


@family
def cell_bombs() -> Files:
    yield "cells.xlsx", workbook("<row>" + "<c/>" * 3_100_000 + "</row>")
    yield (
        "merged.xlsx",
        workbook(more={"xl/worksheets/sheet2.xml": "<m>" + '<mergeCell ref="A1:B2"/>' * 3_000_001 + "</m>"}),
    )
    yield "strings.xlsx", workbook(strings="<si/>" * 3_100_000)
    yield "one-text.xlsx", workbook(row(cell("x" * 9_000_000)))


@family
def actions_in_slides() -> Files:
    for action in ("program", "macro?name=a", "ole?verb=0"):
        yield f"{action[:5]}.pptx", slides("a", action=f"ppaction://{action}")


@family
def other_office_files() -> Files:
    yield "old.docx", OLE + bytes(600)
    yield "old.xlsx", OLE + bytes(600)
    yield "locked.docx", OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    yield "workbook.docx", workbook()
    yield "document.xlsx", word()
    yield "slides.docx", slides("a")
    yield "open-document.docx", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    yield "program.docx", zipped({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"})
    both = '<Override PartName="/x" ContentType="{}"/>'
    yield "two-kinds.docx", word(types_more=both.format(MAIN["xlsx"][1]))


@family
def locked_files() -> Files:
    locked = bytearray(word())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.index(mark)
        locked[at + place] |= 1
    yield "locked-part.docx", bytes(locked)
    yield (
        "locked.pdf",
        pdf("<< /Filter /Standard /V 1 /R 2 /O (o) /U (u) /P -4 >>", trailer="/Encrypt 5 0 R /ID [(a) (a)]"),
    )


@family
def odd_names_in_archives() -> Files:
    for number, name in enumerate(
        ("../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "c:/evil.xml", "word/../../evil.xml")
    ):
        yield f"outside-{number}.docx", word(more={name: "<a/>"})
    twin = word_parts()
    yield "case-twins.docx", zipped({**twin, "WORD/document.xml": "<a/>"})
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in word_parts().items():
            archive.writestr(name, content)
        linked = zipfile.ZipInfo("word/link.xml")
        linked.external_attr = 0o120777 << 16
        archive.writestr(linked, "/etc/passwd")
    yield "link.docx", file.getvalue()


@family
def odd_packing() -> Files:
    yield "bzip2.docx", zipped(word_parts(), zipfile.ZIP_BZIP2)
    yield "lzma.docx", zipped(word_parts(), zipfile.ZIP_LZMA)


FOREIGN = {
    "web_pages": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "drawings_with_scripts": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>',
    "scripts": b"alert(document.cookie)",
    "windows_programs": b"MZ\x90\0" + bytes(200),
    "linux_programs": b"\x7fELF\x02\x01\x01" + bytes(200),
    "server_scripts": b"<?php system($_GET['c']); ?>",
    "shell_scripts": b"#!/bin/sh\nrm -rf ~\n",
    "shortcuts": b"\x4c\0\0\0\x01\x14\x02\0" + bytes(100),
    "disk_images": bytes(32_769) + b"CD001" + bytes(100),
    "installers": OLE + b"Installer" + bytes(600),
    "rich_text": b"{\\rtf1{\\object\\objdata 0105}}",
    "mails": b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed\n\n--x\n",
    "other_archives": b"7z\xbc\xaf\x27\x1c" + bytes(50),
}


def foreign(content: bytes) -> Callable[[], Files]:
    def files() -> Files:
        for ending in ("docx", "xlsx", "pdf", "png", "jpg", "html"):
            yield f"file.{ending}", content

    return files


for name, content in FOREIGN.items():
    FAMILIES[name] = foreign(content)


@family
def names_of_two_kinds() -> Files:
    yield "report.pdf.exe", b"MZ" + bytes(50)
    yield "report.docx.js", b"alert(1)"
    yield "report.docm", word()
    yield "report.svg", FOREIGN["drawings_with_scripts"]
    yield "report", pdf()
    yield ".pdf.", pdf()
    yield "report.pdf\u202excod.exe", b"MZ"


@family
def nothing_in_it() -> Files:
    for ending in ("docx", "pdf", "png"):
        yield f"empty.{ending}", b""
        yield f"one-byte.{ending}", b"P"
