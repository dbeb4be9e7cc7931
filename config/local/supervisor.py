"""make run: starts PostgreSQL, a broker, web, worker and beat in their order, and keeps them running."""

import fcntl
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import unquote

from config import probe
from config.local import frontend
from config.local.broker import Redis, find_redis
from config.local.parts import Part, beat, environment, program, tail, web, worker
from config.local.places import ROOT, sockets_dir, var_dir
from config.local.postgres import Cluster
from config.local.processes import command_line, die_with_parent, end, wait_until
from config.local.steps import Trouble, run, say, step

FIRST_PORT = 8000
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the supervisor to stop."""


def start() -> None:
    """Runs the product until it is asked to stop."""
    with Supervisor(var_dir()).alone() as supervisor:
        port = choose_port()
        supervisor.start_servers()
        supervisor.prepare()
        supervisor.start_product(port)
        say_welcome(port, supervisor)
        supervisor.watch()


def start_servers() -> None:
    """Runs only PostgreSQL and the broker; web, worker and beat are started by hand."""
    with Supervisor(var_dir()).alone() as supervisor:
        supervisor.start_servers()
        say("\nFor the other programs:\n")
        for name in ("DATABASE_URL", "REDIS_URL", "VAR_DIR"):
            say(f"export {name}='{supervisor.env.get(name, '')}'")
        say("\nCtrl-C stops both.")
        supervisor.watch()


def stop() -> None:
    supervisor = Supervisor(var_dir())
    pid = supervisor.running_pid()
    if pid is None:
        supervisor.end_leftovers()
        say("Nothing is running.")
        return
    with step("stopping"):
        end(pid, seconds=20)
        supervisor.end_leftovers()


class Supervisor:
    def __init__(self, var: Path) -> None:
        self.var = var
        self.logs = var / "log"
        self.state = var / "supervisor"
        self.sockets = sockets_dir(var)
        self.parts: list[Part] = []
        self.env = environment(VAR_DIR=str(var), DJANGO_ENV="development", DEMO=os.environ.get("DEMO", "1"))

    @contextmanager
    def alone(self) -> "Iterator[Supervisor]":
        """The only supervisor of its folder. Whatever ends this block, its parts end with it."""
        for folder in (self.logs, self.state):
            folder.mkdir(parents=True, exist_ok=True)
        os.chdir(ROOT)
        with (self.state / "lock").open("a+") as lock:
            self._claim(lock)
            self.end_leftovers()
            _heed(_stopped)
            if "MAKELEVEL" in os.environ:
                die_with_parent(signal.SIGTERM)
            try:
                yield self
            except Stopped:
                say("")
            finally:
                self.stop()

    def _claim(self, lock: IO[str]) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("It is running already: open the address it printed, or stop it with make stop.") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()

    def running_pid(self) -> int | None:
        try:
            with (self.state / "lock").open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return None
        except BlockingIOError:
            return int((self.state / "lock").read_text())
        return None

    # What a killed supervisor may leave: its parts, until the kernel or they themselves notice.

    def record(self) -> None:
        running = {part.name: part.process.pid for part in self.parts if part.process}
        parts = {name: {"pid": pid, "command": command_line(pid)} for name, pid in running.items()}
        written = self.state / "parts.json.new"
        written.write_text(json.dumps(parts))
        written.replace(self.state / "parts.json")

    def end_leftovers(self) -> None:
        try:
            parts = json.loads((self.state / "parts.json").read_text())
        except (OSError, ValueError):
            return
        for part in parts.values():
            if part["command"] and command_line(part["pid"]) == part["command"]:
                end(part["pid"])

    def launch(self, part: Part, ready: Callable[[], bool], *, seconds: float = 60) -> None:
        self.parts.append(part)
        part.launch()
        self.record()
        if not wait_until(lambda: ready() or not part.running, seconds=seconds) or not part.running:
            raise Trouble(f"{part.name} did not start; the end of {part.log} says:\n{tail(part.log)}")

    def start_servers(self) -> None:
        if self.is_given("DATABASE_URL"):
            say("  PostgreSQL: the one that DATABASE_URL names")
        else:
            self.start_postgres()
        if self.is_given("REDIS_URL"):
            say("  Broker: the one that REDIS_URL names")
        else:
            self.start_broker()

    def is_given(self, name: str) -> bool:
        """Whether a server of somebody's own is named; our own, as `servers` printed it, is started."""
        if f"{name}_FILE" in self.env:
            return True
        own = str(self.sockets) in unquote(self.env.get(name, ""))
        if own:
            del self.env[name]
        return bool(self.env.get(name))

    def start_postgres(self) -> None:
        cluster = Cluster(self.var / "postgres", self.sockets, self.logs / "postgres.log")
        if not cluster.exists:
            with step(f"PostgreSQL {cluster.version}: a new database"):
                cluster.create()
        with step(f"PostgreSQL {cluster.version}: start"):
            part = Part("PostgreSQL", cluster.start, cluster.log, signal.SIGINT)
            self.launch(part, lambda: part.process is not None and cluster.ready(part.process))
        self.env["DATABASE_URL"] = cluster.url

    def start_broker(self) -> None:
        redis = find_redis(self.var / "redis", self.sockets)
        if redis is None:
            say("  Broker: files in var/broker, because there is no Redis here (jobs start a second later)")
            for name in ("queue", "control"):
                (self.var / "broker" / name).mkdir(parents=True, exist_ok=True)
            return
        with step(f"Broker: Redis {redis.version} from {'a wheel' if redis.from_wheel else redis.program}"):
            self._start_redis(redis)

    def _start_redis(self, redis: Redis) -> None:
        redis.folder.mkdir(parents=True, exist_ok=True)
        redis.socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.launch(program("Redis", redis.command, env=self.env, logs=self.logs), redis.answers)
        self.env["REDIS_URL"] = redis.url

    def prepare(self) -> None:
        with step("database migrations"):
            self.manage("migrate", "--no-input")
        if frontend.stamp(frontend.BUILD) != frontend.stamp(self.var / "static"):
            with step("static files, compressed"):
                self.manage("collectstatic", "--no-input", "--clear")
                (self.var / "static" / ".stamp").write_text(frontend.stamp(frontend.BUILD))
        if self.shows_demo():
            with step("demo data (once)"):
                self.manage("demo")

    def manage(self, *arguments: str) -> None:
        run([sys.executable, "manage.py", *arguments], log=self.logs / f"{arguments[0]}.log", env=self.env)

    def shows_demo(self) -> bool:
        return self.env["DEMO"].lower() not in {"", "0", "false", "no", "off"}

    def start_product(self, port: int) -> None:
        self.env["PORT"] = str(port)
        with step("web server, worker, beat"):
            self.launch(worker(self.env, self.logs), lambda: True)
            self.launch(beat(self.env, self.logs), lambda: True)
            self.launch(web(self.env, self.logs), lambda: probe.well(port))

    def watch(self) -> None:
        while True:
            if any([part.keep_running() for part in self.parts]):
                self.record()
            time.sleep(0.2)

    def stop(self) -> None:
        """The database last: the others may still be writing."""
        _heed(signal.SIG_IGN)
        started = time.monotonic()
        product = [part for part in self.parts if part.name in {"web", "worker", "beat"}]
        for part in product:
            part.ask_to_stop()
        for part in [*product, *reversed(self.parts)]:
            part.stop(seconds=8)
        if self.parts:
            say(f"Stopped in {time.monotonic() - started:.1f} s. The data stay in {_short(self.var)}.")
        (self.state / "parts.json").unlink(missing_ok=True)


