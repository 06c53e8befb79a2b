"""`/mcp`: the archive as tools of a language model, with the same keys, limits and gate as questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.http.problems import refusal
from bot.http.service import Service
from bot.mcp.http import McpEndpoint
from bot.mcp.server import create_server
from bot.mcp.tools import ArchiveTools

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def mcp_route(service: Service) -> Route:
    """The route; it takes POST alone, for it never speaks unasked."""

    @asynccontextmanager
    async def turn() -> AsyncIterator[None]:
        with await service.gate.enter():
            async with asyncio.timeout(service.settings.answer_timeout):
                yield

    tools = ArchiveTools(service.asker, service.library, service.checker, turn)
    endpoint = McpEndpoint(create_server(tools), most=service.settings.body_bytes)
    return Route("/mcp", _FromHere(endpoint, service.settings.cors_origins), methods=["POST"])


class _FromHere:
    """Refuses pages of other sites: one whose name is made to lead here could ask from a browser."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        origin = Headers(scope=scope).get("origin")
        app = self._app
        if origin and origin not in self._origins and _host(origin) not in _LOOPBACK:
            app = refusal(403, "pages of that origin may not ask here, expected one of http.cors_origins")
        await app(scope, receive, send)


def _host(origin: str) -> str | None:
    """The host of an origin; None where it has none or is no address."""
    try:
        return urlsplit(origin).hostname
    except ValueError:  # such as "http://[::1"
        return None
