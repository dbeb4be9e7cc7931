"""Word documents, workbooks and presentations part by part, as small as the format allows."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

DOC = "application/vnd.openxmlformats-officedocument"
TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="' + KIND + '"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="' + KIND + '"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{KIND}" {A}'
MAIN = {
    "docx": ("word/document.xml", f"{DOC}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{DOC}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{DOC}.presentationml.presentation.main+xml"),
}
Parts = Mapping[str, bytes | str]


def zipped(parts: Parts, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def types(ending: str, main_type: str = "", more: str = "") -> str:
    part, usual = MAIN[ending]
    return (
        f'<Types xmlns="{TYPES_NS}"><Default Extension="rels" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main_type or usual}"/>{more}</Types>'
    )


def links(*each: str) -> str:
    return f'<Relationships xmlns="{LINKS_NS}">{"".join(each)}</Relationships>'


def link(kind: str, target: str, *, outside: bool = False, key: str = "rId1") -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{key}" Type="{KIND}/{kind}" Target="{target}"{mode}/>'


def paragraph(*said: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{each}</w:t></w:r>' for each in said)}</w:p>"


def body(inside: str) -> str:
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


def word_parts(
    inside: str = "", more: Parts | None = None, type_of: str = "", types_more: str = ""
) -> dict[str, bytes | str]:
    return {
        "[Content_Types].xml": types("docx", type_of, types_more),
        "_rels/.rels": links(link("officeDocument", "word/document.xml")),
        "word/document.xml": body(inside or paragraph("Text")),
        **(more or {}),
    }


def word(inside: str = "", more: Parts | None = None, type_of: str = "", types_more: str = "") -> bytes:
    return zipped(word_parts(inside, more, type_of, types_more))


def workbook(
    sheet: str = "", more: Parts | None = None, state: str = "visible", strings: str = "", type_of: str = ""
) -> bytes:
    listed = f'<sheet name="One" state="{state}" sheetId="1" r:id="rId1"/>'
    return zipped(
        {
            "[Content_Types].xml": types("xlsx", type_of),
            "_rels/.rels": links(link("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"<workbook {S}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": links(link("worksheet", "worksheets/sheet1.xml")),
            "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{sheet}</sheetData></worksheet>",
            **(more or {}),
        }
    )


def row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


def cell(said: str) -> str:
    return f'<c t="inlineStr"><is><t>{said}</t></is></c>'


def formula(said: str) -> str:
    return f"<c><f>{said}</f><v>1</v></c>"


def slides(*texts: str, more: Parts | None = None, action: str = "") -> bytes:
    click = f'<a:hlinkClick r:id="" action="{action}"/>' if action else ""
    pages = {
        f"ppt/slides/slide{number}.xml": f"<p:sld {P}><a:p><a:r>{click}<a:t>{said}</a:t></a:r></a:p></p:sld>"
        for number, said in enumerate(texts, start=1)
    }
    return zipped(
        {
            "[Content_Types].xml": types("pptx"),
            "_rels/.rels": links(link("officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f"<p:presentation {P}/>",
            **pages,
            **(more or {}),
        }
    )
