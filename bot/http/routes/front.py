"""`/` with what its address names: answers, articles and lists that are there before any JavaScript runs."""

from __future__ import annotations

import json
from importlib import resources

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from bot.http.plain.address import PageAddress, page_address
from bot.http.plain.render import Templates
from bot.http.plain.views import (
    A_PAGE,
    PlainView,
    ShownArticle,
    answer_view,
    article_view,
    articles_view,
    elsewhere_view,
    groups_view,
    notice_view,
)
from bot.http.problems import problem_of
from bot.http.request_log import visit_of
from bot.http.routes.page import POLICY, PageFile
from bot.http.service import Service
from index.errors import DatelineError
from index.storage.records import StoryArticle

_FORMS = {
    "passages": ("search", "The passages, as a page of their own"),
    "timeline": ("timeline", "The subject day by day, as a page of its own"),
    "answer": ("ask", "The answer, as a page of its own; a language model writes it, which may take a while"),
}


class FrontRoutes:
    """The page at `/`: with a query it is made for it, without one it is a file like the others."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._templates = Templates()
        self._shell = (resources.files("bot.http") / "page" / "index.html").read_text("utf-8")
        self._bare = PageFile.of(self._page(None).encode(), "text/html; charset=utf-8")

    def router(self) -> APIRouter:
        """The route."""
        router = APIRouter()
        router.add_api_route("/", self.front, methods=["GET", "HEAD"], include_in_schema=False)
        return router

    async def front(self, request: Request) -> Response:
        """The page, with what its address names."""
        if not request.url.query or request.method == "HEAD":
            return await self._bare.serve(request)
        refused = visit_of(request).refused
        if refused:
            detail = str(json.loads(bytes(refused.body))["detail"])
            view: PlainView | None = notice_view(self._templates, detail, status=refused.status_code)
        else:
            view = await self._view(request)
        headers = {"Cache-Control": "private, no-cache", "Content-Security-Policy": POLICY}
        status = view.status if view else 200
        return Response(self._page(view), status, media_type="text/html; charset=utf-8", headers=headers)

    def _page(self, view: PlainView | None) -> str:
        return self._templates.fill_page(self._shell, {"view": view})

    async def _view(self, request: Request) -> PlainView | None:
        try:
            address = page_address(request.query_params)
            return await self._named(request, address)
        except ValidationError as exc:
            faults = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in exc.errors()]
            return notice_view(self._templates, "; ".join(faults[:3]), status=422)
        except (DatelineError, TimeoutError) as exc:
            told = problem_of(exc)
            detail = str(json.loads(bytes(told.body))["detail"])
            return notice_view(self._templates, detail, status=told.status_code)

    async def _named(self, request: Request, address: PageAddress) -> PlainView | None:
        match address.names:
            case "answer":
                return await self._answer(request, address)
            case "article":
                return await self._article(request, address)
            case "articles":
                return await self._articles(request, address)
            case "groups":
                return await self._groups(request, address)
            case "elsewhere":
                return self._elsewhere(address, address.view)
            case "nothing":
                return None

    async def _answer(self, request: Request, address: PageAddress) -> PlainView:
        """The answer; where a language model is waited for, the page comes at once and leads to it."""
        service, asked = self._service, address.asked()
        if service.waits(asked):
            return self._elsewhere(address, "answer")
        service.asked(request, asked)
        answer = await service.work(request, service.asker.ask(asked), asked=asked)
        service.count(answer)
        return answer_view(self._templates, address, answer)

    async def _article(self, request: Request, address: PageAddress) -> PlainView:
        library, named = self._service.library, address.article or ""

        def read() -> ShownArticle:
            article = library.article(named, revision=address.revision)
            present = library.revisions(named)[0]
            return ShownArticle(article, present, library.story(named), library.same_origin(named))

        shown = await self._service.look(request, read)
        return article_view(self._templates, shown, address.span)

    async def _articles(self, request: Request, address: PageAddress) -> PlainView:
        library, filters = self._service.library, address.record()

        def read() -> PlainView:
            listed = library.newest(offset=address.offset, limit=A_PAGE, filters=filters)
            return articles_view(self._templates, address, listed, library.counted(filters))

        return await self._service.look(request, read)

    async def _groups(self, request: Request, address: PageAddress) -> PlainView:
        library, named = self._service.library, address.article

        def read() -> PlainView:
            if address.view == "stories":
                stories, total = ([library.story(named)], 1) if named else library.stories(**page)
            else:
                copies, total = ([library.same_origin(named)], 1) if named else library.copied(**page)
                stories = [[StoryArticle(one) for one in group] for group in copies]
            return groups_view(self._templates, address, (stories, total))

        page = {"offset": address.offset, "limit": A_PAGE}
        return await self._service.look(request, read)

    def _elsewhere(self, address: PageAddress, form: str) -> PlainView:
        path, told = _FORMS[form]
        return elsewhere_view(self._templates, address, path=path, told=told)
