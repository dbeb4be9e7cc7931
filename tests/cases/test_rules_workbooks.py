"""Excel workbooks: the same list as in CSV, and every hostile one refused in words, in little time and memory."""

import struct
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules import archives, caseload, files, workbooks
from cases.rules.tables import NO_ROWS, Unreadable
from tests.cases.test_rules_caseload import CHILD, TODAY, content
from tests.cases.workbooks import (
    OWN,
    TYPES,
    book,
    day,
    formula,
    link_part,
    listed,
    number,
    of_kind,
    rows_of,
    sheet,
    text,
    texts,
    workbook,
    zipped,
)

HONEST = listed({}, {})


def cells(*row: str, **more) -> list[str]:
    """What one row is read as."""
    (_, read), *_ = files.ListFile(workbook(row, **more)).rows("Cases")
    return read


def refusal(file: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        caseload.parse(file, "child", TODAY)
    return caught.value.sentences[0]


def test_a_workbook_with_a_services_own_columns_is_read_as_its_list():
    parsed = caseload.parse(HONEST, "child", TODAY)
    assert parsed.rows[0] == caseload.ParsedRow(
        number=2,
        local_reference="A0",
        name="Demo Child 0",
        date_of_birth=date(2011, 4, 23),
        sex="Male",
        ethnicity="White",
        work_type="court",
        worker="W Jones",
        started_on=date(2026, 9, 1),
        care_experienced=False,
    )
    assert (len(parsed.rows), parsed.ignored, parsed.notes) == (2, ("Postcode",), ())


def test_the_same_list_in_a_workbook_and_in_csv_is_the_same_list():
    book_of_it = workbook(texts(*CHILD), texts(*CHILD.values()))
    assert caseload.parse(book_of_it, "child", TODAY).rows == caseload.parse(content(CHILD), "child", TODAY).rows


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (day(40291), "2010-04-23"),
        (day("40291.75"), "2010-04-23"),
        (number(40291, 2), "2010-04-23"),
        (number(40291), "40291"),
        (number("20001.0"), "20001"),
        (number("1.5"), "1.5"),
        (number("1E400"), "1E400"),
        (number("nan"), "nan"),
        (day("1E400"), "1E400"),
        (day(1), "1900-01-01"),
        (day(59), "1900-02-28"),
        (day(61), "1900-03-01"),
        (day("-5"), "-5"),
        (of_kind("b", "1"), "Yes"),
        (of_kind("b", "0"), "No"),
        (of_kind("e", "#REF!"), "#REF!"),
        (of_kind("d", "2010-04-23T00:00:00"), "2010-04-23"),
        (of_kind("str", " words "), "words"),
        (text("=1+1"), "=1+1"),
        (formula("A1&B1", "x"), "=A1&B1"),
        ('<c><f t="shared" si="0"/><v>1</v></c>', "=formula"),
        ('<c t="inlineStr"><is><r><t>Si</t></r><r><t>ân</t></r></is></c>', "Siân"),
        ('<x:c xmlns:x="y" t="str"><x:v>prefixed</x:v></x:c>', "prefixed"),
    ],
)
def test_a_cell_is_read_as_the_text_that_it_means(cell, read):
    assert cells(cell) == [read]


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    assert cells(day(38829), is_1904=True) == ["2010-04-23"]


def test_shared_strings_are_read_with_their_runs_and_without_their_pronunciation():
    strings = "<si><r><t>Ann</t></r><r><t>e</t></r><rPh><t>x</t></rPh></si><si/><si><t>B</t></si>"
    assert cells(*(of_kind("s", n) for n in "012"), strings=strings) == ["Anne", "", "B"]


def test_cells_say_their_column_and_rows_their_number():
    data = '<row r="7"><c r="C7"><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>'
    assert list(files.ListFile(workbook(sheets={"Cases": data})).rows("Cases")) == [
        (7, ["", "", "1", "", "2"]),
        (9, ["3"]),
    ]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-809]d mmm yy;@", True),
        ("0.00", False),
        ('0 "days"', False),
        ("General", False),
        ("h:mm", False),
    ],
)
def test_a_number_format_shows_a_day_or_does_not(code, is_date):
    assert workbooks.is_date_format(code) is is_date


def test_the_sheet_in_which_most_columns_are_known_is_read_and_the_others_are_named():
    sheets = {
        "Cover": rows_of([texts("Our caseload")]),
        "Cases": rows_of([texts("Caseload in May"), texts(*OWN), list(OWN.values())]),
        "Old": rows_of([texts(*OWN), list(OWN.values())]),
    }
    parsed = caseload.parse(workbook(sheets=sheets, hidden=["Old"]), "child", TODAY)
    assert (parsed.sheet, [row.number for row in parsed.rows]) == ("Cases", [3])
    assert parsed.notes == (
        "The sheet “Cases” is read. Not read: “Cover”, 1 hidden sheet",
        "The headings are in row 2. Rows above it are not read",
    )


