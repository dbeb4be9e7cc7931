"""Parts are killed while an inspector's answers are being saved, and nothing that was acknowledged is lost."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from config.local.places import ROOT
from config.local.processes import wait_until
from tests.people import PASSWORD
from tests.product import Product

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
KILLED = ["web", "worker", "Redis", "PostgreSQL"]
QUESTION = "2.1.1"
SECONDS_TO_SAVE = 30
SEED = """
import django; django.setup()
import tests.people
from django.contrib.auth.hashers import make_password
from tests.factories import inspection_with_team, sampled_cases
people = tests.people.make()
people.assistant.password = make_password(tests.people.PASSWORD)
people.assistant.save()
case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
print(people.assistant.email, f"/inspections/{case.inspection.ref}/cases/{case.ref}/answers/")
"""


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    product = Product(tmp_path / "var").start()
    yield product
    product.say("stop")
    product.supervisor.wait(60)


class Inspector:
    """A browser that repeats a save, with the same id, until it is acknowledged."""

    def __init__(self, product: Product) -> None:
        env = product.env | {"DATABASE_URL": product.database_url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        seeded = subprocess.run(
            [sys.executable, "-c", SEED], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        self.email, self.answers = seeded.stdout.split()
        self.site = f"http://127.0.0.1:{product.port}"
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.acknowledged: list[tuple[int, str]] = []
        self.refusals = 0

    def sign_in(self) -> None:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.send("/sign-in/"))
        assert found is not None
        form = {"csrfmiddlewaretoken": found[1], "email": self.email, "password": PASSWORD}
        self.send("/sign-in/", urlencode(form).encode())
        self.token = next(cookie.value or "" for cookie in self.cookies if "csrf" in cookie.name)

    def send(self, path: str, body: bytes | None = None, **headers: str) -> str:
        request = urllib.request.Request(self.site + path, body, {"Referer": self.site, **headers})  # noqa: S310
        with self.opener.open(request, timeout=5) as answer:
            return str(answer.read().decode())

    def save(self, text: str) -> None:
        base = self.acknowledged[-1][0] if self.acknowledged else 0
        message = {
            "question": QUESTION,
            "value": "yes",
            "evidence": text,
            "base_version": base,
            "save_id": str(uuid4()),
        }
        while True:
            try:
                said = json.loads(self.send(self.answers, json.dumps(message).encode(), **{"X-CSRFToken": self.token}))
            except (OSError, urllib.error.HTTPError):
                self.refusals += 1
                sleep(0.05)
                continue
            self.acknowledged.append((said["version"], text))
            return


def kill_at_random(product: Product, over: threading.Event) -> None:
    chance = random.Random(7)
    parts = KILLED * 2
    chance.shuffle(parts)
    for part in parts:
        over.wait(chance.uniform(0.5, SECONDS_TO_SAVE / len(parts)))
        os.kill(product.pid(part), signal.SIGKILL)


def test_every_acknowledged_answer_is_there_once_and_in_order(product: Product) -> None:
    inspector, over = Inspector(product), threading.Event()
    inspector.sign_in()
    killer = threading.Thread(target=kill_at_random, args=(product, over))
    killer.start()
    began, number = monotonic(), 0
    while killer.is_alive() or monotonic() - began < SECONDS_TO_SAVE:
        number += 1
        inspector.save(f"text {number}")
    killer.join(60)

    assert wait_until(product.answers, seconds=30), product.printed()
    with psycopg.connect(product.database_url) as connection:
        kept = connection.execute("SELECT version, evidence FROM cases_answerversion ORDER BY version").fetchall()
        assert kept == inspector.acknowledged == [(n, f"text {n}") for n in range(1, number + 1)]
        assert inspector.refusals > 0, "nothing was killed in the middle of anything"
        assert product.printed().count("was ended by SIGKILL") == 2 * len(KILLED)
        assert wait_until(lambda: ratings_are_current(product), seconds=60), product.printed()


def ratings_are_current(product: Product) -> bool:
    """Whether the worker has computed the ratings since the last answer."""
    with psycopg.connect(product.database_url) as connection:
        counted = connection.execute("SELECT max(evidence_version) FROM ratings_snapshot").fetchone()
        return counted == connection.execute("SELECT evidence_version FROM inspections_inspection").fetchone()
