"""`/examples`: questions that this archive can answer, for a reader who does not know yet what it holds."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.answering.suggestions import candidates_of, suggested
from bot.http.openapi import problems
from bot.http.service import Service


class ExamplesBody(BaseModel):
    """Questions to begin with."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"examples": ["What did Ada Lind say about Coast Wire?"]}]}
    )

    examples: tuple[str, ...] = Field(description="questions that were asked and answered here")


class ExampleRoutes:
    """The route that offers questions; they are found once for each state of the archive."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._finding: dict[tuple[object, ...], asyncio.Future[tuple[str, ...]]] = {}

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
        """Those of the settings; without any, some made of the archive's own articles, each of them tried."""
        service = self._service
        if service.settings.examples:
            return ExamplesBody(examples=service.settings.examples)
        status = await service.look(request, service.library.status)
        state = (status.articles, status.passages, status.revisions, status.latest)
        finding = self._finding.get(state)
        if finding is None or (finding.done() and finding.exception()):
            finding = asyncio.ensure_future(self._find())
            self._finding = {state: finding}
        return ExamplesBody(examples=await asyncio.shield(finding))

    async def _find(self) -> tuple[str, ...]:
        """The questions; found to the end also where whoever asked for them has left."""
        service = self._service
        with await service.gate.enter():
            async with asyncio.timeout(service.settings.answer_timeout):
                parts = await asyncio.to_thread(candidates_of, service.library)
                return await suggested(service.asker, parts)
