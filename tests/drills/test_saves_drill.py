"""Everything is killed, again and again, while twenty people save: what was acknowledged is there, once and whole."""

import os
import random
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import monotonic

import psycopg
import pytest

from config.local.processes import wait_until
from tests.drills.comparing import Comparison, ratings_are_current
from tests.drills.killing import TARGETS, Killer, plan
from tests.drills.people import readers_of
from tests.drills.writers import Writer
from tests.product import Product

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
KILLS = int(os.environ.get("KILLS") or 100)
SAVES = int(os.environ.get("SAVES") or 10_000)
WRITERS = int(os.environ.get("WRITERS") or 20)
SEED = int(os.environ.get("SEED") or random.randrange(10**6))
PAIRS = WRITERS // 5  # readers who write at two computers
PAUSE = (2.5, 8.0)  # seconds between two kills
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    product = Product(tmp_path / "var").start()
    yield product
    product.say("stop")
    product.supervisor.wait(60)


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def writers_of(product: Product, folder: Path, over: threading.Event) -> list[Writer]:
    readers = readers_of(product, WRITERS - PAIRS)
    readers += readers[-PAIRS:] if PAIRS else []
    made = [
        Writer(reader, product.port, folder / f"journal-{number}.jsonl", SEED + number, over)
        for number, reader in enumerate(readers)
    ]
    for writer in made:
        writer.sign_in()
    return made


def saved(writers: list[Writer]) -> int:
    return sum(writer.acknowledged for writer in writers)


def kill_until_enough(killer: Killer, over: threading.Event) -> dict[str, list[float | None]]:
    """Kills go on while others are still being recovered from. Returns the waits, by what was killed."""
    watched: dict[str, list[Future[float | None]]] = defaultdict(list)
    with ThreadPoolExecutor(max_workers=KILLS) as pool:
        for number, target in enumerate(plan(KILLS, killer.chance), start=1):
            over.wait(killer.chance.uniform(*PAUSE))
            watched[target].append(pool.submit(killer.kill(target)))
            if number % 10 == 0:
                say(f"  {number} kills, {saved(killer.writers):,} acknowledged saves")
        wait_until(
            lambda: saved(killer.writers) >= SAVES or not any(w.is_alive() for w in killer.writers), seconds=1800
        )
        return {target: [watch.result() for watch in watches] for target, watches in watched.items()}


def durable_settings(product: Product) -> dict[str, str]:
    with psycopg.connect(product.database_url) as connection:
        return {name: connection.execute(f"SHOW {name}").fetchall()[0][0] for name in DURABLE}


def table(waits: dict[str, list[float | None]]) -> None:
    say(f"\n{'killed with SIGKILL':<26}{'times':>6}{'median':>10}{'worst':>10}   until somebody's next save or rating")
    for target in TARGETS:
        seconds = [wait for wait in waits.get(target, []) if wait is not None]
        if seconds:
            say(f"{target:<26}{len(waits[target]):>6}{median(seconds):>8.1f} s{max(seconds):>8.1f} s")


def test_what_was_acknowledged_is_there_once_and_whole_after_a_hundred_kills(product: Product, tmp_path: Path) -> None:
    assert durable_settings(product) == dict.fromkeys(DURABLE, "on")
    over, began = threading.Event(), monotonic()
    writers = writers_of(product, tmp_path, over)
    killer = Killer(product, writers, random.Random(SEED))
    say(f"\n{WRITERS} writers, {KILLS} kills, at least {SAVES:,} acknowledged saves, seed {SEED}")
    for writer in writers:
        writer.start()
    waits = kill_until_enough(killer, threading.Event())
    over.set()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.trouble for writer in writers if writer.trouble] == []
    assert wait_until(product.answers, seconds=60), product.printed()
    current = wait_until(lambda: ratings_are_current(product.database_url), seconds=120)

    found = Comparison(product.database_url, sorted(tmp_path.glob("journal-*.jsonl")))
    lost, doubled, half = list(found.lost()), list(found.doubled()), list(found.half_written())
    there, gone = found.unheard()
    table(waits)
    say(f"\nattempts that failed and were repeated or given up {sum(writer.failures for writer in writers):>8,}")
    say(f"saves refused because somebody else's came first   {sum(writer.stale for writer in writers):>8,}")
    say(f"committed by an attempt that seemed to fail        {found.saved_unheard():>8,}")
    say(f"never acknowledged: there once / not there         {there:>8,} / {gone:,}")
    say(f"acknowledged saves, in the database                {len(found.acknowledged):>8,}")
    say(f"lost {len(lost)}, doubled {len(doubled)}, half-written {len(half)}; {monotonic() - began:.0f} s")
    assert (lost[:5], doubled[:5], half[:5]) == ([], [], [])
    assert [wait is not None for each in waits.values() for wait in each] == [True] * KILLS
    assert len(found.acknowledged) >= SAVES
    assert current, "the ratings are not computed from the last answers"
    assert sum(writer.failures for writer in writers) > 0, "nothing was killed in the middle of anything"
