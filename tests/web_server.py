"""A server of the web that answers as it is told, byte for byte, and remembers who came."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A response of HTTP; `content_type="text/html"` is a header. Its length is told unless it is given."""
    told = {"content_length": str(len(body)), **headers}
    lines = [
        f"HTTP/1.1 {status}",
        *(f"{key.replace('_', '-')}: {value}" for key, value in told.items() if value),
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(status=status, location=location)


@dataclass
class WebServer:
    """Listens on every address of this machine, IPv4 and IPv6. `pages` may be changed at any time."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    connections: int = 0
    asked: list[str] = field(default_factory=list)  # what was asked for, without robots.txt
    heads: list[str] = field(default_factory=list)  # the requests of these

    def address(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(20)
            head = b""
            while b"\r\n\r\n" not in head and (part := connection.recv(65536)):
                head += part
                if not head.startswith(b"GET "):
                    return
            if not head:
                return
            path = head.split(b" ")[1].decode()
            if path != "/robots.txt":
                self.asked.append(path)
                self.heads.append(head.decode("latin-1"))
            told = self.pages.get(path, answer(status="404 Not Found"))
            if isinstance(told, bytes):
                connection.sendall(told)
            else:
                told(connection)


@contextmanager
def serving() -> Iterator[WebServer]:
    """A server on a free port, until the end."""
    dual = socket.has_dualstack_ipv6()
    listening = (
        socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        if dual
        else socket.create_server(("0.0.0.0", 0))
    )
    server = WebServer(listening.getsockname()[1])

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                server.connections += 1
                threading.Thread(target=server._serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
