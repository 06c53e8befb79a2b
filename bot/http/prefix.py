"""A path prefix behind a proxy: taken off what comes with it, so that every layer knows one set of paths."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Prefix:
    """The outermost layer where `http.root_path` is set; a proxy may take the prefix off, or leave it."""

    def __init__(self, app: ASGIApp, *, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] == "http" and str(scope["path"]).startswith(f"{self._prefix}/"):
            raw = scope.get("raw_path")
            prefix = self._prefix.encode()
            scope = {
                **scope,
                "path": scope["path"][len(self._prefix) :],
                "raw_path": raw.removeprefix(prefix) if isinstance(raw, bytes) else raw,
            }
        await self._app(scope, receive, send)