def test_a_sheet_that_is_chosen_is_read_instead():
    sheets = {name: rows_of([texts(*OWN), list(OWN.values())]) for name in ("May", "June")}
    assert [files.ListFile(workbook(sheets=sheets)).heading("child", sheet).sheet for sheet in ("", "June")] == [
        "May",
        "June",
    ]


def test_formatted_blank_rows_down_to_the_last_one_are_no_rows():
    blank = "".join(f'<row r="{n}" s="1"/>' for n in range(100_000, 110_000)) + '<row r="1048576"/>'
    data = rows_of([texts(*OWN), list(OWN.values())]) + blank
    assert len(caseload.parse(workbook(sheets={"Cases": data}), "child", TODAY).rows) == 1


def test_a_row_far_down_with_something_in_it_makes_the_list_too_long():
    data = rows_of([texts(*OWN), list(OWN.values())]) + '<row r="1048576"><c><v>1</v></c></row>'
    assert refusal(workbook(sheets={"Cases": data})) == files.TOO_MANY_ROWS


def test_10000_rows_are_read_and_one_more_is_too_many():
    row = list(OWN.values())
    assert len(caseload.parse(workbook(texts(*OWN), *[row] * 10_000), "child", TODAY).rows) == 10_000
    assert refusal(workbook(texts(*OWN), *[row] * 10_001)) == files.TOO_MANY_ROWS


# --- hostile ---


def changed(file: bytes, at: int, by: bytes) -> bytes:
    return file[:at] + by + file[at + len(by) :]


def with_entries(count: int) -> bytes:
    return zipped({f"xl/{n}": "" for n in range(count)})


def overlapping(ending: str = "") -> bytes:
    """The directory names one part again and again."""
    file, parts = BytesIO(), 200
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"xl/a{ending}", b"\0" * 10_000_000)
        twins = [zipfile.ZipInfo(f"xl/{n}{ending}") for n in range(parts)]
        for twin in twins:
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(twin, name, getattr(archive.filelist[0], name))
        archive.filelist += twins
    return file.getvalue()


def encrypted_part() -> bytes:
    file = BytesIO(HONEST)
    end = HONEST.rindex(b"PK\x05\x06")
    (start,) = struct.unpack("<L", HONEST[end + 16 : end + 20])
    return changed(file.getvalue(), start + 8, b"\x01\x00")


def size_lie() -> bytes:
    """The directory says 1,000 bytes, there are a hundred million."""
    file = bytearray(workbook(sheets={"Cases": "<row/>" * 10_000_000}))
    name = b"xl/worksheets/sheet0.xml"
    at = bytes(file).rindex(name) - 46
    file[at + 24 : at + 28] = struct.pack("<L", 1000)
    return bytes(file)


