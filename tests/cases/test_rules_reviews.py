"""The review as a Word document: what is filled in comes back, whatever wrote it; hostile ones are refused in words."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules import archives, reviews, word_files
from cases.rules.reviews import Of, read_review
from cases.rules.tables import Unreadable
from cases.rules.word_files import read_document
from tests.cases import test_rules_workbooks as workbooks
from tests.cases.reviewing import (
    DOCUMENT,
    FIRST,
    HONEST,
    MAIN_LINKS,
    OF,
    QUESTIONS,
    SECOND,
    THIRD,
    TYPES,
    answered_in_xml,
    edited,
    filled,
    linking,
    packed,
    parts_of,
    sections,
    with_body,
    with_part,
)

WELSH = "Mae'r plentyn yn byw gyda'i nain — ŵyl, tŷ, ôl.\n\n- gwaith\n- ysgol\n\nCyfarfod ar 3 Mehefin"
LONG = "\n".join(f"{n}. They met, and wrote down <b>who</b> does “what” & when." for n in range(300))
ANSWERS = {FIRST: WELSH, SECOND: "One line\twith a tab", THIRD: LONG}
ROOT = Path(__file__).resolve().parents[2]


def read(file: bytes, of: Of = OF) -> reviews.ReadReview:
    return read_review(read_document(file), of, sections({}))


def refusal(file: bytes, of: Of = OF) -> str:
    with pytest.raises(Unreadable) as caught:
        read(file, of)
    return " ".join(caught.value.sentences)


def test_what_is_filled_in_comes_back_whole():
    assert read(filled(ANSWERS)) == reviews.ReadReview(ANSWERS, (), (), ())


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=80)


@given(st.lists(WORDS, max_size=5).map("\n".join))
@settings(max_examples=20, deadline=None)
def test_any_text_comes_back_but_for_blanks_at_the_ends_and_what_no_document_holds(text):
    printable = word_files.UNPRINTABLE.sub("", reviews.NOT_IN_XML.sub("", text))
    wanted = "\n".join(line.rstrip() for line in printable.split("\n")).strip()
    assert read(filled({FIRST: text, THIRD: "x"})).answers.get(FIRST, "") == wanted


def test_it_reads_what_an_office_program_makes_of_it():
    """Other prefixes, runs split in the middle of words, properties between them, and its parts in another order."""

    def saved(xml: str) -> str:
        xml = xml.replace("<w:t>", "<w:rPr><w:lang/></w:rPr><w:t>").replace("</w:t>", "</w:t><w:proofErr/>")
        xml = xml.replace("They met", 'They</w:t></w:r><w:bookmarkStart/><w:r><w:t xml:space="preserve"> met')
        return xml.replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace("xmlns:w=", "xmlns:ns0=")

    parts = parts_of(edited(DOCUMENT, saved, filled(ANSWERS)))
    assert read(packed(dict(reversed(parts.items())))).answers == ANSWERS


ITEM = "<w:p><w:pPr><w:numPr><w:numId w:val='{}'/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (f"</w:p>{ITEM.format(3, 'one')}{ITEM.format(3, 'two')}{ITEM.format(0, 'three')}", "• one\n• two\nthree"),
        ("<w:r><w:t>a</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val='ListBullet'/></w:pPr><w:t>b</w:t></w:p>", "a\n• b"),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>", "new"),
        ("<w:moveFrom><w:r><w:t>was here</w:t></w:r></w:moveFrom><w:r><w:t>kept</w:t></w:r></w:p>", "kept"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>", "a\nb\tc"),
        (
            "</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>in a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>table</w:t>"
            "</w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>below</w:t></w:r></w:p>",
            "in a\ntable\nbelow",
        ),
        (
            "<w:sdt><w:sdtContent><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:sdtContent></w:sdt></w:p>",
            "linked",
        ),
        (
            "<w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:t>once</w:t></mc:Choice><mc:Fallback><w:t>once</w:t>"
            "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "once",
        ),
    ],
    ids=[
        "lists",
        "a list by its style",
        "tracked changes",
        "moved",
        "breaks",
        "a table inside",
        "link and control",
        "alternatives",
    ],
)
def test_what_word_writes_into_a_box_is_read(written, text):
    assert read(answered_in_xml(written)).answers == {FIRST: text}


def test_what_is_not_read_is_told():
    moved = "<w:p><w:r><w:t>Written above the boxes</w:t></w:r></w:p>"
    marked = "<w:p><w:commentRangeStart/><w:r><w:commentReference/><w:drawing/></w:r></w:p>"
    found = read(with_body(moved + marked))
    assert (found.outside, found.not_read) == (
        ("Written above the boxes",),
        (word_files.NOT_READ["commentReference"], word_files.NOT_READ["drawing"]),
    )


def test_a_box_that_was_removed_is_told_and_text_beside_a_question_is_kept():
    def change(xml: str) -> str:
        start = xml.index("<w:tbl>", xml.index("Which agencies?"))
        xml = xml[:start] + xml[xml.index("</w:tbl>", start) + 8 :]
        return xml.replace(
            "Which agencies?</w:t></w:r></w:p>", "Which?</w:t></w:r></w:p><w:p><w:r><w:t>Ours</w:t></w:r></w:p>"
        )

    found = read(edited(DOCUMENT, change))
    assert (found.answers[FIRST], found.without_box, found.outside) == (
        "Ours\nHealth and school",
        (QUESTIONS[SECOND],),
        (f"{FIRST} Which?",),
    )


@pytest.mark.parametrize(
    ("file", "of", "sentence"),
    [
        (HONEST, Of("YI-27-001", 2, "C-03"), reviews.ANOTHER),
        (HONEST, Of("YI-27-002", 1, "C-02"), reviews.ANOTHER),
        (filled({}), OF, reviews.EMPTY),
        (edited(DOCUMENT, lambda xml: xml.replace("<w:t>Case</w:t>", "<w:t>Child</w:t>")), OF, reviews.NOT_OURS),
        (edited(DOCUMENT, lambda xml: xml.replace("-1 ", "-one ").replace("-2 ", "-two ")), OF, reviews.NOT_OURS),
    ],
    ids=["another case", "another inspection", "empty", "no case", "no boxes"],
)
def test_a_document_that_is_not_the_review_of_this_case_is_refused(file, of, sentence):
    assert refusal(file, of) == sentence


def test_an_answer_that_is_too_long_is_named():
    assert refusal(filled({FIRST: "x" * 20_001})) == (
        "The answer to “Which agencies?” has 20,001 characters. It can have up to 20,000. "
        "Shorten it in the document and upload it again"
    )


# --- hostile ---

ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://localhost/b">]>'
REMOTE = '<!DOCTYPE w SYSTEM "http://localhost/w.dtd">'


def field(*pieces: str) -> bytes:
    runs = "".join(f"<w:instrText>{piece}</w:instrText>" for piece in pieces)
    return with_body(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/>{runs}<w:fldChar w:fldCharType="end"/></w:r></w:p>')


def declared(doctype: str, part: str = DOCUMENT) -> bytes:
    return edited(part, lambda xml: xml.replace("?>", f"?>{doctype}", 1))


def of_type(kind: str) -> bytes:
    return edited(TYPES, lambda xml: xml.replace("wordprocessingml.document.main", kind))


def size_lie() -> bytes:
    """The directory says 1,000 bytes of the document, there are a hundred million."""
    file = bytearray(with_part(DOCUMENT, b"<w/>" * 25_000_000))
    at = bytes(file).rindex(DOCUMENT.encode()) - 46
    file[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(file)


DAMAGED, TOO_LARGE = word_files.DOCUMENT.damaged, word_files.DOCUMENT.too_large
PARAGRAPH = "<w:p/>"
HOSTILE = {
    "an old document": (lambda: workbooks.compound("WordDocument"), word_files.OLD_DOCUMENT),
    "password": (lambda: workbooks.compound("EncryptedPackage"), archives.LOCKED),
    "rich text": (lambda: rb"{\rtf1{\object\objdata 0105}}", word_files.NOT_A_DOCUMENT),
    "a web page": (lambda: b"<html><script>alert(1)</script>", word_files.NOT_A_DOCUMENT),
    "a program": (lambda: b"MZ\x90", word_files.NOT_A_DOCUMENT),
    "a workbook": (lambda: workbooks.HONEST, word_files.NOT_A_DOCUMENT),
    "macros": (lambda: with_part("word/vbaProject.bin", b"\xff" * 100), word_files.MACROS),
    "macros elsewhere": (lambda: with_part("word/other/VBAPROJECT.BIN", b""), word_files.MACROS),
    "a document of macros by another name": (
        lambda: edited(
            TYPES,
            lambda xml: xml.replace(
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                "vnd.ms-word.document.macroEnabled.main",
            ),
        ),
        word_files.MACROS,
    ),
    "a form for documents": (lambda: of_type("wordprocessingml.template.main"), word_files.NOT_A_DOCUMENT),
    "a form from the network": (
        lambda: with_part(
            "word/_rels/settings.xml.rels", parts_of(linking("attachedTemplate", "http://localhost/a.dotm"))[MAIN_LINKS]
        ),
        word_files.LINKS,
    ),
    "a form from a share": (lambda: linking("attachedTemplate", r"\\localhost\a.dotm"), word_files.LINKS),
    "a picture from the network": (lambda: linking("image", "http://localhost/a.png"), word_files.LINKS),
    "a frame": (lambda: linking("frame", "a.htm", "Internal"), word_files.LINKS),
    "another page inside": (lambda: linking("aFChunk", "a.xml", "Internal"), word_files.EMBEDDED),
    "a linked object": (lambda: linking("oleObject", "file:///a.xlsx"), word_files.EMBEDDED),
    "a command": (lambda: field("DDE c:\\\\windows\\\\system32\\\\cmd.exe"), word_files.LINKS),
    "a command in pieces": (lambda: field(" DD", "EAU", "TO c:\\\\a"), word_files.LINKS),
    "a picture by a field": (
        lambda: with_body('<w:fldSimple w:instr=" INCLUDEPICTURE http://localhost/a"/>'),
        word_files.LINKS,
    ),
    "a command in the footer": (
        lambda: edited(
            "word/footer1.xml", lambda xml: xml.replace("<w:p>", "<w:p><w:r><w:instrText>DDE a</w:instrText></w:r>", 1)
        ),
        word_files.LINKS,
    ),
    "a file inside": (lambda: with_part("word/embeddings/Microsoft_Excel.xlsx", b"PK"), word_files.EMBEDDED),
    "a program inside": (lambda: with_part("word/media/image1.exe", b"MZ"), word_files.EMBEDDED),
    "a program of Java": (lambda: with_part("META-INF/MANIFEST.MF", b"Main-Class: A"), word_files.EMBEDDED),
    "ActiveX": (lambda: with_part("word/activeX/activeX1.xml", b"<a/>"), word_files.EMBEDDED),
    "entities": (lambda: declared(ENTITIES), DAMAGED),
    "external entities": (lambda: declared(EXTERNAL), DAMAGED),
    "a remote declaration": (lambda: declared(REMOTE, MAIN_LINKS), DAMAGED),
    "a declaration in the types": (lambda: declared(ENTITIES, TYPES), DAMAGED),
    "not XML": (lambda: with_part(DOCUMENT, "<w:p>"), DAMAGED),
    "no document": (
        lambda: packed({name: part for name, part in parts_of(HONEST).items() if name != DOCUMENT}),
        DAMAGED,
    ),
    "bytes before the start": (lambda: b"PK" + HONEST, DAMAGED),
    "bytes after the end": (lambda: HONEST + b"%PDF-1.7", DAMAGED),
    "many parts": (lambda: workbooks.with_entries(100_000), TOO_LARGE),
    "overlapping parts": (lambda: workbooks.overlapping(".xml"), DAMAGED),
    "twin parts": (lambda: with_part("WORD/DOCUMENT.XML", ""), DAMAGED),
    "size lie": (size_lie, DAMAGED),
    "4 million paragraphs": (lambda: with_body(PARAGRAPH * 4_000_000), TOO_LARGE),
    "200 MB in one text": (lambda: with_body("<w:p><w:r><w:t>" + "x" * 200_000_000 + "</w:t></w:r></w:p>"), TOO_LARGE),
    "30 MB in many texts": (lambda: with_body("<w:p>" + f"<w:t>{'x' * 30_000}</w:t>" * 1_000 + "</w:p>"), TOO_LARGE),
    "a million inside one another": (
        lambda: with_body("<w:p>" + "<w:x>" * 10**6 + "</w:x>" * 10**6 + "</w:p>" * 2),
        DAMAGED,
    ),
}
HEAVY = [
    "many parts",
    "overlapping parts",
    "size lie",
    "4 million paragraphs",
    "200 MB in one text",
    "a million inside one another",
]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in HEAVY])
def test_a_hostile_document_is_refused_in_words(name):
    make, sentence = HOSTILE[name]
    assert refusal(make()) == sentence


def test_a_link_that_one_may_click_is_text():
    assert read(linking("hyperlink", "https://example.org/")).answers[FIRST] == "Health and school"


@given(st.integers(0, len(HONEST) - 1), st.binary(min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_whatever_byte_is_changed_there_are_answers_or_sentences(at, noise):
    try:
        said = tuple(read(workbooks.changed(HONEST, at, noise)).answers)
    except Unreadable as unreadable:
        said = unreadable.sentences
    assert all(said)


READ = """
import sys, time
from cases.rules.reviews import Of
from cases.rules.tables import Unreadable
from cases.rules.word_files import read_document
began, said = time.process_time(), "read"
try:
    read_document(sys.stdin.buffer.read())
