"""Writes the review of a discussion as a Word document, for services that would rather fill that in.

Each box is a table of one column: its first row begins with the code of the question, the row below is for the answer.
A table with text in it is what both Word and LibreOffice keep whatever is done around it.
"""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from cases.rules.reviews import HEADING, ILLUSTRATIVE, INSTRUCTIONS, NOT_IN_XML, Given, GivenSection, Of, title_of

INSPECTORATE = "HM Inspectorate of Probation"
FONT, LANGUAGE, GREY = "Arial", "en-GB", "EEEEEE"
BLACK = RGBColor(0, 0, 0)
SIZES = {"Title": 22, "Heading 1": 16, "Normal": 11}  # points
MARGIN = Mm(20)
LEAST_BOX = Mm(25)


def review_document(of: Of, due: str, sections: Sequence[GivenSection]) -> bytes:
    """With what is written so far. `due` says by when it is wanted."""
    document = Document()
    set_page(document)
    set_styles(document)
    document.core_properties.title = f"{HEADING}, {of.words}"
    document.core_properties.author = INSPECTORATE
    document.core_properties.comments = ""
    document.core_properties.language = LANGUAGE
    document.sections[0].footer.paragraphs[0].text = of.words
    document.add_paragraph(HEADING, "Title")
    add_heading_rows(document, {**of.rows, "Due": due})
    for text in INSTRUCTIONS:
        document.add_paragraph(text)
    if any(section.illustrative for section in sections):
        document.add_paragraph(ILLUSTRATIVE)
    for section in sections:
        document.add_paragraph(section.title, "Heading 1")
        for given in section.given:
            add_box(document, given)
    return packed(document)


def packed(document: WordDocument) -> bytes:
    """The same text makes the same file: its parts carry no time."""
    saved, file = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return file.getvalue()


def set_page(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def set_styles(document: WordDocument) -> None:
    """Letters that every computer has, black, in our language."""
    for name, points in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), BLACK
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def add_heading_rows(document: WordDocument, rows: dict[str, str]) -> None:
    table = document.add_table(0, 2, "Table Grid")
    for label, value in rows.items():
        left, right = table.add_row().cells
        left.text, right.text = label, value
        left.paragraphs[0].runs[0].bold = True
    document.add_paragraph()


def add_box(document: WordDocument, given: Given) -> None:
    table = document.add_table(2, 1, "Table Grid")
    above, box = table.cell(0, 0), table.cell(1, 0)
    above.paragraphs[0].add_run(title_of(given.code, given.text)).bold = True
    above.paragraphs[0].paragraph_format.keep_with_next = True
    shade(above)
    repeat_first_row(table)
    table.rows[1].height = LEAST_BOX
    first, *more = NOT_IN_XML.sub("", given.answer).split("\n")
    box.paragraphs[0].text = first
    for line in more:
        box.add_paragraph(line)
    document.add_paragraph()


def shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", GREY)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def repeat_first_row(table: Table) -> None:
    """At the top of each page that the box goes on to; screen readers read it as the heading of the box."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
