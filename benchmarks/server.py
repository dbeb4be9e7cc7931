"""A PostgreSQL for one run, which keeps its promises to the disk: fsync stays on, unlike in the tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.local.places import sockets_dir
from config.local.postgres import Cluster
from config.local.processes import wait_until
from config.local.steps import Trouble, explain


@contextmanager
def durable_server(var: Path) -> Iterator[str]:
    """The address of a new, empty database. Gone afterwards."""
    home = var / "bench" / str(os.getpid())
    cluster = Cluster(home / "data", sockets_dir(home), home / "postgres.log")
    home.mkdir(parents=True)
    cluster.create()
    server = cluster.start()
    try:
        if not wait_until(lambda: cluster.ready(server), seconds=30):
            raise Trouble(explain(cluster.log.read_text(), cluster.log))
        yield cluster.url
    finally:
        cluster.stop(server)
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(cluster.sockets, ignore_errors=True)
