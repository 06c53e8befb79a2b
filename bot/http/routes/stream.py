"""A stream of server-sent events that keeps proxies awake and gives its place back whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.http.access.gate import GatePlace
from bot.http.request_log import Visit

MEDIA_TYPE = "text/event-stream"
PING = b": ping\n\n"


def event(data: str, *, name: str | None = None) -> bytes:
    """One event; `data` is JSON of one line, so that no line of it can be taken for a field."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {data}\n\n".encode()


class EventStream(StreamingResponse):
    """Sends events as they come; a client that leaves cancels whatever makes them."""

    media_type = MEDIA_TYPE

    def __init__(self, events: AsyncIterator[bytes], *, place: GatePlace, visit: Visit, ping: float) -> None:
        super().__init__(
            _with_pings(events, every=ping),
            headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"},
        )
        self._place = place
        self._visit = visit
        self._sent_all = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream (ASGI), then leave the place."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._place.leave()
            self._visit.left = not self._sent_all

    async def stream_response(self, send: Send) -> None:
        """Send the stream; note that it came to its end."""
        await super().stream_response(send)
        self._sent_all = True


async def _with_pings(events: AsyncIterator[bytes], *, every: float) -> AsyncIterator[bytes]:
    """The events, with a comment whenever nothing was said for `every` seconds."""
    following = asyncio.ensure_future(_next(events))
    try:
        while True:
            done, _ = await asyncio.wait((following,), timeout=every)
            if not done:
                yield PING
                continue
            item = following.result()
            if item is None:
                return
            yield item
            following = asyncio.ensure_future(_next(events))
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def _next(events: AsyncIterator[bytes]) -> bytes | None:
    return await anext(events, None)
