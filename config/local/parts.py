"""The parts that one supervisor keeps running: how each starts, stops and starts again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.local.processes import end_group, spawn
from config.local.steps import say

LONGEST_PAUSE = 10.0  # seconds before a part that keeps dying is tried again
SETTLED = 20.0  # seconds after which a part counts as running well


@dataclass
class Part:
    name: str
    start: Callable[[], "subprocess.Popen[bytes]"]
    log: Path
    stop_signal: int = signal.SIGTERM
    command: list[str] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    changed: float = field(default_factory=time.monotonic)

    def launch(self) -> None:
        self.process = self.start()
        self.changed = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_running(self) -> bool:
        """Starts a dead part again, after a pause that doubles with every death. True when it did so."""
        if self.running:
            if self.deaths and time.monotonic() - self.changed > SETTLED:
                self.deaths = 0
            return False
        if self.process is not None:
            self._mourn(self.process)
        if time.monotonic() - self.changed < min(LONGEST_PAUSE, 0.1 * 2**self.deaths):
            return False
        self.launch()
        return True

    def _mourn(self, process: "subprocess.Popen[bytes]") -> None:
        code = process.returncode
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        say(f"  {self.name} {how} and is started again (its log: {self.log})")
        end_group(process.pid)
        self.process, self.changed, self.deaths = None, time.monotonic(), self.deaths + 1

    def ask_to_stop(self) -> None:
        if self.process is not None and self.running:
            self.process.send_signal(self.stop_signal)

    def stop(self, seconds: float) -> None:
        self.ask_to_stop()
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        end_group(self.process.pid)


def program(name: str, command: list[str], *, env: Mapping[str, str], logs: Path) -> Part:
    log = logs / f"{name}.log"

    def start() -> "subprocess.Popen[bytes]":
        with log.open("a") as output:
            return spawn(command, log=output, env=env)

    return Part(name, start, log, command=command)


def web(env: Mapping[str, str], logs: Path) -> Part:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    return program("web", command, env=env, logs=logs)


def worker(env: Mapping[str, str], logs: Path) -> Part:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency=2", "--loglevel=WARNING"]
    return program("worker", [*command, "--without-gossip", "--without-mingle"], env=env, logs=logs)


def beat(env: Mapping[str, str], logs: Path) -> Part:
    command = [sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel=WARNING", "--pidfile="]
    return program("beat", [*command, "--scheduler=config.beat:Scheduler"], env=env, logs=logs)


def tail(log: Path, lines: int = 5) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}
