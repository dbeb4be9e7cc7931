"""Whether a file that came in is what it says it is, and does nothing but be read."""

from documents.rules import office, pdfs, pictures
from documents.rules.kinds import JPEG, JPEG_TOO, PDF, PNG, TAKEN, kind_of
from documents.rules.refused import FileRefused
from documents.rules.texts import Text


def check(label: str, purpose: str, content: bytes) -> Text:
    """Reads it to its end and gives back its text. Raises FileRefused."""
    kind = kind_of(label, content, TAKEN[purpose])
    if kind is PDF:
        return pdfs.check(content)
    if kind is PNG:
        pictures.check_png(content)
    elif kind in (JPEG, JPEG_TOO):
        pictures.check_jpeg(content)
    else:
        return office.check(content, kind)
    return Text()


__all__ = ["FileRefused", "check"]
