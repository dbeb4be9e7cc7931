"""E-mail through GOV.UK Notify, against a server here that takes what Notify takes and refuses the rest."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.mail import EmailMessage, get_connection

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
BODY = "Something is new.\n\nhttps://inspection.example.org/notifications/\n"


class Notify(BaseHTTPRequestHandler):
    taken: list[dict[str, object]]

    def do_POST(self) -> None:
        self.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer({"id": "1"})

    def do_GET(self) -> None:
        wanted = parse_qs(urlsplit(self.path).query)["reference"]
        self.answer({"notifications": [one for one in self.taken if one["reference"] in wanted]})

    def answer(self, body: dict[str, object]) -> None:
        self.send_response(200 if self.is_signed() else 403)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def is_signed(self) -> bool:
        head, claims, signature = self.headers["Authorization"].removeprefix("Bearer ").split(".")
        expected = hmac.digest(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256)
        return decoded(signature) == expected and json.loads(decoded(claims))["iss"] == SERVICE

    def log_message(self, *_: object) -> None:
        pass


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def taken(settings) -> Iterator[list[dict[str, object]]]:
    handler = type("Handler", (Notify,), {"taken": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTIFY_URL, settings.NOTIFY_TEMPLATE = f"http://127.0.0.1:{server.server_port}", "template"
    settings.NOTIFY_API_KEY, settings.EMAIL_TIMEOUT = f"product-{SERVICE}-{SECRET}", 10
    yield handler.taken
    server.shutdown()
    server.server_close()


def send() -> int:
    connection = get_connection("config.notify.EmailBackend")
    headers = {"Message-ID": "<7.20270608@example.org>"}
    message = EmailMessage("Something to do", BODY, None, ["lead@people.example"], headers=headers)
    return connection.send_messages([message])


def test_a_message_arrives_once_however_often_it_is_sent(taken):
    assert [send(), send()] == [1, 1]
    assert taken == [
        {
            "email_address": "lead@people.example",
            "template_id": "template",
            "personalisation": {"subject": "Something to do", "body": BODY},
            "reference": "<7.20270608@example.org>",
        }
    ]


def test_a_key_that_notify_does_not_know_is_an_error_of_the_network(taken, settings):
    settings.NOTIFY_API_KEY = f"product-{SERVICE}-{SERVICE}"
    with pytest.raises(OSError, match="403"):
        send()
