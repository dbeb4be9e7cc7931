"""Asks ClamAV about a file. Whatever is not a clear answer is none: the file waits."""

import socket
import struct
from urllib.parse import urlsplit

CHUNK = 64 * 1024
SECONDS = 30  # without a word, either way
LONGEST_ANSWER = 4_096
CLEAN, FOUND = b"stream: OK\0", b" FOUND\0"


class ScannerAway(Exception):
    """It did not answer, or with something that is neither yes nor no."""


def has_virus(address: str, content: bytes) -> bool:
    """`address` is unix:///run/clamav/clamd.ctl or tcp://host:3310. Raises ScannerAway."""
    try:
        with _connected(address) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                piece = content[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
            return _understood(_answer(connection))
    except OSError as away:
        raise ScannerAway(type(away).__name__) from None


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=SECONDS)


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer


def _understood(answer: bytes) -> bool:
    if answer == CLEAN:
        return False
    if answer.startswith(b"stream: ") and answer.endswith(FOUND):
        return True
    raise ScannerAway("gave no clear answer")
