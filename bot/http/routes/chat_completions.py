"""`/v1/chat/completions`: Dateline as a model that existing chat programs can talk to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Request

from bot.answering.ports import Step
from bot.answers.answer import Answer
from bot.answers.asked import LONGEST, Asked
from bot.http.openapi import events, problems
from bot.http.problems import RequestRefused, problem_of
from bot.http.request_log import visit_of
from bot.http.routes.ask_bodies import PATH_PATTERN
from bot.http.routes.chat_bodies import (
    MODEL,
    ChatBody,
    ChatCompletion,
    Delta,
    Model,
    Models,
    OtherMessage,
    UserMessage,
)
from bot.http.routes.chat_replies import DONE, ChatReply
from bot.http.routes.chat_tasks import person_asked, task_reply
from bot.http.routes.stream import EventStream, event
from bot.http.service import Service
from bot.language.lexicon import Lexicon, load_lexicon
from bot.proof.proving import Proved
from bot.showing.json import answer_body
from bot.showing.markdown import answer_markdown, notes_markdown, sentence_markdown

_STREAM = events("The answer; with `stream`, in chunks and a last `[DONE]`", {None: "Chunk"})


class ChatRoutes:
    """OpenAI's routes, as far as a chat program needs them."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lexicon = load_lexicon()

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(prefix="/v1", tags=["chat programs"])
        router.add_api_route(
            "/chat/completions",
            self.complete,
            methods=["POST"],
            operation_id="createChatCompletion",
            summary="Answer the last question of a chat",
            response_model=ChatCompletion,
            responses={200: _STREAM, **problems(400, 422, 503, 504)},
        )
        router.add_api_route(
            "/models/{model_id}",
            self.model,
            methods=["GET"],
            operation_id="getModel",
            summary="One model by its name",
            responses=problems(404, 422),
        )
        router.add_api_route(
            "/models",
            self.models,
            methods=["GET"],
            operation_id="listModels",
            summary="The one model there is",
            responses=problems(),
        )
        return router

    async def models(self) -> Models:
        """Any name is taken in a chat; this is the one that is told."""
        return Models(data=[Model(id=MODEL, created=0)])

    async def model(self, model_id: Annotated[str, Path(max_length=200, pattern=PATH_PATTERN)]) -> Model:
        """There is one."""
        if model_id != MODEL:
            raise RequestRefused(404, f"no model of that name, expected {MODEL}")
        return Model(id=MODEL, created=0)

    async def complete(self, request: Request, body: ChatBody) -> ChatCompletion | EventStream:
        """Citations are notes under the answer, and whole in the field `dateline`.

        With `stream`, chunks of OpenAI's kind as server-sent events; the last one carries `dateline`.
        """
        service, said = self._service, _said(body)
        task = _task(body, said, lexicon=self._lexicon)
        wants_usage = bool(body.stream_options and body.stream_options.include_usage)
        reply = ChatReply(usage=wants_usage)
        if task is not None:
            return await self._told(request, task, reply, stream=bool(body.stream))
        question = _question(body, said)
        service.asked(request, question)
        if body.stream:
            place = await service.place(request, question)
            chunks = _chunks(service, question, reply)
            return EventStream(chunks, place=place, visit=visit_of(request), ping=service.settings.ping)
        answer = await service.work(request, service.asker.ask(question), asked=question)
        service.count(answer)
        return reply.whole(answer_markdown(answer), answer)

    async def _told(
        self, request: Request, text: str, reply: ChatReply, *, stream: bool
    ) -> ChatCompletion | EventStream:
        """A text that needs no archive."""
        if not stream:
            return reply.whole(text)
        place = await self._service.place(request)
        return EventStream(
            reply.text(text), place=place, visit=visit_of(request), ping=self._service.settings.ping
        )


async def _chunks(service: Service, question: Asked, reply: ChatReply) -> AsyncIterator[bytes]:
    """The steps of an answer as chunks; whatever goes wrong is the last of them."""
    yield reply.chunk(Delta(role="assistant", content=""))
    told, answer = False, None
    try:
        async with asyncio.timeout(service.settings.answer_timeout):
            async for step in service.asker.steps(question):
                text = _text_of(step, told=told)
                if isinstance(step, Answer):
                    answer = step
                    service.count(step)
                    yield reply.chunk(Delta(content=text), answer=answer_body(step))
                elif text:
                    yield reply.chunk(Delta(content=text))
                told = told or isinstance(step, Proved)
        yield reply.chunk(Delta(), last=True)
        if reply.usage:
            yield reply.counted(answer)
    except Exception as exc:
        error = json.loads(bytes(problem_of(exc, openai=True).body))["error"]
        yield event(json.dumps({"error": error}))
    yield DONE


def _text_of(step: Step, *, told: bool) -> str:
    """What a step adds to the message; `told`: some of its sentences went before."""
    match step:
        case Proved(sentence):
            return ("\n\n" if told else "") + sentence_markdown(sentence)
        case Answer():
            if not told:
                return answer_markdown(step)
            notes = notes_markdown(step)
            return f"\n\n{notes}" if notes else ""
        case _:
            return ""


def _task(body: ChatBody, said: Sequence[str], *, lexicon: Lexicon) -> str | None:
    """The reply to what a chat program asks for itself; None where a person asks."""
    systems = [
        one.content
        for one in body.messages
        if isinstance(one, OtherMessage) and one.role == "system" and isinstance(one.content, str)
    ]
    return task_reply(said[-1], systems, lexicon=lexicon) if said else None


def _question(body: ChatBody, said: Sequence[str]) -> Asked:
    """The last message of the user that has text, after the questions before it.

    Raises:
        RequestRefused: there is none, or it is too long.
    """
    if not said:
        raise RequestRefused(422, "body.messages: no message of role user has text, expected a question")
    *earlier, question = said
    if len(question) > LONGEST:
        length = f"{len(question):,} characters, expected at most {LONGEST:,}"
        raise RequestRefused(422, f"body.messages: the last question has {length}")
    history = tuple(one for one in earlier if len(one) <= LONGEST)
    return Asked(question, body.filters.record(), history, body.llm)


def _said(body: ChatBody) -> list[str]:
    """What the person wrote in each message that has text, in order."""
    said = (one.words for one in body.messages if isinstance(one, UserMessage))
    return [person_asked(words) for words in said if words]
