"""How a step is told to the person at the terminal, and how a failure is put in one sentence."""

import errno
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NO_NETWORK = (
    "newconnectionerror",
    "name resolution",
    "name or service not known",
    "network is unreachable",
    "enotfound",
    "eai_again",
    "econnrefused",
    "etimedout",
    "connecttimeouterror",
    "readtimeouterror",
    "proxyerror",
)
NO_SPACE = ("no space left on device", "enospc", "disk quota exceeded")


class Trouble(Exception):
    """One sentence: what is wrong and what to do about it."""


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    print(f"  {what:<58}", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - started:6.1f} s")


def run(command: list[str], *, log: Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    """Runs a command with its output in a log file; a failure becomes one sentence that names the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+") as output:
        done = subprocess.run(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
        )
        output.seek(0)
        if done.returncode:
            raise Trouble(explain(output.read(), log))


def explain(output: str, log: Path) -> str:
    text = output.lower()
    if any(sign in text for sign in NO_SPACE):
        return f"The disk is full: make room and run the same command again (the whole output is in {log})."
    if any(sign in text for sign in NO_NETWORK):
        return (
            "The package index did not answer: check the network or the index that pip and npm are set to, "
            f"then run the same command again (the whole output is in {log})."
        )
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "it said nothing")
    return f"It failed with: {last} (the whole output is in {log})."


def disk_trouble(error: OSError) -> Trouble:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Trouble("The disk is full: make room and run the same command again.")
    return Trouble(f"{error.filename or 'A file'}: {error.strerror}.")
