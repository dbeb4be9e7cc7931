"""Hostile files are refused in words, honest ones are read. The largest are left to `make drill-files`."""

import pytest

from documents.rules.checks import FileRefused, check
from documents.rules.kinds import EVIDENCE, label_of, size_problem
from documents.rules.refused import EMBEDDED, LINKS, LOCKED, MACROS
from tests.documents import honest, hostile
from tests.documents.packages import cell, formula, paragraph, row, slides, word, workbook
from tests.documents.papers import pdf

LARGE = {"pdf_bombs", "unpacks_to_much", "cell_bombs", "picture_bombs", "many_parts"}
FOR_THE_SCANNER = {"virus-in-a-part.docx", "virus-in-a-stream.pdf", "virus-in-a-comment.png"}
LARGE_HONEST = {"large.docx", "25-megabytes.pdf", "scanned.pdf", "many-rows.xlsx", "long-table.docx"}


@pytest.mark.parametrize("family", sorted(hostile.FAMILIES.keys() - LARGE))
def test_every_file_of_a_hostile_family_is_refused_in_words(family):
    said = {name: reason(name, content) for name, content in hostile.FAMILIES[family]()}
    passed = {name for name, problem in said.items() if not problem}
    assert passed == (FOR_THE_SCANNER if family == "known_virus" else set())


def reason(name: str, content: bytes) -> str:
    """Empty where the file is not refused."""
    try:
        check(name, "evidence", content)
    except FileRefused as refused:
        return str(refused)
    return ""


def test_no_honest_file_is_refused():
    said = {name: reason(name, content) for name, content in honest.every() if name not in LARGE_HONEST}
    assert {name: problem for name, problem in said.items() if problem} == {}


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.docx", word(paragraph("Llŷr", " and ", "Siân") + paragraph("Two")), "Llŷr and Siân\nTwo"),
        ("a.xlsx", workbook(row(cell("a"), cell("b")) + row(formula("1+1"))), "a\tb\t\n1"),
        (
            "b.xlsx",
            workbook("<row><c t='s'><v>1</v></c></row>", strings="<si><t>x</t></si><si><t>named</t></si>"),
            "named",
        ),
        ("a.pptx", slides("First", "Second"), "First\nSecond"),
        ("a.pdf", pdf(), "Evidence in advance"),
    ],
    ids=["word", "workbook", "strings", "slides", "pdf"],
)
def test_the_text_of_a_file_is_read(name, content, text):
    assert check(name, "evidence", content).whole() == text


def test_a_long_text_is_cut_and_says_so():
    text = check("a.docx", "evidence", word(paragraph("word " * 50_000)))
    assert (len(text.whole()) <= 200_000, text.is_cut) == (True, True)


@pytest.mark.parametrize(
    ("family", "name", "sentence"),
    [
        ("macros", "project-of-nothing.docx", MACROS),
        ("attached_templates", "template-http.docx", LINKS),
        ("embedded_files", "program.docx", EMBEDDED),
        ("locked_files", "locked.pdf", LOCKED),
        ("other_office_files", "locked.docx", LOCKED),
    ],
)
def test_a_refusal_says_what_is_the_matter(family, name, sentence):
    with pytest.raises(FileRefused) as refused:
        check(name, "evidence", dict(hostile.FAMILIES[family]())[name])
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Plan.docx", "Plan.docx"),
        ("Tystiolaeth Llŷr.docx", "Tystiolaeth Llŷr.docx"),
        ("a\r\nSet-Cookie: b.docx", "aSet-Cookie: b.docx"),
        ("cod\u202excod.exe", "codxcod.exe"),
        ("a" * 300 + ".docx", "a" * 195 + ".docx"),
        ("", "file"),
        ("...", "file"),
        ("e\u0301.docx", "é.docx"),
    ],
)
def test_a_name_becomes_a_label_of_one_line(name, label):
    assert label_of(name) == label


@pytest.mark.parametrize(("more", "problem"), [(0, None), (1, "The file must be 25MB or smaller")])
def test_a_file_of_exactly_the_largest_size_is_taken(more, problem):
    assert size_problem(25 * 1024**2 + more, EVIDENCE) == problem
