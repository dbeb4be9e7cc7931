"""Where things lie on this machine. Standard library only: this runs before anything is installed."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_PATH = 100  # bytes; the system's limit is 107 on Linux and 103 on macOS


def var_dir() -> Path:
    """The folder that holds everything that changes: databases, files, logs, process ids."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()


def sockets_dir(var: Path) -> Path:
    """A folder whose socket files stay within the system's limit. The same for every program that asks."""
    inside = var / "run"
    if len(os.fsencode(inside / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"youth-inspection-{os.geteuid()}-{name}"


def database_url(sockets: Path) -> str:
    return f"postgres://app@/app?host={quote(str(sockets), safe='')}"
