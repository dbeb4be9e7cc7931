#!/usr/bin/env python
"""Django's command line for this project."""

import io
import os
import sys

from django.core.management import execute_from_command_line

from config.environment import NotConfigured


def main() -> None:
    write_everywhere()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except NotConfigured as error:
        sys.exit(str(error))


def write_everywhere() -> None:
    """A terminal that lacks a character gets a stand-in instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
