"""A scanner to talk to over a socket: it answers as ClamAV does, or as it is told to."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from tests.documents.hostile import EICAR

SECONDS = 10


def as_clamav(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def scanner(answer: Callable[[bytes], bytes] = as_clamav, times: int = 1_000) -> Iterator[str]:
    """Gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(SECONDS)
        thread = Thread(target=serve, args=(server, answer, times), daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def serve(server: socket.socket, answer: Callable[[bytes], bytes], times: int) -> None:
    for _ in range(times):
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(SECONDS)
            connection.sendall(answer(received(connection)))


def received(connection: socket.socket) -> bytes:
    assert exactly(connection, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack("!L", exactly(connection, 4))[0]:
        content += exactly(connection, size)
    return content


def exactly(connection: socket.socket, size: int) -> bytes:
    content = b""
    while len(content) < size:
        piece = connection.recv(size - len(content))
        if not piece:
            raise OSError("closed")
        content += piece
    return content
