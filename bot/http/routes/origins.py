"""`/origins` and `/stories`: which articles are copies of one text, and which tell a story on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from bot.http.openapi import problems
from bot.http.routes.origin_bodies import OriginsBody, StoriesBody
from bot.http.service import Service
from bot.showing.copies import copied
from bot.showing.copies_json import CopiedBody
from bot.showing.stories_json import StoryBody

_ArticleId = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=200,
        description="only what this article belongs to, where it is by itself too",
    ),
]
_Offset = Annotated[int, Query(ge=0, le=2**31 - 1)]
_Limit = Annotated[int, Query(ge=1, le=50)]


class OriginRoutes:
    """The routes that list origins and stories."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["articles"])
        router.add_api_route(
            "/origins",
            self.origins,
            methods=["GET"],
            operation_id="listOrigins",
            summary="Which articles are copies of one text, and where they differ",
            responses=problems(404, 422, 503, 504),
        )
        router.add_api_route(
            "/stories",
            self.stories,
            methods=["GET"],
            operation_id="listStories",
            summary="Which articles tell a story on, and which take back what was said",
            responses=problems(404, 422, 503, 504),
        )
        return router

    async def origins(
        self, request: Request, article: _ArticleId = None, offset: _Offset = 0, limit: _Limit = 20
    ) -> OriginsBody:
        """The texts that several articles carry, those with most articles first.

        The same as `dateline status --origins --json` tells. Every difference is quoted and proved anew.
        """
        library = self._service.library

        def read() -> OriginsBody:
            if article is None:
                groups, total = library.copied(offset=offset, limit=limit)
            else:
                groups, total = [library.same_origin(article)][offset:], 1
            return OriginsBody(
                origins=[CopiedBody.model_validate(copied(group)) for group in groups],
                total=total,
                offset=offset,
                limit=limit,
                next=_next(offset + limit, total),
            )

        return await self._service.look(request, read)

    async def stories(
        self, request: Request, article: _ArticleId = None, offset: _Offset = 0, limit: _Limit = 20
    ) -> StoriesBody:
        """The stories that several texts tell, those with most first; each in the order of its dates.

        The same as `dateline status --stories --json` tells. The articles of a story are no copies of one
        another: a later one has other news. With `article`, that one stands for its copies.
        """
        library = self._service.library

        def read() -> StoriesBody:
            if article is None:
                stories, total = library.stories(offset=offset, limit=limit)
            else:
                stories, total = [library.story(article)][offset:], 1
            return StoriesBody(
                stories=[StoryBody.model_validate({"articles": story}) for story in stories],
                total=total,
                offset=offset,
                limit=limit,
                next=_next(offset + limit, total),
            )

        return await self._service.look(request, read)


def _next(after: int, total: int) -> int | None:
    """The offset of the page that follows, where there is one."""
    return after if after < total else None
