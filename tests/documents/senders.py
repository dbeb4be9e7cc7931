"""Sends files as a browser would, and as none would: bytes over a socket to a running server."""

import http.client
import re
import socket
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

BOUNDARY = "----a-boundary-that-no-file-has"
SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float
    body: str


@dataclass(frozen=True)
class Sender:
    """Signed in with `session`; posts to one page of the server at `url`."""

    url: str
    session: str

    def connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, b"", {})

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str], cookies: str = "") -> Answer:
        started, connection = monotonic(), self.connection()
        try:
            connection.request(method, path, body, {"Cookie": f"sessionid={self.session}{cookies}", **headers})
            response = connection.getresponse()
            said = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        return Answer(response.status, monotonic() - started, said)

    def token(self, path: str) -> str:
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).body)[1]

    def post(
        self, path: str, body: bytes, kind: str = f"multipart/form-data; boundary={BOUNDARY}", **headers: str
    ) -> Answer:
        secret = "a" * 32
        sent = {"Content-Type": kind, "X-CSRFToken": secret, **headers}
        return self.ask("POST", path, body, sent, f"; csrftoken={secret}")

    def upload(self, path: str, name: str, content: bytes) -> Answer:
        return self.post(path, form(part(f'name="file"; filename="{quoted(name)}"', content)))


def quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def part(disposition: str, content: bytes, more: str = "Content-Type: application/octet-stream\r\n") -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n{more}\r\n"
    return head.encode("utf-8", "surrogatepass") + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def dripped(sender: Sender, path: str, body: bytes) -> int:
    """Says that it sends more than it does, and hangs up. Gives how many bytes came back: an answer or none."""
    parts = urlsplit(sender.url)
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=SECONDS) as connection:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {parts.hostname}:{parts.port}\r\nCookie: sessionid={sender.session}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body) + 1_000}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        return len(connection.recv(65_536))
