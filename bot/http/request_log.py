"""Around every request: a number, a log line, a count, the safety headers, and the last net for faults."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.access.key_file import Key
from bot.http.log_lines import FIELDS
from bot.http.metrics import Metrics
from bot.http.problems import log_fault, refusal

_LOG = logging.getLogger("dateline.http")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
_NOTHING_ALLOWED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass
class Life:
    """Whether the server is on its way out; set by `bot.http.server`, read by every request."""

    draining: bool = False


@dataclass
class Visit:
    """What is known of one request while it is served.

    `wait` counts one question more of the same caller: 0, or seconds until it may be asked. `refused` is what
    the guard would answer, where the page says it instead.
    """

    number: str
    address: str
    status: int = 0
    key: Key | None = None
    question: str | None = None
    left: bool = False
    wait: Callable[[], int] | None = None
    refused: Response | None = None


def visit_of(request: Request) -> Visit:
    """What the server knows of a request so far."""
    return cast(Visit, request.scope["dateline.visit"])


class Observer:
    """The outermost layer: sees every request, also those that are refused."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, life: Life, log_questions: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._life = life
        self._log_questions = log_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        visit = Visit(secrets.token_hex(8), client[0] if client else "unknown")
        scope["dateline.visit"] = visit
        began = time.perf_counter()

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                self._add_headers(message, visit)
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except Exception as exc:
            log_fault(exc)
            if visit.status:  # the answer is under way: all that is left is to break it off
                raise ConnectionAbortedError(f"request {visit.number} broke off") from None
            await refusal(500, "the server's log says what")(scope, receive, send_on)
        finally:
            self._note(scope, visit, time.perf_counter() - began)

    def _add_headers(self, message: Message, visit: Visit) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", _NOTHING_ALLOWED)
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Request-Id"] = visit.number
        if self._life.draining:
            headers["Connection"] = "close"

    def _note(self, scope: Scope, visit: Visit, seconds: float) -> None:
        """Count and log. The pattern of the route is logged, not the address: that may hold a question."""
        route = getattr(scope.get("route"), "path_format", None) or "unmatched"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        status = 499 if visit.left else visit.status  # nginx's number for a client that went away
        self._metrics.request(method, route, status=status, seconds=seconds)
        if visit.left:
            self._metrics.left(route)
        told: dict[str, object] = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "key": visit.key.name if visit.key else None,
            "from": visit.address,
            "id": visit.number,
        }
        if self._log_questions and visit.question:
            told["question"] = visit.question
        _LOG.info("%s", _line(told), extra={FIELDS: told})


def _line(told: Mapping[str, object]) -> str:
    """A request as a line for people: "POST /ask 200 31.2 ms key=- from=127.0.0.1 id=9f2c…"."""
    asked = f" question={told['question']!r}" if "question" in told else ""
    return (
        f"{told['method']} {told['route']} {told['status']} {told['ms']} ms"
        f" key={told['key'] or '-'} from={told['from']} id={told['id']}{asked}"
    )
