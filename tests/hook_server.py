"""A webhook as somebody else writes one: it checks nothing, keeps all, and may fail as it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class HookMessage:
    path: str
    body: bytes
    headers: dict[str, str]  # names in lower case


@dataclass
class HookServer:
    """`answer` says with what status; None: the connection is dropped, after the message was kept."""

    answer: Callable[[], int | None] = lambda: 204
    got: list[HookMessage] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving_hook(server: HookServer) -> Iterator[HookServer]:
    """The server at a free port of this machine, until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = server.answer()
            if status is None or 200 <= status < 400:
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.got.append(HookMessage(self.path, body, headers))
            if status is None:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is written."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    server.address = f"http://127.0.0.1:{listening.server_address[1]}"
    try:
        yield server
    finally:
        listening.shutdown()
        thread.join(10)
        listening.server_close()
