"""Makes .venv and installs a hash-pinned lock into it, when the lock has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.local.frontend import node_is_missing
from config.local.places import ROOT, var_dir
from config.local.steps import Trouble, run, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
MEGABYTES = {"local": 900, "test": 1800}
CONTAINS = {"local": ("local", "test"), "test": ("test",), "node": ("node",)}


def prepare(lock: str) -> None:
    """`lock` is the name of a file in requirements/; the environment of the tests contains the local one."""
    if sys.version_info < OLDEST:
        raise Trouble(f"Python {'.'.join(map(str, OLDEST))} or newer is needed, and this is {sys.version.split()[0]}.")
    if not _works():
        _require_space(MEGABYTES[lock])
        with step("Python environment"):
            _create()
    _install(lock)
    if node_is_missing():
        _install("node")


def _works() -> bool:
    if not PYTHON.exists():
        return False
    test = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([PYTHON, "-c", test], capture_output=True, check=False).returncode == 0


def _require_space(megabytes: int) -> None:
    free = shutil.disk_usage(ROOT).free // 1024**2
    if free < megabytes:
        raise Trouble(f"About {megabytes} MB are needed in {ROOT} and {free} MB are free: make room and try again.")


def _create() -> None:
    try:
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], log=_log("venv"))
    except Trouble as trouble:
        if "ensurepip" not in _log("venv").read_text() and "No module named venv" not in _log("venv").read_text():
            raise
        raise Trouble(
            f"This Python ({sys.executable}) cannot make a virtual environment: install its venv module "
            f"(Debian, Ubuntu: apt install python3-venv), then run the same command again."
        ) from trouble


def _install(lock: str) -> None:
    if any(_stamp(name).read_text() == _digest(name) for name in CONTAINS[lock] if _stamp(name).exists()):
        return
    file = ROOT / "requirements" / f"{lock}.lock"
    count = sum(line[:1].isalnum() for line in file.read_text().splitlines())
    with step(f"{count} package{'s' * (count != 1)} of requirements/{file.name}"):
        pip = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-input", "--disable-pip-version-check"]
        run([*pip, "--progress-bar=off", "-r", str(file)], log=_log("pip"), env=os.environ | {"PYTHONUTF8": "1"})
    _stamp(lock).write_text(_digest(lock))


def _stamp(lock: str) -> Path:
    return VENV / f".{lock}.lock"


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{lock}.lock").read_bytes()).hexdigest()


def _log(name: str) -> Path:
    return var_dir() / "log" / f"{name}.log"
