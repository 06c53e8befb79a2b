"""Runs the application: the only file that imports uvicorn."""

from __future__ import annotations

import asyncio
import math
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol, cast

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.http.doors import cannot_listen
from bot.http.parting import Lingering, turn_away
from bot.http.problems import refusal
from bot.http.request_log import Life
from bot.http.settings import HttpSettings

# Threads that compute hold the interpreter for this long before others get a turn; at the default of 5 ms two
# of them keep the event loop waiting for 10 ms at every step.
_SWITCH_SECONDS = 0.001
_BACKLOG = 2048
_MOMENT = 0.2  # seconds for what is on its way: the rest of a handshake, a request after it
_GOODBYES = (
    3  # seconds for those that are still there when `grace` is over: told, and their transports closed
)


class Companion(Protocol):
    """Something that runs in the server's event loop as long as the server does."""

    async def start(self) -> None:
        """Begin; the door is opened afterwards."""

    async def close(self) -> None:
        """End; the last request has been answered."""


class _Connection(HttpToolsProtocol):
    """A connection that is never closed on someone who may have asked, without a word."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; what uvicorn closes is closed in order."""
        super().connection_made(Lingering(cast(asyncio.Transport, transport)))

    def data_received(self, data: bytes) -> None:
        """Read on; what comes after the end was told of is dropped."""
        if not self.transport.is_closing():
            super().data_received(data)

    @property
    def idle(self) -> bool:
        """Whether no whole head of a request has come that is not answered."""
        return self.cycle is None or self.cycle.response_complete

    def dismiss(self) -> None:
        """End; a request that is on its way meets an answer, which says that it was not read."""
        if not self.transport.is_closing():
            self.transport.write(_too_late())
            self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Uvicorn's own limit, should it come first."""
        self.dismiss()

    def shutdown(self) -> None:
        """End after the answer that is under way."""
        if self.idle:
            self.dismiss()
        else:
            super().shutdown()


def _too_late() -> bytes:
    """A whole answer 408, as RFC 9110 has it for a connection on which no whole request came in time."""
    answer = refusal(408, "no whole request came in time", headers={"Connection": "close"})
    lines = [b"HTTP/1.1 408 Request Timeout", *(b": ".join(header) for header in answer.raw_headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + bytes(answer.body)


class _Server(uvicorn.Server):
    """Ends without cutting anyone off: tells, takes no new ones, sees off who is there."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        life: Life,
        settings: HttpSettings,
        beside: Sequence[Companion],
        note: Callable[[str], None],
    ) -> None:
        super().__init__(config)
        self._beside = beside
        self._life = life
        self._settings = settings
        self._note = note
        self._silent: dict[_Connection, tuple[object, float]] = {}  # its last request, since when

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the door and say where it is."""
        for one in self._beside:
            await one.start()
        assert sockets  # `run` hands over its doors
        host, port = sockets[0].getsockname()[:2]
        try:
            await super().startup(sockets)
        except OSError as exc:  # another server opened its door between binding and now
            raise cannot_listen(host, port, exc) from exc
        if self.started:
            self._note(f"serving at http://{f'[{host}]' if ':' in host else host}:{port}/")

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to end; once a second: close the door on who asks nothing."""
        if counter % 10 == 0:
            self._dismiss_silent(self._settings.head_timeout)
        return await super().on_tick(counter)

    def _dismiss_silent(self, patience: float) -> None:
        """Uvicorn closes idle connections after an answer, but waits forever for the head of a request."""
        now, before, self._silent = time.monotonic(), self._silent, {}
        for one in self.server_state.connections:
            if isinstance(one, _Connection) and one.idle:
                last, since = before.get(one, (one.cycle, now))
                self._silent[one] = (one.cycle, since if last is one.cycle else now)
        for connection, (_, since) in self._silent.items():
            if now - since > patience:
                connection.dismiss()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve on for `drain` seconds, asking clients to close; then finish what was taken."""
        self._life.draining = True
        await asyncio.sleep(self._settings.drain)
        for server in self.servers:
            for listener in server.sockets:
                turn_away(listener)
        await asyncio.sleep(_MOMENT)  # all that the kernel has taken is accepted now
        for server in self.servers:
            server.close()
        await self._see_off()
        await super().shutdown(sockets)
        for one in reversed(self._beside):  # what was started later may use what was started before
            await one.close()

    async def _see_off(self) -> None:
        """Answer what was taken, up to `grace` seconds, and dismiss who asks nothing for a moment."""
        end = time.monotonic() + self._settings.grace
        while self.server_state.connections and not self.force_exit and time.monotonic() < end:
            self._dismiss_silent(_MOMENT)
            await asyncio.sleep(_MOMENT / 2)


def run(
    app: FastAPI,
    doors: Sequence[socket.socket],
    *,
    settings: HttpSettings,
    life: Life,
    beside: Sequence[Companion] = (),
    note: Callable[[str], None] = print,
) -> None:
    """Serve until SIGTERM or SIGINT; both end well, and a second SIGINT at once. `note` is told the address.

    `doors` are bound and do not listen yet. What is `beside` starts before they open, and ends when the last
    request has been answered.

    Raises:
        BadSetting: the address cannot be listened at.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    config = uvicorn.Config(
        app,
        http=_Connection,
        access_log=False,  # it would hold the questions of `GET /ask?q=`; bot.http.request_log writes its own
        log_config=None,
        server_header=False,
        backlog=_BACKLOG,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_keep_alive=math.ceil(settings.head_timeout),
        timeout_graceful_shutdown=_GOODBYES,
        ws="none",
        lifespan="off",
    )
    server = _Server(config, life=life, settings=settings, beside=beside, note=note)
    # uvicorn raises the signal that ended it again when it has ended well; that must not kill the process.
    before = {number: signal.signal(number, server.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run([*doors])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
