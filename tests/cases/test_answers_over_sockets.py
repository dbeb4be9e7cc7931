"""What only a real web server shows: bodies in pieces, slow bodies, broken ones, fifty posts at once."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import monotonic, sleep
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from cases.forms.answers import NOT_WHOLE
from cases.models import Answer, AnswerVersion, Case
from config.local.places import ROOT
from config.local.processes import wait_until
from tests.factories import inspection_with_team, sampled_cases
from tests.product import free_port

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SERVER = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]


class Server:
    """gunicorn as in production, on the database of the test; with it a reader who is signed in."""

    def __init__(self, case: Case, port: int) -> None:
        self.port = port
        self.address = reverse("cases:save-answer", kwargs={"ref": case.inspection.ref, "case_ref": case.ref})
        client = Client()
        client.force_login(case.reader)
        client.get(self.address.replace("answers/", ""))
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.headers = {
            "Host": f"127.0.0.1:{port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies["csrftoken"],
            "Content-Type": "application/json",
            "Accept": "application/json",
        }

    def post(self, body: object, **more: str) -> tuple[int, dict]:
        web = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            web.request("POST", self.address, body, self.headers | more)
            response = web.getresponse()
            return response.status, json.loads(response.read())
        finally:
            web.close()

    def raw(self, *pieces: bytes, pause: float = 0, **more: object) -> bytes:
        """The head, then the pieces with a pause before each; the end of what was sent; the first line of the reply."""
        lines = [
            f"POST {self.address} HTTP/1.1",
            *(f"{name}: {value}" for name, value in (self.headers | more).items()),
        ]
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as web:
            web.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
            for piece in pieces:
                sleep(pause)
                web.sendall(piece)
            web.shutdown(socket.SHUT_WR)
            return web.makefile("rb").readline()

    def up(self) -> bool:
        with socket.socket() as web:
            return web.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def server(people) -> Iterator[Server]:
    case = sampled_cases(inspection_with_team(people), reader=people.assistant)[0]
    place, port = connection.settings_dict, free_port()
    url = f"postgres://{place['USER']}@/{place['NAME']}?host={quote(place['HOST'], safe='')}"
    env = os.environ | {"DATABASE_URL": url, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(SERVER, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as gunicorn:
        server = Server(case, port)
        assert wait_until(server.up, seconds=60)
        yield server
        gunicorn.terminate()
        printed = gunicorn.communicate(timeout=30)[0].decode()
    assert "Traceback" not in printed, printed


def message(**change: object) -> dict:
    return {
        "question": "2.1.1",
        "value": "yes",
        "evidence": "Heard.",
        "base_version": 0,
        "save_id": str(uuid4()),
    } | change


def test_a_body_in_pieces_slow_or_broken_is_saved_whole_or_not_at_all(server):
    body = json.dumps(message(evidence="ŵ" * 50_000), ensure_ascii=False).encode()
    halves = (body[:30_001], body[30_001:])  # in the middle of a letter
    assert server.raw(*halves, pause=0.3, **{"Content-Length": len(body)}) == b"HTTP/1.1 200 OK\r\n"
    assert Answer.objects.get().evidence == "ŵ" * 50_000

    slow = json.dumps(message(question="2.1.1a")).encode()
    began = monotonic()
    with ThreadPoolExecutor(1) as pool:
        letters = [slow[n : n + 20] for n in range(0, len(slow), 20)]
        waiting = pool.submit(server.raw, *letters, pause=0.1, **{"Content-Length": len(slow)})
        assert server.post(json.dumps(message(question="2.1.1b")))[0] == 200
        assert waiting.result() == b"HTTP/1.1 200 OK\r\n"
    assert monotonic() - began > 0.5

    broken = json.dumps(message(question="2.2.1")).encode()
    assert (
        server.post(iter([broken]))[1]["message"] == NOT_WHOLE
    )  # in chunks of no length told: WSGI does not read these
    assert server.raw(broken[:-9], **{"Content-Length": len(broken)})[:12] in {b"", b"HTTP/1.1 422"}
    assert server.raw(b'5\r\n{"a":\r\nnonsense', **{"Transfer-Encoding": "chunked"})[:12] in {b"", *REFUSED}
    assert server.raw(broken, **{"Content-Length": "many"})[:12] in {b"", *REFUSED}
    assert set(Answer.objects.values_list("question", flat=True)) == {"2.1.1", "2.1.1a", "2.1.1b"}


REFUSED = (b"HTTP/1.1 400", b"HTTP/1.1 422")


def test_fifty_posts_at_once_of_one_save_have_one_effect(server):
    body = json.dumps(message())
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(server.post, [body] * 50))
    assert replies == [replies[0]] * 50
    assert (replies[0][0], replies[0][1]["version"]) == (200, 1)
    assert (Answer.objects.count(), AnswerVersion.objects.count(), AuditEvent.objects.count()) == (1, 1, 1)


def test_of_fifty_saves_at_once_on_one_version_one_is_kept_and_the_others_hear_of_it(server):
    bodies = [json.dumps(message(evidence=f"By {number}")) for number in range(50)]
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(server.post, bodies))
    assert sorted(status for status, _ in replies) == [200] + [409] * 49
    kept = AnswerVersion.objects.get().evidence
    assert {said["theirs"]["evidence"] for status, said in replies if status == 409} == {kept}
