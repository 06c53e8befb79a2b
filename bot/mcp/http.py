"""The MCP server as an address of a web application: streamable HTTP, an answer for each request."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.types import Receive, Scope, Send

McpServer = MCPServer[None]


class McpEndpoint:
    """Answers requests without sessions: any worker, before or after a restart, answers the next one."""

    def __init__(self, server: McpServer, *, most: int) -> None:
        self._server = server
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        # A manager may run once only, and what it starts must end in the task that began it.
        manager = StreamableHTTPSessionManager(
            self._server._lowlevel_server,
            json_response=True,
            stateless=True,
            max_request_body_size=self._most,
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)
