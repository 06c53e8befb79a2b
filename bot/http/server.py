"""Runs the application: the only file that imports uvicorn."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from bot.http.observe import Life
from bot.http.settings import HttpSettings

# Threads that compute hold the interpreter for this long before others get a turn; at the default of 5 ms two
# of them keep the event loop waiting for 10 ms at every step.
_SWITCH_SECONDS = 0.001
_BACKLOG = 2048


class _Server(uvicorn.Server):
    """Ends without cutting anyone off: tells first, closes the door second, waits third."""

    def __init__(self, config: uvicorn.Config, *, life: Life, drain: float) -> None:
        super().__init__(config)
        self._life = life
        self._drain = drain

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve on for `drain` seconds, asking clients to close; then finish what was taken."""
        self._life.draining = True
        await asyncio.sleep(self._drain)
        for server in self.servers:
            server.close()
        await asyncio.sleep(0.2)  # those who connected before the door closed send their requests now
        await super().shutdown(sockets)


def run(app: FastAPI, host: str, port: int, *, settings: HttpSettings, life: Life) -> None:
    """Serve until SIGTERM or SIGINT; both end well, and a second SIGINT at once."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
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
    before = signal.signal(signal.SIGTERM, _nothing)  # uvicorn raises the signal again when it has ended well
    try:
        _Server(config, life=life, drain=settings.drain).run()
    finally:
        signal.signal(signal.SIGTERM, before)


def _nothing(_signal: int, _frame: FrameType | None) -> None:
    """The server has already ended because of it."""
