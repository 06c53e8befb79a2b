"""`/feedback`: what a reader says of an answer, kept as an eval case for whoever owns the archive."""

from __future__ import annotations

import asyncio
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.http.openapi import problems
from bot.http.problems import RequestRefused
from bot.http.routes.ask_bodies import FiltersBody, QuestionText
from bot.http.service import Service

Judgement = Literal["good", "wrong", "not_an_answer"]
FILE = Path("eval") / "feedback" / "cases.jsonl"  # below the home folder
_MOST_BYTES = 8_000_000
_Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class FeedbackBody(BaseModel):
    """An answer as it was shown, and what a reader says of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the harbour reopen?",
                    "judgement": "good",
                    "said": ["noon on Monday"],
                    "articles": ["gazette-0412"],
                }
            ]
        },
    )

    question: QuestionText
    judgement: Judgement = Field(description="`not_an_answer`: true, but no answer to this question")
    filters: FiltersBody = FiltersBody()
    history: list[QuestionText] = Field(default=[], max_length=50, description="questions before it")
    said: list[_Text] = Field(default=[], max_length=20, description="its words; none where it abstained")
    articles: list[_Text] = Field(default=[], max_length=20, description="ids of the articles it cites")

    def case(self) -> dict[str, object]:
        """The eval case: a good answer is expected again, a wrong one never, no answer where it was none."""
        case: dict[str, object] = {
            "id": f"feedback-{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(4)}",
            "kind": "feedback",
            "question": self.question,
            "filters": self.filters.model_dump(exclude_defaults=True),
            "history": self.history,
            "note": f"a reader: {self.judgement.replace('_', ' ')}",
        }
        if self.judgement == "good":
            return {**case, "answer": [[one] for one in self.said] or None, "articles": self.articles}
        if not self.said:
            return case  # it abstained where the reader knows better: the owner writes the answer in
        return {**case, "answer": None} if self.judgement == "not_an_answer" else {**case, "wrong": self.said}


class KeptBody(BaseModel):
    """The case that was kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"case": "feedback-20260101-1f2e3d4c"}]})

    case: str


class FeedbackRoutes:
    """The route that keeps what readers say, in a file of the home folder."""

    def __init__(self, service: Service, file: Path) -> None:
        self._service = service
        self._file = file

    def router(self) -> APIRouter:
        """The route, described."""
        router = APIRouter(tags=["questions"])
        router.add_api_route(
            "/feedback",
            self.feedback,
            methods=["POST"],
            operation_id="feedback",
            summary="Say whether an answer was good",
            status_code=201,
            responses=problems(400, 422, 503, 507),
        )
        return router

    async def feedback(self, body: FeedbackBody) -> KeptBody:
        """Kept as a case that `dateline eval --from-feedback` asks; nothing else is changed by it."""
        case = body.case()
        with await self._service.writes.enter():
            await asyncio.to_thread(self._keep, json.dumps(case, ensure_ascii=False))
        return KeptBody(case=str(case["id"]))

    def _keep(self, line: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            if file.tell() > _MOST_BYTES:
                raise RequestRefused(507, "no more feedback is kept here until its owner has read it")
            file.write(f"{line}\n")
