"""Pages as tagged PDF, made by WeasyPrint in a process of its own: what it needs is no part of every other page."""

import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

SECONDS = 60
COMMAND = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "--encoding", "utf-8"]
INSTEAD = "Open the pack and print it instead"


class NoPdf(Exception):
    """Says in a sentence why there is none."""


@lru_cache(8)
def pdf_of(html: str) -> bytes:
    """Raises NoPdf where there is no WeasyPrint, or no Pango for it. Kept, because a whole panel downloads it."""
    if find_spec("weasyprint") is None:
        raise NoPdf(f"A PDF cannot be made here, because WeasyPrint is not installed. {INSTEAD}")
    command = [*COMMAND, "--stylesheet", style_sheet(), "-", "-"]
    try:
        made = subprocess.run(  # noqa: S603  the command is ours; what people typed is in its input, escaped
            command, input=html.encode(), capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise NoPdf(f"Making the PDF took longer than {SECONDS} seconds. {INSTEAD}") from None
    except subprocess.CalledProcessError as problem:
        raise NoPdf(f"A PDF cannot be made here{reason(problem.stderr)}. {INSTEAD}") from problem
    return made.stdout


def reason(complaint: bytes) -> str:
    return ", because Pango is not installed" if b"cannot load library" in complaint else ""


def style_sheet() -> str:
    """Where it lies: among the collected files, or in the folder that the front end is compiled into."""
    return finders.find("pack.css") or staticfiles_storage.path("pack.css")
