"""Which kinds of file are taken for which purpose, by the ends of their names and their first bytes."""

import unicodedata
from dataclasses import dataclass

from documents.rules.refused import EMPTY, LOCKED, NOT_WHAT_ITS_NAME_SAYS, OLD_KIND, FileRefused

ARCHIVE, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
OFFICE = "application/vnd.openxmlformats-officedocument."
LONGEST_LABEL = 200
MEGABYTE = 1024**2


@dataclass(frozen=True)
class Kind:
    """`begins` are the first bytes; empty where text may begin with any."""

    ending: str
    words: str
    begins: bytes
    mime: str


WORD = Kind(".docx", "a Word document (.docx)", ARCHIVE, f"{OFFICE}wordprocessingml.document")
WORKBOOK = Kind(".xlsx", "an Excel workbook (.xlsx)", ARCHIVE, f"{OFFICE}spreadsheetml.sheet")
SLIDES = Kind(".pptx", "a PowerPoint presentation (.pptx)", ARCHIVE, f"{OFFICE}presentationml.presentation")
PDF = Kind(".pdf", "a PDF (.pdf)", b"%PDF-", "application/pdf")
JPEG = Kind(".jpg", "a picture (.jpg)", b"\xff\xd8\xff", "image/jpeg")
JPEG_TOO = Kind(".jpeg", "a picture (.jpg)", b"\xff\xd8\xff", "image/jpeg")
PNG = Kind(".png", "a picture (.png)", b"\x89PNG\r\n\x1a\n", "image/png")
TABLE = Kind(".csv", "a CSV file (.csv)", b"", "text/csv")


@dataclass(frozen=True)
class Limits:
    """What is taken for one purpose. `whole` bytes a file; `quota` bytes of one inspection."""

    kinds: tuple[Kind, ...]
    whole: int
    quota: int


EVIDENCE = Limits((WORD, WORKBOOK, SLIDES, PDF, JPEG, JPEG_TOO, PNG), 25 * MEGABYTE, 500 * MEGABYTE)
CASELOAD = Limits((TABLE, WORKBOOK), 20 * MEGABYTE, 500 * MEGABYTE)
REVIEW = Limits((WORD,), 20 * MEGABYTE, 500 * MEGABYTE)
TAKEN = {"evidence": EVIDENCE, "caseload": CASELOAD, "review": REVIEW}


def label_of(name: str) -> str:
    """What a page can show of the name that a file came with: one line, no folders, no marks that turn it round."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable() and unicodedata.category(letter) != "Cf")
    shown = shown.strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if dot and len(shown) > LONGEST_LABEL:
        shown = stem[: LONGEST_LABEL - len(ending) - 1] + dot + ending
    return shown[-LONGEST_LABEL:] or "file"


def choose(limits: Limits) -> str:
    """The sentence for a file of another kind."""
    words = list(dict.fromkeys(kind.words for kind in limits.kinds))
    return f"Choose {', '.join(words[:-1])} or {words[-1]}"


def kind_of(label: str, content: bytes, limits: Limits) -> Kind:
    """Raises FileRefused unless the name is of a kind that is taken, and the bytes begin as that kind does."""
    kind = next((kind for kind in limits.kinds if label.lower().endswith(kind.ending)), None)
    if kind is None:
        raise FileRefused(choose(limits))
    if not content:
        raise FileRefused(EMPTY)
    if content.startswith(COMPOUND) and kind.begins == ARCHIVE:
        raise FileRefused(LOCKED if ENCRYPTED_PART in content else OLD_KIND.format(kind.words))
    if not content.startswith(kind.begins):
        raise FileRefused(NOT_WHAT_ITS_NAME_SAYS.format(kind.words))
    return kind


def size_problem(size: int, limits: Limits) -> str | None:
    return f"The file must be {limits.whole // MEGABYTE}MB or smaller" if size > limits.whole else None
