"""A client of a few lines that costs the machine little beside the server that it measures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping


class Refused(Exception):
    """Nobody listens."""


class Broken(Exception):
    """A request was sent and its answer did not come whole."""


class Client:
    """One kept connection, made again where the server closed it.

    `body` and `headers`, their names in small letters, are those of the last answer.
    """

    def __init__(self, port: int, *, token: str) -> None:
        self._port = port
        self._token = token
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.body = b""
        self.headers: Mapping[str, str] = {}

    async def get(self, path: str) -> int:
        """The status of a GET."""
        await self.send("GET", path, None)
        return await self._answer()

    async def post(self, path: str, body: Mapping[str, object]) -> int:
        """The status of a POST; raises `Refused` where it was not sent, `Broken` where no answer came."""
        await self.send("POST", path, body)
        return await self._answer()

    async def send(self, method: str, path: str, body: Mapping[str, object] | None) -> None:
        """Send a request and read nothing; raises `Refused`."""
        if self._writer is None:
            try:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError as exc:
                raise Refused from exc
        content = json.dumps(body).encode() if body else b""
        lines = (
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {self._token}",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
        )
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)

    async def close(self) -> None:
        """Close the connection."""
        if self._writer:
            self._writer.close()
            await asyncio.gather(self._writer.wait_closed(), return_exceptions=True)
        self._reader = self._writer = None

    async def _answer(self) -> int:
        assert self._reader is not None
        try:
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
            self.headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            self.body = await self._reader.readexactly(int(self.headers["content-length"]))
        except (OSError, asyncio.IncompleteReadError) as exc:
            await self.close()
            raise Broken(repr(exc)) from exc
        if self.headers.get("connection") == "close":
            await self.close()
        return int(head[0].split()[1])
