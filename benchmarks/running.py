"""Runs one command of this package on a PostgreSQL of its own."""

import os

from django.core.management import execute_from_command_line

from benchmarks.server import durable_server
from config.local.places import ROOT, var_dir
from config.local.steps import Trouble, say

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "DJANGO_ENV": "test",
    "STATIC_ROOT": str(ROOT / "static" / "build"),
    "LOG_LEVEL": "ERROR",
}


def run(program: str, command: str, arguments: list[str]) -> int:
    try:
        with durable_server(var_dir()) as url:
            os.environ |= SETTINGS | {"DATABASE_URL": url}
            execute_from_command_line([program, command, *arguments])
    except Trouble as trouble:
        say(str(trouble))
        return 1
    return 0
