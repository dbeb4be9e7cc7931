"""Calls a WSGI application as a server does, with the cookies of one person."""

import gzip
import json
from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def gzipped(self) -> int:
        return len(gzip.compress(self.body, 6))


class Browser:
    """One person's cookies, kept from answer to answer. `application` is called with the whole of its middleware."""

    def __init__(self, application: WSGIHandler) -> None:
        self.application = application
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", "")

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """As a form of ours is sent: with the token against forged requests."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.cookies["csrftoken"].value}).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def post_json(self, path: str, message: dict[str, Any]) -> Answer:
        """As a script of ours sends it."""
        token = {"HTTP_X_CSRFTOKEN": self.cookies["csrftoken"].value, "HTTP_ACCEPT": "application/json"}
        return self._ask("POST", path, json.dumps(message).encode(), "application/json", token)

    def sign_in(self, path: str, email: str, password: str) -> None:
        self.get(path)
        answer = self.post(path, {"email": email, "password": password})
        if answer.status != 302:
            raise AssertionError(f"{email} could not sign in: {answer.status}")

    def _ask(
        self, method: str, path: str, body: bytes, content_type: str, headers: dict[str, str] | None = None
    ) -> Answer:
        given: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: object = None) -> None:
            given.update(status=int(status[:3]), headers=headers)

        response = self.application(self._environ(method, path, body, content_type) | (headers or {}), start_response)
        content = b"".join(response)
        response.close()  # as a server does; Django ends the request here
        for name, value in given["headers"]:
            if name == "Set-Cookie":
                self.cookies.load(value)
        return Answer(given["status"], dict(given["headers"]), content)

    def _environ(self, method: str, path: str, body: bytes, content_type: str) -> dict[str, Any]:
        path, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
