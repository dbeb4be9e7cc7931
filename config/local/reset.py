"""make reset: removes what changes on this machine, so that the next run begins with a new database."""

import shutil

from config.local import supervisor
from config.local.places import sockets_dir, var_dir
from config.local.steps import say

FOLDERS = ("postgres", "files", "redis", "broker", "static", "log", "cache", "test", "supervisor", "run")


def everything() -> None:
    supervisor.stop()
    var = var_dir()
    for folder in (*(var / name for name in FOLDERS), sockets_dir(var)):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Removed the database, the stored files and the logs in {var}.")
