"""Readers who save answers without end, each with a journal of what it sent and what was acknowledged."""

import json
import os
import random
import re
import threading
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from cases.rules.answers import Content
from tests.drills.people import Reader
from tests.people import PASSWORD

QUESTIONS = ("2.1.1", "2.1.1a", "2.1.1b")
WORDS = [
    "the",
    "plan",
    "was",
    "made",
    "with",
    "the child,",
    "ŵyl",
    "tŷ",
    "\N{PARTY POPPER}",
    "\n\n",
    "nothing",
    "shared.",
]
GIVEN_UP = 0.1  # of failed attempts: a tab that is closed and never tries again
REPEATED = 0.05  # of acknowledged saves: the acknowledgement was lost on its way


class Journal:
    """Is on the disk before what it tells of happens."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a")

    def write(self, what: str, message: dict[str, Any], **more: object) -> None:
        self.file.write(json.dumps({"what": what, "save_id": message["save_id"], **more}) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())


class Writer(threading.Thread):
    """A browser that repeats a save, with the same id, until it hears of it or gives up."""

    def __init__(self, reader: Reader, port: int, journal: Path, seed: int, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.reader, self.over = reader, over
        self.journal = Journal(journal)
        self.chance = random.Random(seed)
        self.cookies: SimpleCookie = SimpleCookie()
        self.connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self.known: dict[tuple[str, str], int] = {}
        self.acknowledged = self.failures = self.stale = 0
        self.began_last = 0.0  # when the latest acknowledged attempt began
        self.trouble = ""

    def sign_in(self) -> None:
        _, page = self.send("GET", "/sign-in/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None
        form = {"csrfmiddlewaretoken": found[1], "email": self.reader.email, "password": PASSWORD}
        status, _ = self.send(
            "POST", "/sign-in/", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert status == 302

    def send(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Over one connection as long as it lasts. Raises OSError or HTTPException."""
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        try:
            self.connection.request(method, path, body.encode(), {"Cookie": cookie, **(headers or {})})
            with self.connection.getresponse() as response:
                for header in response.headers.get_all("Set-Cookie", []):
                    self.cookies.load(header)
                return response.status, response.read().decode()
        except (OSError, HTTPException):
            self.connection.close()
            raise

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self.save()
                sleep(self.chance.uniform(0, 0.3))
        except Exception as error:
            self.trouble = f"{self.reader.email}: {error!r}"
        finally:
            self.connection.close()
            self.journal.file.close()

    def save(self) -> None:
        address, question = self.chance.choice(self.reader.cases), self.chance.choice(QUESTIONS)
        content = Content(self.chance.choice(("yes", "no")), "", self.text())
        message = {"question": question, "value": content.value, "evidence": content.evidence}
        message |= {"base_version": self.known.get((address, question), 0)}
        message |= {"save_id": str(UUID(int=self.chance.getrandbits(128), version=4))}
        place = {"address": address, "question": question, "base": message["base_version"]}
        self.journal.write("sent", message, digest=content.digest(), **place)
        while not self.heard(address, message):
            if self.chance.random() < GIVEN_UP:
                self.journal.write("given up", message)
                return
            sleep(self.chance.uniform(0.05, 0.5))

    def text(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(5, 300)))

    def heard(self, address: str, message: dict[str, Any]) -> bool:
        """Whether the server said what became of it."""
        began = monotonic()
        headers = {"X-CSRFToken": self.cookies["csrftoken"].value, "Accept": "application/json"}
        headers["Content-Type"] = "application/json"
        try:
            status, text = self.send("POST", address, json.dumps(message), headers)
        except (OSError, HTTPException):
            status, text = 0, ""
        if status == 0 or status >= 500:
            self.failures += 1
            self.journal.write("failed", message, at=time())
            return False
        self.learn(status, json.loads(text), address, message, began)
        return status != 200 or self.chance.random() >= REPEATED or self.heard(address, message)

    def learn(self, status: int, said: dict[str, Any], address: str, message: dict[str, Any], began: float) -> None:
        place = (address, message["question"])
        if status == 200:
            self.journal.write("acknowledged", message, version=said["version"])
            self.known[place] = said["version"]
            self.acknowledged += 1
            self.began_last = began
        elif status == 409:
            self.journal.write("stale", message, theirs=said["theirs"]["version"])
            self.known[place] = said["theirs"]["version"]
            self.stale += 1
        else:
            raise AssertionError(f"an answer that nobody expects: {status} {said}")
