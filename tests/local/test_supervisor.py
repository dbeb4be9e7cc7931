"""The supervisor, started for real: what it starts, what it starts again, and what it leaves behind."""

import http.client
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config import probe
from config.local.processes import alive, wait_until
from config.local.supervisor import Supervisor
from tests.product import Product

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
PARTS = ["PostgreSQL", "Redis", "worker", "beat", "web"]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("product") / "var").start()
    yield product
    product.say("stop")
    product.supervisor.wait(60)


def test_it_answers_over_http(product: Product) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", product.port, timeout=5)) as connection:
        connection.request("GET", probe.HEALTH_PATH)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"ok\n")


def test_every_part_runs(product: Product) -> None:
    assert [part for part in PARTS if alive(product.pid(part))] == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_is_started_again(product: Product, part: str) -> None:
    before = product.pid(part)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: product.pid(part) != before and alive(product.pid(part)), seconds=20), product.printed()
    assert wait_until(product.answers, seconds=20), product.printed()
    assert f"{part} was ended by SIGKILL" in product.printed()


@pytest.mark.parametrize("part", ["Redis", "worker"])
def test_the_worker_takes_jobs_again_after_a_kill(product: Product, part: str) -> None:
    os.kill(product.pid(part), signal.SIGKILL)
    assert wait_until(product.worker_answers, seconds=60), product.printed()


def test_a_killed_worker_leaves_none_of_its_pool(product: Product) -> None:
    before = product.pid("worker")
    assert wait_until(lambda: len(product.group(before)) == 3, seconds=20)
    pool = product.group(before)
    os.kill(before, signal.SIGKILL)
    assert wait_until(lambda: product.pid("worker") != before, seconds=20)
    assert wait_until(lambda: not any(alive(pid) for pid in pool), seconds=5)


def test_a_second_start_says_that_it_runs_already(product: Product) -> None:
    second = product.say("run")
    assert second.returncode == 1
    assert second.stdout == "It is running already: open the address it printed, or stop it with make stop.\n"


def test_a_taken_port_is_one_sentence(product: Product, tmp_path: Path) -> None:
    other = Product(tmp_path / "var")
    other.env["PORT"] = str(product.port)
    answer = other.say("run")
    assert answer.returncode == 1
    assert answer.stdout == (
        f"Port {product.port} is taken by another program: choose another one, for example PORT=8123.\n"
    )


def test_a_stop_ends_every_process(product: Product) -> None:
    assert product.say("stop").returncode == 0
    assert product.supervisor.wait(1) == 0
    assert product.processes() == set()
    assert product.say("stop").stdout == "Nothing is running.\n"


def test_ctrl_c_ends_every_process(tmp_path: Path) -> None:
    product = Product(tmp_path / "var").start()
    product.supervisor.send_signal(signal.SIGINT)
    assert product.supervisor.wait(30) == 0
    assert product.processes() == set()


def test_a_killed_supervisor_does_not_block_the_next_start(tmp_path: Path) -> None:
    product = Product(tmp_path / "var").start()
    product.supervisor.kill()
    product.supervisor.wait(60)
    product.start()
    assert product.answers()
    product.supervisor.terminate()
    product.supervisor.wait(20)
    assert product.processes() == set()


def test_the_parts_of_a_killed_supervisor_end_by_themselves(tmp_path: Path) -> None:
    product = Product(tmp_path / "var").start()
    product.supervisor.kill()
    product.supervisor.wait(60)
    assert wait_until(lambda: product.processes() == set(), seconds=15), product.processes()


@pytest.mark.parametrize(
    ("name", "value", "given"),
    [
        ("DATABASE_URL", "postgres://app@database.example.org/app", True),
        ("DATABASE_URL", "postgres://app@/app?host=%2Fsrv%2Fvar%2Frun", False),
        ("REDIS_URL", "redis+socket:///srv/var/run/redis.sock", False),
        ("REDIS_URL", "", False),
        ("REDIS_URL_FILE", "/run/secrets/redis_url", True),
    ],
)
def test_only_a_server_of_somebody_else_replaces_our_own(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, given: bool
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, value)
    supervisor = Supervisor(Path("/srv/var"))
    assert supervisor.is_given(name.removesuffix("_FILE")) is given
    assert (name in supervisor.env and bool(supervisor.env[name])) is given
