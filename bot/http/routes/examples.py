"""`/examples`: questions that this archive can answer, for a reader who does not know yet what it holds."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.http.examples import ExampleQuestions
from bot.http.openapi import problems
from bot.http.service import Service

# An example takes up to three questions, of half a second to some seconds each: nobody waits for all of them.
_PATIENCE = 0.8


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
    """The route that offers questions."""

    def __init__(self, service: Service, examples: ExampleQuestions) -> None:
        self._service = service
        self._examples = examples

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
        if given := self._service.settings.examples:
            return ExamplesBody(examples=given)
        await self._service.work(request, self._examples.look(_PATIENCE))
        return ExamplesBody(examples=self._examples.found, finding=self._examples.finding)
