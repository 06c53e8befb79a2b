"""A connection to a PostgreSQL server that breaks at a statement: before the server has it, or after."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from index.storage.postgres.address import DatabaseAddress

_AT_ONCE = 65_536


class DroppingProxy:
    """Stands before a server on this machine; a context manager."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._drop: tuple[bytes, Literal["before", "behind"]] | None = None
        self.dropped = 0

    def __enter__(self) -> DroppingProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()

    def before(self, address: DatabaseAddress) -> DatabaseAddress:
        """The address by which a database is reached through here."""
        ours = self._server.getsockname()[1]
        return replace(address, url=address.url.replace(f":{self._port}/", f":{ours}/"))

    def drop(self, statement: bytes, when: Literal["before", "behind"]) -> None:
        """Break the next connection that sends the statement, once."""
        self._drop = statement, when

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
                threading.Thread(target=self._forth, args=(client, server), daemon=True).start()
                threading.Thread(target=self._back, args=(client, server), daemon=True).start()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        """What the program sends."""
        with suppress(OSError):
            while sent := client.recv(_AT_ONCE):
                if self._drop and self._drop[0] in sent:
                    (_, when), self._drop = self._drop, None
                    self.dropped += 1
                    _end(client)  # at once, so that no answer reaches it
                    if when == "before":
                        break
                server.sendall(sent)
        _end(server)

    def _back(self, client: socket.socket, server: socket.socket) -> None:
        """What the server answers."""
        with suppress(OSError):
            while sent := server.recv(_AT_ONCE):
                client.sendall(sent)
        _end(client)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
