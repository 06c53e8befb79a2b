"""Runs the application: the only file that imports uvicorn."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.http.observe import Life
from bot.http.settings import HttpSettings
from index.errors import BadSetting

# Threads that compute hold the interpreter for this long before others get a turn; at the default of 5 ms two
# of them keep the event loop waiting for 10 ms at every step.
_SWITCH_SECONDS = 0.001
_BACKLOG = 2048


class Beside(Protocol):
    """Something that runs in the server's event loop as long as the server does."""

    async def start(self) -> None:
        """Begin; the door is opened afterwards."""

    async def close(self) -> None:
        """End; the last request has been answered."""


class _Server(uvicorn.Server):
    """Ends without cutting anyone off: tells first, closes the door second, waits third."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        life: Life,
        settings: HttpSettings,
        beside: Sequence[Beside],
        note: Callable[[str], None],
    ) -> None:
        super().__init__(config)
        self._beside = beside
        self._life = life
        self._settings = settings
        self._note = note
        self._silent: dict[HttpToolsProtocol, tuple[object, float]] = {}  # its last request, since when

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the door and say where it is."""
        for one in self._beside:
            await one.start()
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._note(f"serving at http://{f'[{host}]' if ':' in host else host}:{port}/")

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to end; once a second: close the door on who asks nothing."""
        if counter % 10 == 0:
            self._close_silent(time.monotonic())
        return await super().on_tick(counter)

    def _close_silent(self, now: float) -> None:
        """Uvicorn closes idle connections after an answer, but waits forever for the head of a request."""
        before, self._silent = self._silent, {}
        for one in self.server_state.connections:
            if isinstance(one, HttpToolsProtocol) and (one.cycle is None or one.cycle.response_complete):
                last, since = before.get(one, (one.cycle, now))
                self._silent[one] = (one.cycle, since if last is one.cycle else now)
        for connection, (_, since) in self._silent.items():
            if now - since > self._settings.head_timeout:
                connection.transport.close()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve on for `drain` seconds, asking clients to close; then finish what was taken."""
        self._life.draining = True
        await asyncio.sleep(self._settings.drain)
        for server in self.servers:
            server.close()
        await asyncio.sleep(0.2)  # those who connected before the door closed send their requests now
        await super().shutdown(sockets)
        for one in reversed(self._beside):  # what was started later may use what was started before
            await one.close()


def run(
    app: FastAPI,
    host: str,
    port: int,
    *,
    settings: HttpSettings,
    life: Life,
    beside: Sequence[Beside] = (),
    note: Callable[[str], None] = print,
) -> None:
    """Serve until SIGTERM or SIGINT; both end well, and a second SIGINT at once. `note` is told the address.

    What is `beside` starts before the door opens, and ends when the last request has been answered.

    Raises:
        BadSetting: the address cannot be listened at.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        access_log=False,  # it would hold the questions of `GET /ask?q=`; bot.http.observe writes its own
        log_config=None,
        server_header=False,
        backlog=_BACKLOG,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=int(settings.grace),
        ws="none",
        lifespan="off",
    )
    server = _Server(config, life=life, settings=settings, beside=beside, note=note)
    # uvicorn raises the signal that ended it again when it has ended well; that must not kill the process.
    before = {number: signal.signal(number, server.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run()
    except SystemExit as exc:
        raise BadSetting(f"cannot listen at {host}:{port}, expected a free port of this machine") from exc
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
