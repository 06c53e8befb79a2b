"""`/origins`: which articles are copies of one text, and where a copy differs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from bot.http.openapi import problems
from bot.http.routes.article_bodies import OriginsBody
from bot.http.service import Service
from bot.showing.copies import copied
from bot.showing.copies_json import CopiedBody

_MOST_OFFSET = 2**31 - 1


class OriginRoutes:
    """The route that lists origins."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def router(self) -> APIRouter:
        """The route, described."""
        router = APIRouter(tags=["articles"])
        router.add_api_route(
            "/origins",
            self.listing,
            methods=["GET"],
            operation_id="listOrigins",
            summary="Which articles are copies of one text, and where they differ",
            responses=problems(404, 422, 503, 504),
        )
        return router

    async def listing(
        self,
        request: Request,
        article: Annotated[
            str | None,
            Query(
                min_length=1, max_length=200, description="only the origin of this article, copies or none"
            ),
        ] = None,
        offset: Annotated[int, Query(ge=0, le=_MOST_OFFSET)] = 0,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
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
            after = offset + limit
            return OriginsBody(
                origins=[CopiedBody.model_validate(copied(group)) for group in groups],
                total=total,
                offset=offset,
                limit=limit,
                next=after if after < total else None,
            )

        return await self._service.look(request, read)
