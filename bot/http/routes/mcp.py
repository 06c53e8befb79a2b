"""`/mcp`: the archive as tools of a language model, with the same keys, limits and gate as questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.http.openapi import problems
from bot.http.problems import refusal
from bot.http.routes.problem_body import MEDIA_TYPE
from bot.http.service import Service
from bot.http.settings import HttpSettings
from bot.mcp.http import McpEndpoint, McpServer
from bot.mcp.server import create_server
from bot.mcp.tools import ArchiveTools

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_MESSAGE = {"application/json": {"schema": {"type": "object", "required": ["jsonrpc"]}}}
_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
MCP_OPERATION: dict[str, object] = {
    "tags": ["chat programs"],
    "operationId": "mcp",
    "summary": "The archive as tools of a language model (MCP, streamable HTTP)",
    "description": "One message of the Model Context Protocol, JSON-RPC 2.0, without sessions; the tools are"
    " `search`, `fetch`, `ask`, `check_quote` and `changes`, and each article is a resource. Give a program"
    " this address as an MCP server.",
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["jsonrpc", "method"],
                    "properties": {
                        "jsonrpc": {"const": "2.0"},
                        "id": {"type": ["string", "integer"]},
                        "method": {"type": "string"},
                        "params": {"type": "object"},
                    },
                },
                "example": {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}},
            }
        },
    },
    "responses": {
        **{str(status): described for status, described in problems(403).items()},
        "200": {"description": "The message that answers", "content": _MESSAGE},
        "202": {"description": "Taken; there is no answer to it"},
        "400": {
            "description": "No message of the protocol, or not JSON",
            "content": {**_MESSAGE, **_PROBLEM},
        },
    },
}


def mcp_route(service: Service) -> Route:
    """The route; it takes POST alone, for it never speaks unasked."""

    @asynccontextmanager
    async def turn() -> AsyncIterator[None]:
        with await service.gate.enter():
            async with asyncio.timeout(service.settings.answer_timeout):
                yield

    tools = ArchiveTools(service.asker, service.library, service.checker, turn)
    return served_at(create_server(tools), service.settings)


def served_at(server: McpServer, settings: HttpSettings) -> Route:
    """A server at `/mcp`, in the limits of the settings."""
    endpoint = McpEndpoint(server, most=settings.body_bytes)
    return Route("/mcp", _FromHere(endpoint, settings.cors_origins), methods=["POST"])


class _FromHere:
    """Refuses pages of other sites: one whose name is made to lead here could ask from a browser."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        headers = Headers(scope=scope)
        origin, kind = headers.get("origin"), headers.get("content-type", "").partition(";")[0].strip()
        app = self._app
        if kind.lower() != "application/json":
            app = refusal(400, f"the body is of the kind {kind[:60]!r}, expected application/json")
        if origin and origin not in self._origins and _host(origin) not in _LOOPBACK:
            app = refusal(403, "pages of that origin may not ask here, expected one of http.cors_origins")
        await app(scope, receive, send)


def _host(origin: str) -> str | None:
    """The host of an origin; None where it has none or is no address."""
    try:
        return urlsplit(origin).hostname
    except ValueError:  # such as "http://[::1"
        return None
