"""What every route shares: the asker, the archive, the gate, and giving up work that nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request

from bot.answering.ports import Asker, EditableLibrary
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.checking.checker import QuoteChecker
from bot.http.access.gate import Gate, GatePlace
from bot.http.metrics import Metrics
from bot.http.request_log import Life, visit_of
from bot.http.settings import HttpSettings

T = TypeVar("T")


class ClientLeft(Exception):
    """The client went away before its answer was there; nobody reads what is answered now."""


@dataclass(frozen=True)
class Service:
    """One server's parts; `waits` names the questions that a language model answers.

    `feedback`: whether readers may say what they think of an answer, `follows`: whether they may follow a
    question.
    """

    asker: Asker
    library: EditableLibrary
    checker: QuoteChecker
    settings: HttpSettings
    gate: Gate
    writing: Gate
    writes: Gate
    metrics: Metrics
    life: Life
    waits: Callable[[Asked], bool]
    feedback: bool
    follows: bool

    async def place(self, request: Request, asked: Asked | None = None) -> GatePlace:
        """A place at the gate; raises `Busy`, or `ClientLeft` where the client went away while waiting.

        A question that waits for a language model has a gate of its own, so that it holds up nobody else.
        """
        gate = self.writing if asked and self.waits(asked) else self.gate
        return await unless_left(request, gate.enter())

    async def work(
        self, request: Request, coroutine: Coroutine[object, object, T], *, asked: Asked | None = None
    ) -> T:
        """Await something heavy at the gate; it is cancelled when the client leaves or time is up."""
        try:
            with await self.place(request, asked):
                async with asyncio.timeout(self.settings.answer_timeout):
                    return await unless_left(request, coroutine)
        finally:
            coroutine.close()  # never begun, where the gate said no; else without effect

    async def look(self, request: Request, read: Callable[[], T]) -> T:
        """Read the archive in a worker thread, at the gate."""
        return await self.work(request, _in_thread(read))

    def count(self, answer: Answer) -> None:
        """Count an answer."""
        self.metrics.answered(answer.status, answer.abstention.reason if answer.abstention else "")

    def asked(self, request: Request, question: Asked) -> None:
        """Remember what was asked for the log line; it is printed only where the settings say so."""
        if self.settings.log_questions:
            visit_of(request).question = question.text


async def _in_thread(read: Callable[[], T]) -> T:
    return await asyncio.to_thread(read)


async def unless_left(request: Request, coroutine: Coroutine[object, object, T]) -> T:
    """What a coroutine returns; it is cancelled as soon as the client has gone.

    The request's body must have been read. A thread cannot be stopped: what runs in one ends by itself.

    Raises:
        ClientLeft: the client went away first.
    """
    work = asyncio.ensure_future(coroutine)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((work, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            visit_of(request).left = True
            raise ClientLeft
        return work.result()
    finally:
        for task in (work, leaving):
            task.cancel()
        await asyncio.gather(work, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
