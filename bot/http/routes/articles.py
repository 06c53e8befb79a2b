"""`/articles` and `/status`: what the archive holds, the proof of a quote, taking in and removing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from bot.answers.citation import Citation, cite
from bot.http.access.write_route import WriteRoute
from bot.http.openapi import NEEDS_KEY, problems
from bot.http.problems import RequestRefused
from bot.http.routes.article_bodies import (
    ArticleBody,
    CountsBody,
    ListingBody,
    MonthOfArticles,
    NewArticles,
    OutletCount,
    QuoteBody,
    StatusBody,
    TakenBody,
)
from bot.http.routes.ask import filters_from
from bot.http.routes.ask_bodies import PATH_PATTERN
from bot.http.service import Service
from bot.showing.articles_json import ArticleRef, ListedArticle
from index.errors import Unproved
from index.records import Article, Filters, Span

T = TypeVar("T")

ArticleId = Annotated[
    str, Path(min_length=1, max_length=200, pattern=PATH_PATTERN, examples=["gazette-0412"])
]
Revision = Annotated[
    str | None,
    Query(pattern="^[0-9a-f]{64}$", description="the sha256 of an earlier body; the present one without it"),
]
_MOST_OFFSET = 2**31 - 1
_AROUND = 200


class ArticleRoutes:
    """The routes that read and change the archive."""

    def __init__(self, service: Service, *, version: str) -> None:
        self._service = service
        self._version = version

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["articles"])
        router.add_api_route(
            "/articles",
            self.listing,
            methods=["GET"],
            operation_id="listArticles",
            summary="The articles, page by page",
            responses=problems(422, 503, 504),
        )
        router.add_api_route(
            "/counts",
            self.counts,
            methods=["GET"],
            operation_id="countArticles",
            summary="How many articles each outlet and each month has",
            responses=problems(422, 503, 504),
        )
        router.add_api_route(
            "/articles",
            self.add,
            methods=["POST"],
            operation_id="addArticles",
            summary="Take in articles",
            route_class_override=WriteRoute,
            openapi_extra=NEEDS_KEY,
            responses=problems(400, 403, 409, 422, 503, 507),
        )
        router.add_api_route(
            "/articles/{article_id}/quote",
            self.quote,
            methods=["GET"],
            operation_id="proveQuote",
            summary="The proof of a quote",
            responses=problems(404, 422, 503, 504),
        )
        router.add_api_route(
            "/articles/{article_id}",
            self.article,
            methods=["GET"],
            operation_id="getArticle",
            summary="One article, whole, with its revisions",
            responses=problems(404, 422, 503, 504),
        )
        router.add_api_route(
            "/articles/{article_id}",
            self.remove,
            methods=["DELETE"],
            operation_id="removeArticle",
            summary="Remove every trace of an article",
            route_class_override=WriteRoute,
            openapi_extra=NEEDS_KEY,
            status_code=204,
            response_class=Response,
            responses=problems(403, 404, 409, 422, 503),
        )
        router.add_api_route(
            "/status",
            self.status,
            methods=["GET"],
            operation_id="status",
            summary="What the archive holds",
            responses=problems(503, 504),
        )
        return router

    async def listing(
        self,
        request: Request,
        filters: Annotated[Filters, Depends(filters_from)],
        offset: Annotated[int, Query(ge=0, le=_MOST_OFFSET)] = 0,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ListingBody:
        """Newest first, those of unknown date last."""
        service = self._service
        read = partial(service.library.newest, offset=offset, limit=limit, filters=filters)
        articles, total = await service.look(request, read)
        after = offset + limit
        return ListingBody(
            articles=[ListedArticle.model_validate(article) for article in articles],
            total=total,
            offset=offset,
            limit=limit,
            next=after if after < total else None,
        )

    async def counts(
        self, request: Request, filters: Annotated[Filters, Depends(filters_from)]
    ) -> CountsBody:
        """Outlets are counted within the dates of the filters, months within their outlets."""
        service = self._service
        found = await service.look(request, partial(service.library.counted, filters))
        return CountsBody(
            outlets=[OutletCount(name=name, articles=count) for name, count in found.outlets if name],
            months=[MonthOfArticles(month=month, articles=count) for month, count in found.months],
            unplaced=found.unplaced,
        )

    async def article(
        self, request: Request, article_id: ArticleId, revision: Revision = None
    ) -> ArticleBody:
        """The body is canonical text: offsets of citations count in it, by Unicode code points."""
        library = self._service.library

        def read() -> ArticleBody:
            article = library.article(article_id, revision=revision)
            revisions = library.revisions(article_id)
            copies = len(library.same_origin(article_id)) - 1
            found = {"revision": article.revision, "revisions": revisions, "copies": copies}
            return ArticleBody(**{**vars(article), **found})

        return await self._service.look(request, read)

    async def quote(
        self,
        request: Request,
        article_id: ArticleId,
        start: Annotated[int, Query(ge=0, le=_MOST_OFFSET, description="in code points of the body")],
        end: Annotated[int, Query(ge=1, le=_MOST_OFFSET, description="the first code point after it")],
        revision: Revision = None,
    ) -> QuoteBody:
        """Proved anew at every call: the revision is the body's sha256, the words stand at their offsets."""
        library = self._service.library

        def read() -> QuoteBody:
            article = library.article(article_id, revision=revision)
            present = library.article(article_id).revision
            return _quote_body(_prove(article, Span(start, end)), present=present)

        return await self._service.look(request, read)

    async def add(self, body: NewArticles) -> TakenBody:
        """Needs a key that may write. Each article goes in whole or not at all; refusals say why."""
        records = [article.model_dump(exclude_none=True) for article in body.articles]
        return TakenBody.model_validate(await self._write(partial(self._service.library.add, records)))

    async def remove(self, article_id: ArticleId) -> Response:
        """Needs a key that may write. Text, revisions, vectors, words in every index: all go."""
        await self._write(partial(self._service.library.remove, article_id))
        return Response(status_code=204)

    async def status(self, request: Request) -> StatusBody:
        """Counts, outlets, dates and health."""
        service = self._service
        status = await service.look(request, service.library.status)
        named = [OutletCount(name=name, articles=count) for name, count in status.outlets if name]
        shown = {
            "outlets": named,
            "first": status.earliest and status.earliest[:10],
            "last": status.latest and status.latest[:10],
            "encoder": status.encoder.name,
            "health": status.health,
            "llm": service.asker.llm,
            "wording": service.asker.wording,
            "version": self._version,
            "examples": service.settings.examples,
            "feedback": service.feedback,
            "follows": service.follows,
        }
        return StatusBody.model_validate({**vars(status), **shown})

    async def _write(self, write: Callable[[], T]) -> T:
        """Write in a worker thread, one at a time; what has begun is finished, also when the client left."""
        with await self._service.writes.enter():
            return await asyncio.shield(asyncio.to_thread(write))


def _prove(article: Article, span: Span) -> Citation:
    try:
        return cite(article, span, number=1)
    except Unproved:
        length = len(article.body)
        raise RequestRefused(
            404, f"article {article.id!r} has no words at {span.start}–{span.end} of its {length} characters"
        ) from None


def _quote_body(citation: Citation, *, present: str) -> QuoteBody:
    body = citation.article.body
    return QuoteBody(
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        revision=citation.revision,
        current=citation.revision == present,
        before=body[max(0, citation.start - _AROUND) : citation.start],
        after=body[citation.end : citation.end + _AROUND],
        article=ArticleRef.model_validate(citation.article),
    )
