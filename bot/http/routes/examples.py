"""`/examples`: questions that this archive can answer, for a reader who does not know yet what it holds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.answering.suggestions import candidates_of, suggested
from bot.http.access.gate import Busy
from bot.http.openapi import problems
from bot.http.service import Service
from index.errors import DatelineError

# An example takes up to three questions, of half a second to some seconds each: nobody waits for all of them.
_PATIENCE = 0.8
_FRESH = 600.0  # seconds; while an archive grows they are not looked for anew at every article


class ExamplesBody(BaseModel):
    """Questions to begin with."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"examples": ["What did Ada Lind say about Coast Wire?"], "finding": False}]
        }
    )

    examples: tuple[str, ...] = Field(description="questions that were asked and answered here")
    finding: bool = Field(default=False, description="more are being looked for: ask again in some seconds")


class ExampleRoutes:
    """The route that offers questions; they are looked for beside the requests, and kept for a while."""

    def __init__(self, service: Service, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._service = service
        self._clock = clock
        self._found: tuple[str, ...] = ()
        self._state: tuple[object, ...] | None = None  # the archive that they were found in
        self._articles = 0
        self._since = 0.0
        self._finding: asyncio.Task[None] | None = None

    def router(self) -> APIRouter:
        """The route, described."""
        router = APIRouter(tags=["questions"])
        router.add_api_route(
            "/examples",
            self.examples,
            methods=["GET"],
            operation_id="examples",
            summary="Questions that this archive can answer",
            responses=problems(503, 504),
        )
        return router

    async def examples(self, request: Request) -> ExamplesBody:
        """Those of the settings; without any, some made of the archive's own articles, each of them tried.

        Comes at once with those that are known; `finding` says that more are being looked for.
        """
        service = self._service
        if service.settings.examples:
            return ExamplesBody(examples=service.settings.examples)
        status = await service.look(request, service.library.status)
        state = (status.articles, status.passages, status.revisions, status.latest)
        if status.articles < self._articles:  # what was removed is asked about no more
            self._found, self._state = (), None
        if self._finding is None and self._is_due(state):
            self._state, self._articles, self._since = state, status.articles, self._clock()
            self._finding = asyncio.create_task(self._find())
        if self._finding:
            await asyncio.wait([self._finding], timeout=_PATIENCE)
        return ExamplesBody(examples=self._found, finding=self._finding is not None)

    def _is_due(self, state: tuple[object, ...]) -> bool:
        return self._state is None or (state != self._state and self._clock() - self._since > _FRESH)

    async def _find(self) -> None:
        """Look for them part by part; until there are new ones the old ones stay, also where that fails."""
        service, found = self._service, []
        try:
            parts = candidates_of(service.library)
            while (part := await asyncio.to_thread(next, parts, None)) is not None:
                with await service.gate.enter():
                    async with asyncio.timeout(service.settings.answer_timeout):
                        found += [one async for one in suggested(service.asker, part) if one not in found]
                if len(found) >= len(self._found):
                    self._found = tuple(found)
            self._found = tuple(found)
        except (Busy, DatelineError, TimeoutError):
            self._state = None  # looked for again with the next visitor
        finally:
            self._finding = None
