"""Which broker is taken."""

import subprocess
from pathlib import Path

import pytest

from config.local.broker import find_redis
from config.local.places import sockets_dir
from config.local.processes import wait_until


def program(folder: Path, name: str, says: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return path


def test_a_redis_on_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = program(tmp_path, "redis-server", "echo 'Redis server v=7.0.15 sha=0'")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    found = find_redis(tmp_path, tmp_path)
    assert found is not None
    assert (found.program, found.version, found.from_wheel) == (path, "7.0.15", False)


def test_one_that_does_not_run_here_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "redis-server", "exit 127")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    found = find_redis(tmp_path, tmp_path)
    assert found is None or found.from_wheel


def test_without_any_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.path", [])
    assert find_redis(tmp_path, tmp_path) is None


def test_it_answers_through_its_socket_and_keeps_nothing(tmp_path: Path) -> None:
    sockets = sockets_dir(tmp_path)
    sockets.mkdir()
    redis = find_redis(tmp_path, sockets)
    if redis is None:
        pytest.skip("there is no Redis for this machine")
    server = subprocess.Popen(redis.command, stdout=subprocess.DEVNULL)
    assert wait_until(redis.answers, seconds=10)
    assert oct(redis.socket.stat().st_mode & 0o777) == "0o700"
    server.terminate()
    server.wait(5)
    assert not redis.answers()
    assert [entry.name for entry in tmp_path.iterdir()] == ["run"]
