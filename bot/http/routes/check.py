"""`/check` and `/verify`: whether quotations are real, and whether those of an earlier answer still stand."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic.config import JsonDict

from bot.checking.checker import LONGEST_TEXT
from bot.checking.quote import LONGEST
from bot.http.openapi import problems
from bot.http.routes.ask_bodies import BLANK_PATTERN
from bot.http.service import Service
from bot.showing.checks_json import CheckBody, TextCheckBody, check_body, text_check_body
from bot.showing.formats.record import found_record
from bot.showing.formats.verifying import VerifiedRecord, verified

_RECORD = {"schema": {"$ref": "#/components/schemas/AnswerRecord"}}


def _only(name: str, *, without: str) -> JsonDict:
    """The schema of what has one field and not the other, which may be null."""
    return {"required": [name], "properties": {name: {"type": "string"}, without: {"type": "null"}}}


class QuoteToCheck(BaseModel):
    """A quotation, or a text with quotations: one of the two."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"quote": "The harbour reopened at noon on Monday", "speaker": "Ada Lind"}],
            "oneOf": [_only("quote", without="text"), _only("text", without="quote")],
        },
    )

    quote: (
        Annotated[str, StringConstraints(min_length=1, max_length=LONGEST, pattern=BLANK_PATTERN)] | None
    ) = Field(default=None, description="words that somebody quotes")
    text: (
        Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, pattern=BLANK_PATTERN)] | None
    ) = Field(default=None, description="a text of which every quotation in quotation marks is checked")
    speaker: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="who is said to have said it; of a text, whom it names, where this is null",
        examples=["Ada Lind"],
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.quote is None) == (self.text is None):
            raise ValueError("expected either a quote or a text")
        return self


class CheckRoutes:
    """The routes that check."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["questions"])
        router.add_api_route(
            "/check",
            self.check,
            methods=["POST"],
            operation_id="check",
            summary="Whether a quotation is real, and who said it",
            responses=problems(400, 422, 503, 504),
        )
        router.add_api_route(
            "/verify",
            self.verify,
            methods=["POST"],
            operation_id="verify",
            summary="Whether what an earlier answer cited still stands",
            responses=problems(400, 422, 503, 504),
            openapi_extra={"requestBody": {"content": {"application/json": _RECORD}}},
        )
        return router

    async def check(self, request: Request, body: QuoteToCheck) -> CheckBody | TextCheckBody:
        """Word for word, altered, spliced, somebody else's, or in no article.

        The whole archive is looked through, earlier revisions too. What was set aside in comparing (kinds of
        marks, an ellipsis, brackets) is named with each place.
        """
        checker = self._service.checker

        def read() -> CheckBody | TextCheckBody:
            if body.text is not None:
                return text_check_body(checker.check_text(body.text, speaker=body.speaker))
            return check_body(checker.check(body.quote or "", speaker=body.speaker))

        return await self._service.look(request, read)

    async def verify(self, request: Request, body: Annotated[JsonValue, Body()]) -> VerifiedRecord:
        """Takes what `/ask?format=record` or `dateline ask --format record` gave, as it is.

        Every citation is held against the stored articles, letter by letter, and so is what is said out of
        them: sentences, speakers, outlets, days, origins, the plain text (`unfounded`). The question, notes
        and an abstention's reason are not in the archive. `as_written` says whether the checksum is right: it
        shows damage, and not who wrote the record, as anybody can reckon it.
        """
        found = found_record(body, "the body")
        return await self._service.look(request, lambda: verified(found, self._service.library))
