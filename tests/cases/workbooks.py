"""Excel workbooks part by part, honest and otherwise, as small as the format allows."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DATE_STYLE = 1
STYLES = f"""<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy;@"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/>
</cellXfs></styleSheet>"""


def workbook(
    *rows: Sequence[str],
    sheets: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
    strings: str = "",
    more: Mapping[str, bytes | str] | None = None,
    is_1904: bool = False,
) -> bytes:
    """`rows` are cells as `cell` and its like write them, on one sheet; or `sheets` are the whole data of several."""
    data = sheets if sheets is not None else {"Cases": rows_of(rows)}
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": link_part({"1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": book(list(data), hidden, is_1904),
        "xl/_rels/workbook.xml.rels": link_part(
            {
                **{f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(data)},
                "styles": ("styles", "styles.xml"),
                "strings": ("sharedStrings", "sharedStrings.xml"),
            }
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        **{f"xl/worksheets/sheet{n}.xml": sheet(cells) for n, cells in enumerate(data.values())},
        **(more or {}),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def link_part(links: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{KIND}/{kind}" Target="{to}"/>' for key, (kind, to) in links.items()
    )
    return f"<Relationships {LINKS}>{inside}</Relationships>"


def book(names: Sequence[str], hidden: Sequence[str], is_1904: bool) -> str:
    states = ["hidden" if name in hidden else "visible" for name in names]
    sheets = "".join(
        f'<sheet name="{escape(name)}" state="{state}" sheetId="{n + 1}" r:id="s{n}"/>'
        for n, (name, state) in enumerate(zip(names, states, strict=True))
    )
    return (
        f'<workbook {MAIN} xmlns:r="{KIND}"><workbookPr date1904="{int(is_1904)}"/><sheets>{sheets}</sheets></workbook>'
    )


def sheet(cells: str) -> str:
    return f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData><mergeCells/></worksheet>'


def rows_of(rows: Sequence[Sequence[str]], first: int = 1) -> str:
    return "".join(f'<row r="{number}">{"".join(row)}</row>' for number, row in enumerate(rows, start=first))


def text(said: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(said)}</t></is></c>'


def texts(*said: str) -> list[str]:
    return [text(word) for word in said]


def number(value: object, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def day(serial: object) -> str:
    """40291 is 23 April 2010."""
    return number(serial, DATE_STYLE)


def of_kind(kind: str, value: str) -> str:
    return f'<c t="{kind}"><v>{value}</v></c>'


def formula(said: str, value: str = "1") -> str:
    return f"<c><f>{escape(said)}</f><v>{value}</v></c>"


def listed(*changes: Mapping[str, str]) -> bytes:
    """A list of children in a service's own words, its dates as Excel has them; each row is another child."""
    rows = [
        [*(OWN | {"Case Ref": text(f"A{n}"), "Surname": text(f"Child {n}")} | change).values()]
        for n, change in enumerate(changes)
    ]
    return workbook(texts(*OWN), *rows)


OWN = {
    "Case Ref": text("A1"),
    "Forename": text("Demo"),
    "Surname": text("Child"),
    "DOB": day(40656),
    "Gender": text("Male"),
    "Ethnic origin": text("White"),
    "Order type": text("Court"),
    "Case worker": text("W Jones"),
    "Order start date": day(46266),
    "LAC": of_kind("b", "0"),
    "Postcode": text("ZZ1"),
}
