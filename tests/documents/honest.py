"""Ordinary files of the kinds that are taken: none may be refused."""

import struct
import zlib
from collections.abc import Iterator

from tests.documents.packages import (
    S,
    W,
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
from tests.documents.papers import chunk, jpeg, pdf, png, segment, stream_of

WELSH = "Llŷr â'r plant yn Nhŷ'r Cwmnïau: gwasanaeth cyfiawnder ieuenctid, ŵyl, ŷd"
NAMES = (
    "Tystiolaeth \N{EN DASH} Gwynedd a Môn.{}",
    "Head of service's letter & plan (final).{}",
    "2027-06-01 report v1.2.{}",
    "a" * 190 + ".{}",
    "UPPER CASE.{}",
    "Ysgol Cwm Rhymni \N{EN DASH} ŵ ŷ â ê î ô û.{}",
)


def every() -> Iterator[tuple[str, bytes]]:
    for name in NAMES:
        yield name.format("docx"), word(paragraph(WELSH))
        yield name.format("pdf"), pdf()
        yield name.format("xlsx"), workbook(row(cell(WELSH)))
        yield name.format("PDF"), pdf(version="1.4")
    yield from word_files()
    yield from workbooks()
    yield from papers()
    yield from pictures()


def word_files() -> Iterator[tuple[str, bytes]]:
    yield "headings.docx", word(*["".join(f"<w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr>{n}</w:p>" for n in range(50))])
    table = "".join(f"<w:tr><w:tc>{paragraph(str(n))}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>" for n in range(5_000))
    yield "long-table.docx", word(f"<w:tbl>{table}</w:tbl>")
    added = "<w:ins w:author='A'><w:r><w:t>new</w:t></w:r></w:ins>"
    taken_out = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    yield "tracked-changes.docx", word(f"<w:p>{added}{taken_out}</w:p>")
    yield (
        "comments.docx",
        word(more={"word/comments.xml": f"<w:comments {W}><w:comment>{paragraph('Check')}</w:comment></w:comments>"}),
    )
    yield "pictures.docx", word(more={f"word/media/image{n}.png": png(20, 20) for n in range(30)})
    yield "photographs.docx", word(more={"word/media/image1.jpeg": jpeg(), "word/media/image2.emf": b"\x01\0\0\0"})
    linked = links(
        *(
            link("hyperlink", to, outside=True, key=f"r{n}")
            for n, to in enumerate(("https://www.gov.uk/a?b=c", "mailto:a@b.example"))
        )
    )
    yield "links.docx", word(more={"word/_rels/document.xml.rels": linked})
    field = '<w:p><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r><w:r><w:instrText>HYPERLINK "https://a.example/link"</w:instrText></w:r></w:p>'
    yield "page-numbers.docx", word(field + "<w:p><w:fldSimple w:instr=' TOC \\o \"1-3\" '/></w:p>")
    yield "fonts.docx", word(more={"word/fonts/font1.odttf": bytes(range(256)) * 40})
    yield "printer.docx", word(more={"word/printerSettings/printerSettings1.bin": bytes(500)})
    yield "markup-as-text.docx", word(paragraph("&lt;script&gt;alert(1)&lt;/script&gt; and DDE and LINK"))
    yield "stored.docx", zipped(word_parts(), 0)
    yield "folders.docx", zipped({"word/": b"", **word_parts()})
    yield "large.docx", word(paragraph(*[f"{n} {WELSH}" for n in range(40_000)]))


def workbooks() -> Iterator[tuple[str, bytes]]:
    yield "formulas.xlsx", workbook(row(formula("SUM(A1:A9)"), formula('IF(A1="a|b",VLOOKUP(A1,B:C,2,0),"")')))
    yield "strings.xlsx", workbook("<row><c t='s'><v>0</v></c></row>", strings="<si><t>Named</t></si>")
    yield "hidden-sheet.xlsx", workbook(row(cell("a")), state="hidden")
    yield (
        "many-rows.xlsx",
        workbook("".join(row(cell(f"a{n}"), cell("b"), f"<c><v>{n}</v></c>") for n in range(20_000))),
    )
    yield (
        "comments.xlsx",
        workbook(more={"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>", "xl/comments1.xml": f"<comments {S}/>"}),
    )
    yield "printer.xlsx", workbook(more={"xl/printerSettings/printerSettings1.bin": bytes(1_000)})
    yield (
        "chart.xlsx",
        workbook(more={"xl/charts/chart1.xml": "<c:chartSpace xmlns:c='urn:c'/>", "xl/drawings/drawing1.xml": "<a/>"}),
    )
    yield "names.xlsx", workbook(more={"xl/styles.xml": f"<styleSheet {S}/>", "docProps/app.xml": "<Properties/>"})


def papers() -> Iterator[tuple[str, bytes]]:
    yield "scanned.pdf", pdf(scan(2480, 3508), page="/Annots []")
    yield (
        "25-megabytes.pdf",
        pdf(stream_of(jpeg(2000, 2000, scan=b"\x11" * 24_000_000), "/Subtype /Image /Filter /DCTDecode")),
    )
    yield (
        "archive.pdf",
        pdf(stream_of(b"<x:xmpmeta/>", "/Type /Metadata /Subtype /XML"), catalog="/Metadata 5 0 R", version="1.4"),
    )
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [0 0 9 9] >>"
    yield "form.pdf", pdf(field, catalog="/AcroForm << /Fields [5 0 R] >>", page="/Annots [5 0 R]")
    address = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.gov.uk/a) >> >>"
    yield "links.pdf", pdf(address, page="/Annots [5 0 R]")
    yield "opens-at-a-page.pdf", pdf(catalog="/OpenAction [3 0 R /Fit] /PageMode /UseOutlines")
    yield "packed.pdf", pdf(content=b"BT ET " * 1000)
    yield "blank-at-its-end.pdf", pdf() + b"\r\n\0\0 "
    yield "words-of-danger.pdf", pdf(content=b"BT (JavaScript and Launch) Tj ET")


