"""`/follows`: questions that answer again whenever articles come in, for a key or a reader of the page."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import StringConstraints
from pydantic.json_schema import SkipJsonSchema

from bot.follows.atom import MEDIA_TYPE
from bot.follows.bodies import FollowBody, TellingBody
from bot.follows.book import hashed
from bot.follows.feed import feed_of
from bot.follows.records import Follow, FollowRequest
from bot.follows.renewing import Renewing
from bot.follows.told import ToldTelling, told
from bot.http.access.gate import Busy
from bot.http.access.guard import FEED, token_of
from bot.http.access.keys import KeyRing
from bot.http.access.limits import network_of
from bot.http.follows import FollowReader, HttpFollows, reader_without_key
from bot.http.openapi import problems
from bot.http.problems import RequestRefused
from bot.http.request_log import visit_of
from bot.http.routes.follow_bodies import FollowBegun, FollowLog, FollowsBody, FollowWish
from bot.http.service import Service
from index.errors import DatelineError

T = TypeVar("T")

_Reader = Annotated[
    Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{43}$")] | SkipJsonSchema[None],  # never "null"
    Header(alias="X-Reader", description="the `reader` of an earlier answer"),
]
_Id = Annotated[str, Path(pattern="^[0-9a-f]{10}$", examples=["1f2e3d4c5b"])]
_Limit = Annotated[int, Query(ge=1, le=200)]


class FollowRoutes:
    """The routes of follows."""

    def __init__(self, service: Service, follows: HttpFollows, keys: KeyRing) -> None:
        self._service = service
        self._follows = follows
        self._keys = keys

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["questions"])
        router.add_api_route(
            "/follows",
            self.begin,
            methods=["POST"],
            operation_id="follow",
            summary="Follow a question",
            status_code=201,
            responses=problems(400, 403, 422, 503, 504),
        )
        router.add_api_route(
            "/follows",
            self.listing,
            methods=["GET"],
            operation_id="follows",
            summary="What the caller follows",
            responses=problems(422, 503),
        )
        router.add_api_route(
            "/follows/seen",
            self.seen,
            methods=["POST"],
            operation_id="followsSeen",
            summary="Everything that was told has been seen",
            status_code=204,
            response_class=Response,
            responses=problems(422, 503),
        )
        router.add_api_route(
            "/follows/{follow_id}",
            self.log,
            methods=["GET"],
            operation_id="followLog",
            summary="What was told of a question",
            responses=problems(404, 422, 503),
        )
        router.add_api_route(
            "/follows/{follow_id}",
            self.remove,
            methods=["DELETE"],
            operation_id="unfollow",
            summary="Follow a question no more",
            status_code=204,
            response_class=Response,
            responses=problems(404, 422, 503),
        )
        router.add_api_route(
            FEED,
            self.feed,
            methods=["GET"],
            operation_id="followsFeed",
            summary="All that one is told, as an Atom feed",
            response_class=Response,
            responses={200: {"content": {MEDIA_TYPE.partition(";")[0]: {}}}, **problems(404, 422, 503)},
        )
        return router

    async def begin(self, request: Request, wish: FollowWish, x_reader: _Reader = None) -> FollowBegun:
        """Asked without a language model, now and whenever articles came in; what is new is told once.

        A question that the caller follows already takes the new times and webhook.
        """
        known = self._reader(request, x_reader)
        if wish.webhook and visit_of(request).key is None:
            raise RequestRefused(403, "posting to a webhook needs a key: `dateline key add NAME`")
        reader = known or reader_without_key()
        wanted = await asyncio.to_thread(self._wanted, request, wish)
        book = self._follows.desk.book
        added = await asyncio.to_thread(book.add, reader.owner, wanted, now=datetime.now(UTC))
        await asyncio.to_thread(book.give_feed, reader.owner, reader.feed_token)
        first = await self._first(request, added.follow) if added.follow.status == "new" else None
        follow = await asyncio.to_thread(book.at, added.follow.id, reader.owner)
        return FollowBegun(
            follow=FollowBody.of(follow),
            told=TellingBody.of(first) if first else None,
            secret=added.secret,
            reader=None if known else reader.token,
            feed=_feed_address(reader),
        )

    async def listing(self, request: Request, x_reader: _Reader = None) -> FollowsBody:
        """In the order in which they were begun; `new` counts what was told since it was last seen."""
        reader = self._reader(request, x_reader)
        if reader is None:
            return FollowsBody(follows=[], new=0, feed=None)
        found = await self._look(reader, lambda: self._follows.desk.book.of(reader.owner))
        return FollowsBody(
            follows=[FollowBody.of(one) for one in found],
            new=sum(one.new for one in found),
            feed=_feed_address(reader) if found else None,
        )

    async def log(
        self, request: Request, follow_id: _Id, x_reader: _Reader = None, limit: _Limit = 20
    ) -> FollowLog:
        """Words that the archive no longer has are null."""
        reader = self._known(request, x_reader)

        def look() -> FollowLog:
            book = self._follows.desk.book
            follow = book.at(follow_id, reader.owner)
            tellings = [
                told(follow, one, self._follows.archive) for one in book.tellings(follow, limit=limit)
            ]
            return FollowLog(follow=FollowBody.of(follow), tellings=[TellingBody.of(one) for one in tellings])

        return await self._look(reader, look)

    async def seen(self, request: Request, x_reader: _Reader = None) -> Response:
        """Nothing is new until something else is told."""
        if reader := self._reader(request, x_reader):
            await asyncio.to_thread(self._follows.desk.book.seen, reader.owner)
        return Response(status_code=204)

    async def remove(self, request: Request, follow_id: _Id, x_reader: _Reader = None) -> Response:
        """What was told of it, and what is on its way, goes too."""
        reader, book = self._known(request, x_reader), self._follows.desk.book
        follow = await asyncio.to_thread(book.at, follow_id, reader.owner)
        await asyncio.to_thread(book.remove, follow)
        return Response(status_code=204)

    async def feed(
        self, request: Request, token: Annotated[str, Query(pattern="^[A-Za-z0-9_-]{43}$")]
    ) -> Response:
        """The address holds all it takes, since feed readers send no key; it opens nothing else."""
        book = self._follows.desk.book
        owner = await asyncio.to_thread(book.feed_owner, token)
        if owner is None or not self._is_valid(owner):
            raise RequestRefused(404, "no feed has this token, expected an address that `/follows` gave")
        await asyncio.to_thread(book.opened, owner, now=datetime.now(UTC))
        made = await asyncio.to_thread(feed_of, book, owner, self._follows.archive, address=str(request.url))
        headers = {
            "ETag": f'"{hashlib.sha256(made).hexdigest()[:32]}"',
            "Cache-Control": "private, max-age=60",
        }
        known = [
            one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")
        ]
        if headers["ETag"] in known:
            return Response(status_code=304, headers=headers)
        return Response(made, media_type=MEDIA_TYPE, headers=headers)

    def _reader(self, request: Request, token: str | None) -> FollowReader | None:
        """Who asks: a key before a token of the page; None for a stranger."""
        key = visit_of(request).key
        if key:
            return FollowReader(f"key {key.id}", token_of(request.headers) or "")
        return reader_without_key(token) if token else None

    def _known(self, request: Request, token: str | None) -> FollowReader:
        reader = self._reader(request, token)
        if reader is None:
            raise RequestRefused(404, "expected a key, or the `reader` that following a question gave")
        return reader

    def _is_valid(self, owner: str) -> bool:
        kind, _, name = owner.partition(" ")
        return kind != "key" or any(key.id == name for key in self._keys.all())

    def _wanted(self, request: Request, wish: FollowWish) -> FollowRequest:
        visit = visit_of(request)
        return FollowRequest(
            wish.question,
            wish.filters.record(),
            self._follows.times(zone=wish.zone, quiet=wish.quiet, digest=wish.digest),
            webhook=self._follows.webhook(wish.webhook) if wish.webhook else None,
            language=wish.language,
            via=None if visit.key else hashed(network_of(visit.address)),
        )

    async def _first(self, request: Request, follow: Follow) -> ToldTelling | None:
        """What the archive says now; where that cannot be had now, it is told a little later."""
        renewing = Renewing(
            self._service.asker,
            self._follows.archive,
            book=self._follows.desk.book,
            outbox=self._follows.desk.outbox,
            seconds=self._service.settings.answer_timeout,
        )
        try:
            return await self._service.work(request, renewing.renew(follow))
        except (Busy, DatelineError, TimeoutError):
            return None

    async def _look(self, reader: FollowReader, read: Callable[[], T]) -> T:
        await asyncio.to_thread(self._follows.desk.book.opened, reader.owner, now=datetime.now(UTC))
        return await asyncio.to_thread(read)


def _feed_address(reader: FollowReader) -> str:
    """Relative, and so right behind every prefix."""
    return f"{FEED[1:]}?token={reader.feed_token}"
