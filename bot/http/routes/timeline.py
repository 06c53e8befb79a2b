"""`/timeline`: one subject day by day."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.answering.timeline import HITS, timeline_of
from bot.answers.asked import Asked
from bot.http.openapi import problems
from bot.http.routes.ask import filters_from
from bot.http.routes.ask_bodies import QuestionText
from bot.http.routes.forms import OTHER_CONTENT, WantedForm, form_response
from bot.http.service import Service
from bot.language.lexicon import load_lexicon
from bot.showing.formats.chosen import taken_in
from bot.showing.timeline import taken_timeline
from bot.showing.timeline_json import TimelineBody, timeline_body
from index.records import Filters


class TimelineRoutes:
    """The route that tells a subject over time."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lexicon = load_lexicon()

    def router(self) -> APIRouter:
        """The route, described."""
        router = APIRouter(tags=["questions"])
        router.add_api_route(
            "/timeline",
            self.timeline,
            methods=["GET"],
            operation_id="timeline",
            summary="What the archive tells on one subject, day by day",
            response_model=TimelineBody,
            responses={200: {"content": OTHER_CONTENT}, **problems(400, 422, 503, 504)},
        )
        return router

    async def timeline(
        self,
        request: Request,
        q: Annotated[QuestionText, Query(description="the subject")],
        filters: Annotated[Filters, Depends(filters_from)],
        form: WantedForm,
        limit: Annotated[int, Query(ge=1, le=200, description="how many steps at most")] = 40,
    ) -> TimelineBody | Response:
        """One cited sentence a day and origin, the oldest first; the steps of a story where there is one."""
        service = self._service
        asked = Asked(q, filters).cleaned()
        service.asked(request, asked)
        hits = await service.work(request, service.asker.search(asked, limit=HITS))
        made = partial(timeline_of, lexicon=self._lexicon, filters=filters, limit=limit)
        told = await service.look(request, partial(made, asked.text, hits, service.library))
        if form:
            return form_response(taken_in(form, taken_timeline(told)), form, name="dateline-timeline")
        return timeline_body(told)
