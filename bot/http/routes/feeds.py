"""`/feeds`: the feeds that are read, when, and what came of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from bot.http.openapi import problems
from bot.http.request_log import visit_of
from bot.http.service import Service
from bot.showing.feeds_json import FeedBody, FeedsBody

_Offset = Annotated[int, Query(ge=0, le=2**31 - 1)]
_Limit = Annotated[int, Query(ge=1, le=200)]


class FeedRoutes:
    """The route that lists feeds."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def router(self) -> APIRouter:
        """The route, described."""
        router = APIRouter(tags=["articles"])
        router.add_api_route(
            "/feeds",
            self.feeds,
            methods=["GET"],
            operation_id="listFeeds",
            summary="The feeds and sitemaps that are read, and what came of it",
            responses=problems(422, 503, 504),
        )
        return router

    async def feeds(self, request: Request, offset: _Offset = 0, limit: _Limit = 50) -> FeedsBody:
        """In the order of adding. The same as `dateline feeds --json` tells.

        A query may hold a token: its values are told only to a key that may write.
        """
        feeds = await self._service.look(request, self._service.library.feeds)
        key, after = visit_of(request).key, offset + limit
        told = [FeedBody.of(feed) for feed in feeds[offset:after]]
        return FeedsBody(
            feeds=told if key and key.write else [one.for_everybody() for one in told],
            total=len(feeds),
            offset=offset,
            limit=limit,
            next=after if after < len(feeds) else None,
        )
