"""Loads the demo data as manage.py demo does, on a Thursday, with a folder of its own for the files."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

THURSDAY = "2026-11-12T10:00"


def demo(**options: Any) -> str:
    output = StringIO()
    call_command("demo", stdout=output, **options)
    return output.getvalue()


@contextmanager
def a_thursday(files: Path) -> Iterator[None]:
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": files}}
    with override_settings(CLOCK=THURSDAY, STORAGES=settings.STORAGES | {"default": kept}):
        yield