def scan(width: int, height: int) -> bytes:
    """A page that is nearly white, as a scanner packs it."""
    return stream_of(
        bytes([255]) * (width * height * 3), f"/Subtype /Image /Width {width} /Height {height}", packed=True
    )


def pictures() -> Iterator[tuple[str, bytes]]:
    yield "photograph.jpg", jpeg(4000, 3000, scan=b"\x31\xff\x00\x17" * 500_000)
    yield "photograph.jpeg", jpeg(more=segment(0xE1, b"Exif\0\0II*\0" + bytes(60)))
    yield "in-parts.jpg", jpeg(scan=b"\x12\xff\xd0\x34\xff\xd1\x56")
    yield "two-pictures.jpg", jpeg() + jpeg()
    yield "picture.png", png(300, 200)
    yield "with-text.png", png(more=chunk(b"tEXt", b"Software\0Paint"))
    yield "in-pieces.png", in_pieces()
    yield "slides.pptx", slides(WELSH, "Two", "Three")
    yield (
        "linked-slides.pptx",
        slides(
            "a", more={"ppt/slides/_rels/slide1.xml.rels": links(link("hyperlink", "https://a.example", outside=True))}
        ),
    )
    yield "theme.pptx", slides("a", more={"ppt/theme/theme1.xml": "<a/>", "ppt/media/image1.png": png()})


def in_pieces() -> bytes:
    data = zlib.compress(b"".join(b"\0" + bytes(300) for _ in range(100)))
    header = struct.pack(">2L5B", 100, 100, 8, 2, 0, 0, 0)
    pieces = b"".join(chunk(b"IDAT", data[n : n + 40]) for n in range(0, len(data), 40))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pieces + chunk(b"IEND", b"")
