"""The product, started for real as make run does, with a folder and a port of its own. Linux only: it reads /proc."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from config import probe
from config.local.places import ROOT, database_url, sockets_dir
from config.local.processes import alive, wait_until

NOT_INHERITED = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ENV", "PORT"}


class Product:
    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        self.env = env | {"VAR_DIR": str(var), "PORT": str(self.port), "DEMO": "0"}

    def start(self) -> "Product":
        with (self.var.parent / "output").open("w") as output:
            self.supervisor = subprocess.Popen(
                self.command("run"), cwd=ROOT, env=self.env, stdout=output, stderr=output
            )
        up = wait_until(lambda: "answers at" in self.printed() or self.supervisor.poll() is not None, seconds=120)
        assert up, self.printed()
        assert self.supervisor.poll() is None, self.printed()
        return self

    def command(self, name: str) -> list[str]:
        return [sys.executable, "-m", "config.local", name]

    def say(self, name: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(name), cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=120
        )

    def printed(self) -> str:
        return (self.var.parent / "output").read_text()

    def pid(self, part: str) -> int:
        return int(json.loads((self.var / "supervisor" / "parts.json").read_text())[part]["pid"])

    def processes(self) -> set[int]:
        """Every process that was started for this folder, whoever its parent is by now."""
        mark = f"VAR_DIR={self.var}\0".encode()
        return {
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if mark in environment_of(entry) and alive(int(entry.name))
        }

    def group(self, leader: int) -> set[int]:
        return {pid for pid in self.processes() if os.getpgid(pid) == leader}

    @property
    def database_url(self) -> str:
        return database_url(sockets_dir(self.var))

    def worker_answers(self) -> bool:
        """Through the broker, as a task would reach it."""
        command = [sys.executable, "-m", "celery", "-A", "config", "inspect", "ping", "--timeout=5"]
        env = self.env | {"REDIS_URL": f"redis+socket://{sockets_dir(self.var)}/redis.sock"}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, timeout=60).returncode == 0

    def answers(self) -> bool:
        return probe.well(self.port)


def environment_of(entry: Path) -> bytes:
    try:
        return (entry / "environ").read_bytes()
    except OSError:
        return b""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
