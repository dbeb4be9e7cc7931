"""Kills parts of the product, and watches how long people then wait."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import psycopg

from config.local.processes import alive, wait_until
from tests.drills.writers import Writer
from tests.product import Product

TARGETS = {
    "web server, whole": ("web", False),
    "web server, one process": ("web", True),
    "worker, whole": ("worker", False),
    "worker, one process": ("worker", True),
    "PostgreSQL, whole": ("PostgreSQL", False),
    "PostgreSQL, one process": ("PostgreSQL", True),
    "Redis": ("Redis", False),
}
LONGEST_WAIT = 120  # seconds after which a part counts as gone for good


def plan(kills: int, chance: random.Random) -> Iterator[str]:
    """Every target once in each round, in an order of chance."""
    while kills > 0:
        this_round = chance.sample(list(TARGETS), len(TARGETS))[:kills]
        yield from this_round
        kills -= len(this_round)


def children(pid: int) -> set[int]:
    try:
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        return set()


class Killer:
    def __init__(self, product: Product, writers: list[Writer], chance: random.Random) -> None:
        self.product, self.writers, self.chance = product, writers, chance

    def kill(self, target: str) -> Callable[[], float | None]:
        """Returns a watch: seconds until what the part does was done again for somebody, None if it never was."""
        part, only_one = TARGETS[target]
        began = self.times_up()
        pid = self.strike(part, only_one)
        killed, moment = monotonic(), datetime.now(UTC)

        def replaced() -> bool:
            if part == "PostgreSQL" and only_one:
                return self.times_up() > began
            return not alive(pid) and (
                len(children(self.pid(part))) > 1 if only_one else self.pid(part) not in {0, pid}
            )

        def watch() -> float | None:
            if not wait_until(replaced, seconds=LONGEST_WAIT):
                return None
            back = monotonic()
            works = self.computes_since(moment) if part in {"worker", "Redis"} else self.saves_since(back)
            return monotonic() - killed if wait_until(works, seconds=LONGEST_WAIT) else None

        return watch

    def strike(self, part: str, only_one: bool) -> int:
        """A part that is just being started again is waited for."""
        deadline = monotonic() + LONGEST_WAIT
        while monotonic() < deadline:
            leader = self.pid(part)
            pids = sorted(children(leader)) if only_one else [leader] * (leader > 0)
            if pids:
                pid = self.chance.choice(pids)
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                return pid
            sleep(0.05)
        raise AssertionError(f"{part} did not come back:\n{self.product.printed()[-2000:]}")

    def pid(self, part: str) -> int:
        """0 while it is dead and not yet started again."""
        try:
            found = self.product.pid(part)
        except (OSError, KeyError, ValueError):
            return 0
        return found if alive(found) else 0

    def times_up(self) -> int:
        """How often PostgreSQL has said that it takes connections; after a killed process it says so again."""
        return (self.product.var / "log" / "postgres.log").read_text().count("ready to accept connections")

    def saves_since(self, moment: float) -> Callable[[], bool]:
        return lambda: any(writer.began_last > moment for writer in self.writers)

    def computes_since(self, moment: datetime) -> Callable[[], bool]:
        def computed() -> bool:
            sleep(0.1)
            try:
                with psycopg.connect(self.product.database_url, connect_timeout=5) as connection:
                    found = connection.execute("SELECT max(computed_at) FROM ratings_snapshot").fetchone()
            except psycopg.Error:
                return False
            return found is not None and found[0] is not None and found[0] > moment

        return computed
