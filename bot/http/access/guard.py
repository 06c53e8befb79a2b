"""Before a request is read: who asks, how often, and how much may be sent."""

from __future__ import annotations

import asyncio
import unicodedata
from functools import partial
from typing import cast

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.access.hosts import stranger_named
from bot.http.access.keys import PREFIX, KeyRing
from bot.http.access.limits import FORWARDED, Rate, RateLimits, is_loopback, network_of
from bot.http.problems import RequestRefused, problem_of, refusal
from bot.http.request_log import Visit
from bot.http.routes.page import FOLDER
from bot.http.settings import HttpSettings
from index.errors import ArchiveError

FEED = "/follows.atom"
OPEN = frozenset({"/", "/healthz", "/readyz", "/metrics", "/openapi.json"})


class Guard:
    """Knows callers by their key or, without one, by their address; refuses before anything is read."""

    def __init__(self, app: ASGIApp, *, keys: KeyRing, settings: HttpSettings) -> None:
        self._app = app
        self._keys = keys
        self._settings = settings
        self._limits = RateLimits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if any(unicodedata.category(sign) == "Cc" for sign in scope["path"]):
            openai = scope["path"].startswith("/v1/")
            await refusal(400, "the path has a control character", openai=openai)(scope, receive, send)
            return
        if (
            scope["path"] == "/" and scope["query_string"]
        ):  # what it names is kept back; the page itself is not
            cast(Visit, scope["dateline.visit"]).refused = await self._refusal(scope)
        if scope["path"] in OPEN or scope["path"].startswith(FOLDER):
            limited: Receive | Response = self._limited(scope, receive)
        else:
            limited = await self._refusal(scope) or self._limited(scope, receive)
        if isinstance(limited, Response):
            await limited(scope, receive, send)
        else:
            await self._app(scope, limited, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """Why the caller may not ask now, or None."""
        visit = cast(Visit, scope["dateline.visit"])
        token = token_of(Headers(scope=scope))
        try:
            visit.key = await self._keys.matched(token) if token else None
        except ArchiveError as exc:  # the database cannot be asked
            return problem_of(exc, openai=scope["path"].startswith("/v1/"))
        rate = self._rate(visit, Headers(scope=scope))
        visit.wait = partial(self._limits.wait, rate.caller, per_minute=rate.per_minute)
        openai = scope["path"].startswith("/v1/")
        wait = visit.wait()
        if wait:
            detail = (
                f"more than {rate.per_minute} requests a minute from {rate.whom}, expected the next one in "
                f"{wait} s (more: {rate.more})"
            )
            return refusal(429, detail, headers={"Retry-After": str(wait)}, openai=openai)
        # Chat programs insist on sending some key: on an open server only a wrong one of ours is an error.
        if scope["path"] == FEED:  # whose address holds a token of its own: feed readers send no key
            return None
        claims = token is not None and (self._settings.require_key or token.startswith(PREFIX))
        if not visit.key and (claims or self._settings.require_key):
            detail = "that key is not valid" if token else "this server answers only with a key"
            return needs_key(detail, openai=openai)
        stranger = None if visit.key else stranger_named(scope, self._settings)
        return _misdirected(stranger, openai=openai) if stranger else None

    def _rate(self, visit: Visit, headers: Headers) -> Rate:
        if visit.key:
            own = visit.key.per_minute
            rate = self._settings.rate_per_key if own is None else own
            return Rate(f"key {visit.key.id}", rate, "this key", "`dateline key add NAME --per-minute N`")
        caller = network_of(visit.address)
        if is_loopback(visit.address) and not any(name in headers for name in FORWARDED):
            return Rate(
                caller, self._settings.rate_loopback, "this machine", "the setting http.rate_loopback"
            )
        more = "a key, `dateline key add NAME`; or the setting http.rate_per_address"
        return Rate(caller, self._settings.rate_per_address, "this address", more)

    def _limited(self, scope: Scope, receive: Receive) -> Receive | Response:
        """`receive`, counting what arrives; or a refusal where the announced length is already too much."""
        takes_articles = scope["path"] == "/articles"
        most = self._settings.articles_body_bytes if takes_articles else self._settings.body_bytes
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > most:
            return _too_large(most, openai=scope["path"].startswith("/v1/"))
        return _Counted(receive, most=most, seconds=self._settings.body_timeout).receive


class _Counted:
    """The body of one request, counted as it comes: an announced length proves nothing."""

    def __init__(self, receive: Receive, *, most: int, seconds: float) -> None:
        self._receive = receive
        self._most = most
        self._seconds = seconds
        self._until: float | None = None
        self._bytes = 0
        self._whole = False

    async def receive(self) -> Message:
        """The next message (ASGI); raises `RequestRefused` past the most bytes or seconds."""
        if self._whole:
            return await self._receive()
        now = asyncio.get_running_loop().time()
        self._until = self._until or now + self._seconds
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise RequestRefused(
                408,
                f"the body took more than {self._seconds:g} s to arrive",
                headers={"Connection": "close"},
            ) from None
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._bytes > self._most:
            raise RequestRefused(
                413, f"a body of more than {self._most:,} bytes", headers={"Connection": "close"}
            )
        return message


def _too_large(most: int, *, openai: bool) -> Response:
    return refusal(413, f"a body of more than {most:,} bytes", headers={"Connection": "close"}, openai=openai)


def token_of(headers: Headers) -> str | None:
    """The key a request came with: `Authorization: Bearer …` or `X-API-Key: …`."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    bearer = token.strip() if kind.lower() == "bearer" else ""
    return bearer or headers.get("x-api-key") or None


def _misdirected(name: str, *, openai: bool) -> Response:
    """421: the name in the address is not one that this server goes by."""
    detail = (
        f"this server does not go by the name {name[:80]!r}, expected localhost, an address, or one of the"
        " setting http.hosts; where a proxy forwards it: http.trusted_proxies"
    )
    return refusal(421, detail, openai=openai)


def needs_key(why: str, *, openai: bool = False) -> Response:
    """401, which says how a key is sent."""
    detail = f"{why}, expected the header `Authorization: Bearer KEY` with one of `dateline key add NAME`"
    return refusal(401, detail, headers={"WWW-Authenticate": "Bearer"}, openai=openai)
