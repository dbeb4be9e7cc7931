"""The process in which one file is checked: it opens nothing, asks nobody, and ends when it has used its share.

`python -m documents.child LABEL PURPOSE`, the file on its standard input, one line of JSON on its standard output.
Django is not in it: whoever takes it over finds no settings, no secrets and no database.
"""

import ctypes
import encodings.aliases
import importlib
import json
import os
import pkgutil
import resource
import sys
from codecs import lookup
from contextlib import suppress

import pypdf

from documents.rules.checks import FileRefused, check

MEMORY, SECONDS, OUTPUT = 300 * 1024**2, 20, 4 * 1024**2
OPEN_FILES = 3  # its own input, output and errors: it can open no file and no connection
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def load_everything() -> None:
    """Nothing can be loaded later."""
    for encoding in {*encodings.aliases.aliases.values()}:
        with suppress(LookupError):
            lookup(encoding)
    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        with suppress(ImportError):
            importlib.import_module(module.name)


def close_in() -> bool:
    """Whether the system also gave it a network of its own, in which there is nobody."""
    load_everything()
    unshared = ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK) == 0
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))
    return unshared


def main(label: str, purpose: str) -> None:
    apart = close_in()
    said: dict[str, object] = {"apart": apart}
    try:
        text = check(label, purpose, sys.stdin.buffer.read())
        said |= {"refused": "", "text": text.whole(), "is_cut": text.is_cut}
    except FileRefused as refused:
        said |= {"refused": str(refused)}
    os.write(1, json.dumps(said).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
