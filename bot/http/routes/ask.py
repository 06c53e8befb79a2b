"""`/ask`, `/ask/stream` and `/search`: a question in, a proved answer out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import ConfigDict

from bot.answering.ports import Step
from bot.answers.answer import Answer
from bot.answers.asked import Asked, Wording
from bot.http.openapi import Responses, events, problems
from bot.http.problems import problem_of
from bot.http.request_log import visit_of
from bot.http.routes.ask_bodies import AskBody, FiltersBody, QuestionText
from bot.http.routes.forms import (
    OTHER_CONTENT,
    RECORD_CONTENT,
    AskForm,
    WantedAskForm,
    WantedForm,
    form_response,
    record_response,
)
from bot.http.routes.stream import EventStream, event
from bot.http.service import Service
from bot.proof.proving import Proved
from bot.showing.articles_json import HitBody, HitsBody, HitsEvent
from bot.showing.formats.chosen import answer_in, hits_in
from bot.showing.formats.record import MadeBy, record_of
from bot.showing.json import AnswerBody, answer_body, sentence_event
from index.records import Filters, Hit


class _AddressFilters(FiltersBody):
    """The filters among the parameters of an address."""

    model_config = ConfigDict(extra="ignore")


def filters_from(query: Annotated[_AddressFilters, Query()]) -> Filters:
    """The filters of an address."""
    return query.record()


_STREAM = events(
    "The steps of the answer, as they are done",
    {"hits": "HitsEvent", "sentence": "SentenceEvent", "answer": "AnswerBody", "error": "Problem"},
)


class AskRoutes:
    """The routes that ask."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["questions"])
        failures = problems(400, 422, 503, 504)
        forms: Responses = {200: {"content": OTHER_CONTENT}, **failures}
        answers: Responses = {200: {"content": OTHER_CONTENT | RECORD_CONTENT}, **failures}
        router.add_api_route(
            "/ask",
            self.ask,
            methods=["POST"],
            operation_id="ask",
            summary="Ask the archive a question",
            response_model=AnswerBody,
            responses=answers,
        )
        router.add_api_route(
            "/ask",
            self.ask_by_address,
            methods=["GET"],
            operation_id="askByAddress",
            summary="Ask by an address alone",
            response_model=AnswerBody,
            responses=answers,
        )
        router.add_api_route(
            "/ask/stream",
            self.ask_as_stream,
            methods=["POST"],
            operation_id="askStream",
            summary="Ask, and be told of each step",
            status_code=200,
            response_class=EventStream,
            responses={200: _STREAM, **failures},
        )
        router.add_api_route(
            "/search",
            self.search,
            methods=["GET"],
            operation_id="search",
            summary="The passages nearest to a question, without an answer",
            response_model=HitsBody,
            responses=forms,
        )
        return router

    async def ask(self, request: Request, body: AskBody, form: WantedAskForm) -> AnswerBody | Response:
        """The sentences that answer, each with its citations; or an abstention with its reason."""
        return await self._answer(request, body.asked(), form)

    async def ask_by_address(
        self,
        request: Request,
        q: Annotated[QuestionText, Query(description="the question")],
        filters: Annotated[Filters, Depends(filters_from)],
        form: WantedAskForm,
        after: Annotated[
            tuple[QuestionText, ...],
            Query(max_length=50, description="questions before it, oldest first"),
        ] = (),
        llm: Annotated[bool | None, Query(description="whether a language model may write")] = None,
        wording: Annotated[
            Wording | None, Query(description="what is shown of its words that are not proved")
        ] = None,
    ) -> AnswerBody | Response:
        """The same answer as `POST /ask` gives, for a browser's address bar."""
        return await self._answer(request, Asked(q, filters, after, llm, wording), form)

    async def ask_as_stream(self, request: Request, body: AskBody) -> EventStream:
        """Server-sent events: `hits` once, `sentence` for each as it is proved, `answer` at the end.

        After `error`, whose data is a problem, nothing follows. A client that leaves ends the work.
        """
        service, question = self._service, body.asked()
        service.asked(request, question)
        place = await service.place(request, question)
        events = _events(service, question)
        return EventStream(events, place=place, visit=visit_of(request), ping=service.settings.ping)

    async def search(
        self,
        request: Request,
        q: Annotated[QuestionText, Query(description="the question")],
        filters: Annotated[Filters, Depends(filters_from)],
        form: WantedForm,
        limit: Annotated[int, Query(ge=1, le=100, description="how many passages at most")] = 12,
    ) -> HitsBody | Response:
        """The hits with their scores and ranks, best first."""
        service = self._service
        question = Asked(q, filters)
        service.asked(request, question)
        hits = await service.work(request, service.asker.search(question, limit=limit))
        if form:
            return form_response(hits_in(form, q, hits), form, name="dateline-passages")
        return HitsBody(question=q, hits=_bodies(hits))

    async def _answer(self, request: Request, question: Asked, form: AskForm | None) -> AnswerBody | Response:
        service = self._service
        service.asked(request, question)
        answer = await service.work(request, service.asker.ask(question), asked=question)
        service.count(answer)
        if form == "record":
            encoder = await asyncio.to_thread(lambda: service.library.status().encoder)
            return record_response(record_of(answer, made_by=MadeBy.of(encoder)))
        if form:
            return form_response(answer_in(form, answer), form, name="dateline-answer")
        return answer_body(answer)


async def _events(service: Service, question: Asked) -> AsyncIterator[bytes]:
    """The steps of an answer as events; whatever goes wrong becomes the last of them."""
    try:
        async with asyncio.timeout(service.settings.answer_timeout):
            async for step in service.asker.steps(question):
                yield _event_of(step)
                if isinstance(step, Answer):
                    service.count(step)
    except Exception as exc:
        problem = json.loads(bytes(problem_of(exc).body))
        yield event(json.dumps(problem), name="error")


def _event_of(step: Step) -> bytes:
    match step:
        case Answer():
            return event(answer_body(step).model_dump_json(), name="answer")
        case Proved():
            return event(sentence_event(step).model_dump_json(), name="sentence")
        case _:
            return event(HitsEvent(hits=_bodies(step)).model_dump_json(), name="hits")


def _bodies(hits: Sequence[Hit]) -> tuple[HitBody, ...]:
    return tuple(map(HitBody.model_validate, hits))
