"""Starts and ends processes so that none outlives the one that started it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)  # loaded here: between fork and exec another thread's lock on the loader would never be let go


def spawn(
    command: list[str], *, log: IO[str], env: Mapping[str, str] | None = None, death_signal: int = signal.SIGTERM
) -> "subprocess.Popen[bytes]":
    """A child in a process group of its own. On Linux the kernel ends it when this process dies, however it dies."""
    return subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=partial(die_with_parent, death_signal),
    )


def die_with_parent(death_signal: int) -> None:
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)


def wait_until(true: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and only waits for its parent to notice does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return sys.platform != "linux"
    return state not in {"Z", "X"}


def end(pid: int, *, politely: int = signal.SIGTERM, seconds: float = 5) -> None:
    """Asks a process to stop, then stops it with its whole group."""
    try:
        os.kill(pid, politely)
        if not wait_until(lambda: not alive(pid), seconds=seconds):
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: not alive(pid), seconds=2)
    except ProcessLookupError:
        pass
    end_group(pid)


def end_group(leader: int) -> None:
    """Ends what a dead leader left behind: a killed Celery worker leaves its pool."""
    if leader > 1:
        try:
            os.killpg(leader, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return answer.stdout