def _stopped(number: int, frame: FrameType | None) -> None:
    """Once: a second Ctrl-C does not interrupt the stopping, which is bounded."""
    _heed(signal.SIG_IGN)
    raise Stopped


def _heed(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in STOPPING:
        signal.signal(number, handler)


def choose_port() -> int:
    """PORT, or the first free one from 8000 on."""
    asked = os.environ.get("PORT")
    if asked:
        if not asked.isdigit() or not 0 < int(asked) < 65536:
            raise Trouble(f"PORT is {asked!r}: it must be a number from 1 to 65535.")
        if not _free(int(asked)):
            raise Trouble(f"Port {asked} is taken by another program: choose another one, for example PORT=8123.")
        return int(asked)
    port = next((port for port in range(FIRST_PORT, FIRST_PORT + 100) if _free(port)), None)
    if port is None:
        raise Trouble("The ports 8000 to 8099 are all taken: choose another one, for example PORT=9000.")
    if port != FIRST_PORT:
        say(f"  Port {FIRST_PORT} is taken by another program, so this uses {port}")
    return port


def _free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(1)
        except OSError:
            return False
    return True


def say_welcome(port: int, supervisor: Supervisor) -> None:
    say(f"\nYouth inspection fieldwork answers at http://127.0.0.1:{port}/\n")
    if supervisor.shows_demo():
        supervisor.manage("demo", "--people")
        say((supervisor.logs / "demo.log").read_text())
    say(f"Logs are in {_short(supervisor.logs)}. Ctrl-C stops everything.")


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
