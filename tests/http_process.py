"""A server in a process of its own, and a client of bare sockets that sees every way a connection can end."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from http_fakes import wait_until

SERVE = """
import sys
from pathlib import Path
from http_fakes import FakeAsker, FakeLibrary
from bot.http.app import create_app
from bot.http.access.keys import KeyRing
from bot.http.request_log import Life
from bot.http.doors import bound_doors
from bot.http.server import run
from bot.http.settings import HttpSettings
from settings_fakes import fixed
library, life, keys = FakeLibrary(), Life(), KeyRing(Path("none"))
settings = fixed(HttpSettings, drain=0.3, head_timeout=1.0)(rate_per_address=0)
asker = FakeAsker(library, seconds=float(sys.argv[2]))
app = create_app(asker, library, keys=keys, settings=settings, life=life)
run(app, bound_doors("127.0.0.1", int(sys.argv[1])), settings=settings, life=life)
"""
QUESTION = {"question": "Which cranes were lost?"}


@dataclass(frozen=True)
class Process:
    """A server as `dateline serve` runs it; each answer takes it `seconds`."""

    running: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def connect(self) -> Connection:
        return Connection(socket.create_connection(("127.0.0.1", self.port), timeout=10))


@contextmanager
def a_process(*, seconds: float = 0.3) -> Iterator[Process]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
    here = Path(__file__).parent
    environment = {"PYTHONPATH": f"{here.parent}:{here}", "PATH": "/usr/bin:/bin"}
    running = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port), str(seconds)], cwd=here.parent, env=environment
    )
    process = Process(running, port)
    try:
        assert wait_until(process.answers, seconds=120)  # on a busy machine
        yield process
    finally:
        running.kill()
        running.wait()


class Cut(Exception):
    """A connection ended where an answer should have been."""


@dataclass
class Connection:
    """A connection that is asked on until the server says that it closes it."""

    wire: socket.socket
    closed: bool = False
    rest: bytes = field(default=b"")

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.wire.close()

    def send(self, path: str = "/ask") -> None:
        content = json.dumps(QUESTION).encode()
        self.wire.sendall(head(path, len(content)) + content)

    def ask(self) -> int:
        """The status of an answer that came whole."""
        try:
            self.send()
        except OSError as exc:
            raise Cut(repr(exc)) from exc
        return self.answer()

    def answer(self) -> int:
        told = self._until(b"\r\n\r\n").decode().lower()
        fields = dict(line.split(": ", 1) for line in told.split("\r\n")[1:] if ": " in line)
        if fields.get("transfer-encoding") == "chunked":
            self._until(b"0\r\n\r\n")
        else:
            self._take(int(fields["content-length"]))
        self.closed = fields.get("connection") == "close"
        return int(told.split()[1])

    def end(self) -> bytes:
        """What else comes until the server has closed."""
        try:
            while received := self.wire.recv(65536):
                self.rest += received
        except OSError as exc:
            raise Cut(repr(exc)) from exc
        return self.rest

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            self._receive()
        return self._take(self.rest.index(mark) + len(mark))

    def _take(self, size: int) -> bytes:
        while len(self.rest) < size:
            self._receive()
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def _receive(self) -> None:
        try:
            received = self.wire.recv(65536)
        except OSError as exc:
            raise Cut(repr(exc)) from exc
        if not received:
            raise Cut("the end, and no answer")
        self.rest += received


def head(path: str, length: int) -> bytes:
    lines = (
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {length}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