def compound(said: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + said.encode("utf-16-le") + b"\0" * 512


DOCTYPE = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "password": (lambda: compound("EncryptedPackage"), archives.LOCKED),
    "old workbook": (lambda: compound("Workbook"), files.OLD_WORKBOOK),
    "encrypted part": (encrypted_part, archives.LOCKED),
    "macros": (lambda: listed({}) and workbook(more={"xl/vbaProject.bin": b"\xff" * 100}), archives.MACROS),
    "macros elsewhere": (lambda: workbook(more={"custom/VBAPROJECT.BIN": b""}), archives.MACROS),
    "Excel 4 macros": (lambda: workbook(more={"xl/macrosheets/sheet1.xml": ""}), archives.MACROS),
    "link to a file": (lambda: workbook(more={"xl/externalLinks/externalLink1.xml": ""}), archives.LINKS),
    "data connection": (lambda: workbook(more={"xl/connections.xml": ""}), archives.LINKS),
    "a program inside": (lambda: workbook(more={"xl/embeddings/oleObject1.bin": b"MZ"}), archives.EMBEDDED),
    "a document": (lambda: zipped({"[Content_Types].xml": TYPES, "word/document.xml": "<w/>"}), archives.DAMAGED),
    "no sheets": (lambda: workbook(more={"xl/workbook.xml": "<workbook/>"}), archives.DAMAGED),
    "only hidden sheets": (
        lambda: workbook(more={"xl/workbook.xml": book(["Cases"], ["Cases"], False)}),
        archives.DAMAGED,
    ),
    "no such part": (
        lambda: zipped({"_rels/.rels": link_part({"1": ("officeDocument", "../../etc")})}),
        archives.DAMAGED,
    ),
    "entities": (lambda: workbook(more={"xl/worksheets/sheet0.xml": DOCTYPE + sheet("")}), archives.DAMAGED),
    "external entity": (lambda: workbook(more={"xl/sharedStrings.xml": EXTERNAL + "<sst/>"}), archives.DAMAGED),
    "not XML": (lambda: workbook(more={"xl/worksheets/sheet0.xml": "<row>"}), archives.DAMAGED),
    "UTF-16 nonsense": (lambda: workbook(more={"xl/worksheets/sheet0.xml": b"\xff\xfe<\0"}), archives.DAMAGED),
    "bytes after the end": (lambda: HONEST + b"%PDF-1.7", archives.DAMAGED),
    "bytes before the start": (lambda: b"PK" + HONEST, archives.DAMAGED),
    "a comment": (lambda: HONEST[:-2] + b"\x02\x00ab", archives.DAMAGED),
    "two ends": (lambda: HONEST + HONEST[-22:], archives.DAMAGED),
    "many parts": (lambda: with_entries(100_000), archives.TOO_LARGE),
    "overlapping parts": (overlapping, archives.DAMAGED),
    "twin parts": (lambda: workbook(more={"XL/WORKBOOK.XML": ""}), archives.DAMAGED),
    "size lie": (size_lie, archives.DAMAGED),
    "2 million strings": (lambda: workbook(texts("A"), strings="<si/>" * 2_000_000), archives.TOO_LARGE),
    "100 MB of strings": (lambda: workbook(texts("A"), strings="<si><t>" + "x" * 10**8), archives.TOO_LARGE),
    "60 MB in one string": (
        lambda: workbook(texts("A"), strings=f"<si><t>{'x' * 60_000_000}</t></si>"),
        archives.TOO_LARGE,
    ),
    "60 MB in one name": (lambda: workbook(sheets={"Cases": f'<row a="{"x" * 60_000_000}"/>'}), archives.TOO_LARGE),
    "wide strings": (
        lambda: workbook(texts("A"), strings=("<si><t>" + "x" * 30_000 + "\U0001f600</t></si>") * 1_500),
        archives.TOO_LARGE,
    ),
    "cells to the far right": (
        lambda: workbook(sheets={"Cases": '<row><c r="XFD1"><v>1</v></c></row>'}),
        workbooks.TOO_WIDE.format(1),
    ),
    "a wide row of blanks": (
        lambda: workbook(sheets={"Cases": "<row>" + "<c/>" * 2_000_000 + "</row>"}),
        archives.TOO_LARGE,
    ),
    "2 million rows": (lambda: workbook(sheets={"Cases": "<row/>" * 2_000_000}), archives.TOO_LARGE),
    "2 million merged ranges": (lambda: merged(), NO_ROWS),
    "rows that go back": (lambda: workbook(sheets={"Cases": '<row r="2"/><row r="1"/>'}), archives.DAMAGED),
    "no such string": (lambda: workbook([of_kind("s", "7")]), archives.DAMAGED),
    "a string of minus one": (lambda: workbook([of_kind("s", "-1")]), archives.DAMAGED),
    "no such cell": (lambda: workbook(sheets={"Cases": '<row><c r="1A"><v>1</v></c></row>'}), archives.DAMAGED),
    "an endless row": (lambda: workbook(texts("A" * 20_001)), workbooks.TOO_LONG.format(1)),
    "nothing in it": (lambda: workbook(), NO_ROWS),
    "headings alone": (lambda: workbook(texts(*OWN)), NO_ROWS),
}


def merged() -> bytes:
    """After the cells, where nobody reads."""
    data = sheet("").replace("<mergeCells/>", "<mergeCells>" + '<mergeCell ref="A1:B1"/>' * 2_000_000 + "</mergeCells>")
    return workbook(more={"xl/worksheets/sheet0.xml": data})


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_workbook_is_refused_in_words(name):
    make, sentence = HOSTILE[name]
    assert refusal(make()) == sentence


@pytest.mark.parametrize("share", range(1, 10))
def test_a_workbook_that_was_cut_off_is_refused(share):
    assert refusal(HONEST[: len(HONEST) * share // 10]) == archives.DAMAGED


@given(st.integers(0, len(HONEST) - 1), st.binary(min_size=1, max_size=4))
@settings(max_examples=300)
def test_whatever_byte_is_changed_there_are_rows_or_sentences(at, noise):
    try:
        parsed = caseload.parse(changed(HONEST, at, noise), "child", TODAY)
    except Unreadable as unreadable:
        said = unreadable.sentences
    else:
        said = (f"{len(parsed.rows)} rows",)
    assert all(said)


ROOT = Path(__file__).resolve().parents[2]
READ = """
import sys, time
from datetime import date
from cases.rules.caseload import parse
from cases.rules.tables import Unreadable
began = time.process_time()
try:
    parse(sys.stdin.buffer.read(), "child", date(2027, 5, 12))
except Unreadable:
    pass
spent = time.process_time() - began
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(peak) // 1024, spent)
"""
MOST_MEGABYTES, MOST_SECONDS = 300, 15
HEAVY = ["2 million strings", "100 MB of strings", "60 MB in one string", "60 MB in one name", "wide strings"]
HEAVIER = [
    "a wide row of blanks",
    "2 million rows",
    "2 million merged ranges",
    "size lie",
    "many parts",
    "overlapping parts",
]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process")
@pytest.mark.parametrize("name", HEAVY + HEAVIER)
def test_a_hostile_workbook_costs_little_memory_and_time(name):
    reader = [sys.executable, "-c", READ]
    done = subprocess.run(reader, input=HOSTILE[name][0](), capture_output=True, check=True, cwd=ROOT)
    megabytes, seconds = map(float, done.stdout.split())
    print(f"{name}: {megabytes:.0f} MB, {seconds:.2f} s")
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_SECONDS
