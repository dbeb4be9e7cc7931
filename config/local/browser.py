"""Finds a Chromium for the browser tests, or gets one where that is possible."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.local.places import var_dir
from config.local.steps import Trouble, run, say, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LAUNCH = "from playwright.sync_api import sync_playwright as s\nwith s() as p: p.chromium.launch().close()"


def on_path() -> Path | None:
    """CHROME_BIN, or the system's Chromium or Chrome. None: Playwright's own browser is the one to try."""
    candidates = [os.environ.get("CHROME_BIN"), *(shutil.which(name) for name in NAMES)]
    return next((Path(found) for found in candidates if found and Path(found).exists()), None)


def prepare() -> None:
    """Never fails: without a browser its tests are skipped, and the end of the test run says how many."""
    if on_path() or _playwright_has_one():
        return
    for what, get in (("Chromium from Playwright", _from_playwright), ("Chromium from apt", _from_apt)):
        try:
            with step(what):
                get()
            return
        except (Trouble, OSError, subprocess.TimeoutExpired):
            continue
    say("  There is no Chromium and none could be fetched: the browser tests will be skipped.")


def _playwright_has_one() -> bool:
    return subprocess.run([sys.executable, "-c", LAUNCH], capture_output=True, check=False).returncode == 0


def _from_playwright() -> None:
    env = os.environ | {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
    run([sys.executable, "-m", "playwright", "install", "chromium"], log=_log(), env=env)
    if not _playwright_has_one():
        raise Trouble("Playwright's Chromium does not start here.")


def _from_apt() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble("Only root can install packages.")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], log=_log(), env=env)
    run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], log=_log(), env=env)


def _log() -> Path:
    return var_dir() / "log" / "browser.log"
