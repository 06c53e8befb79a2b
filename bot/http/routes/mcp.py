"""`/mcp`: the archive as tools of a language model, with the same keys, limits and gate as questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.routing import Route

from bot.http.service import Service
from bot.mcp.http import McpEndpoint
from bot.mcp.server import create_server
from bot.mcp.tools import ArchiveTools


def mcp_route(service: Service) -> Route:
    """The route; it takes POST alone, for it never speaks unasked."""

    @asynccontextmanager
    async def turn() -> AsyncIterator[None]:
        with await service.gate.enter():
            async with asyncio.timeout(service.settings.answer_timeout):
                yield

    tools = ArchiveTools(service.asker, service.library, service.checker, turn)
    endpoint = McpEndpoint(create_server(tools), most=service.settings.body_bytes)
    return Route("/mcp", endpoint, methods=["POST"])
