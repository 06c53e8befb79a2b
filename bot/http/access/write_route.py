"""A route that changes the archive: who has no key that may write is refused before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from bot.http.access.guard import needs_key
from bot.http.access.key_file import Key
from bot.http.problems import refusal
from bot.http.request_log import visit_of


class WriteRoute(APIRoute):
    """Asks for the key itself, so that no other reading of a path decides who may write."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
        """The handler, behind the question who asks."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            return _may_not_write(visit_of(request).key) or await handle(request)

        return guarded


def _may_not_write(key: Key | None) -> Response | None:
    if key is None:
        return needs_key("changing the archive needs a key")
    if not key.write:
        return refusal(403, f"the key {key.name!r} may ask but not write: `dateline key add NAME --write`")
    return None