except Unreadable as unreadable:
    said = unreadable.sentences[0]
spent = time.process_time() - began
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(peak) // 1024, spent, said, sep="|")
"""
MOST_MEGABYTES, MOST_SECONDS = 300, 15


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks the system for the peak of memory")
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_document_is_refused_in_little_memory_and_time(name):
    make, sentence = HOSTILE[name]
    done = subprocess.run(
        [sys.executable, "-c", READ], input=make(), cwd=ROOT, capture_output=True, timeout=60, check=True
    )
    megabytes, seconds, said = done.stdout.decode().strip().split("|")
    assert said == sentence
    assert int(megabytes) < MOST_MEGABYTES
    assert float(seconds) < MOST_SECONDS


OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed: nobody saved the document with it in this run")
def test_what_libreoffice_saves_comes_back_whole_and_prints(tmp_path):
    (tmp_path / "review.docx").write_bytes(filled(ANSWERS))
    for kind, folder in (("docx:MS Word 2007 XML", "again"), ("pdf", "printed")):
        profile, out = f"-env:UserInstallation=file://{tmp_path}/profile", tmp_path / folder
        command = [OFFICE, "--headless", profile, "--convert-to", kind, "--outdir", out, tmp_path / "review.docx"]
        subprocess.run(command, timeout=120, check=True, capture_output=True)
    assert (tmp_path / "printed" / "review.pdf").read_bytes().startswith(b"%PDF")
    assert read((tmp_path / "again" / "review.docx").read_bytes()) == reviews.ReadReview(ANSWERS, (), (), ())
