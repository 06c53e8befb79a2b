"""`/batch`: many questions as a job whose progress and rows can be fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from bot.batch.questions import BatchQuestion
from bot.batch.rows import AnswerRow
from bot.batch.tables import TABLES
from bot.http.access.limits import network_of
from bot.http.jobs import BatchJob, BatchJobs, JobState
from bot.http.kept_batches import BatchFolder
from bot.http.openapi import problems
from bot.http.problems import RequestRefused
from bot.http.request_log import visit_of
from bot.http.routes.ask_bodies import FiltersBody, QuestionText
from bot.http.service import Service

TableName = Literal["json", "csv", "xlsx", "markdown", "html", "jsonl"]
_TABLES: dict[TableName, tuple[str, str]] = {
    "csv": (".csv", "text/csv; charset=utf-8"),
    "xlsx": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "markdown": (".md", "text/markdown; charset=utf-8"),
    "html": (".html", "text/html; charset=utf-8"),
    "jsonl": (".jsonl", "application/jsonl"),
}
_JobId = Annotated[str, InPath(pattern="^[A-Za-z0-9_-]{22}$")]


class BatchItem(BaseModel):
    """One question with filters of its own."""

    model_config = ConfigDict(extra="forbid")

    question: QuestionText
    filters: FiltersBody = FiltersBody()


class BatchBody(BaseModel):
    """Questions to answer one after another."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"questions": ["When did the harbour reopen?"], "llm": False}]},
    )

    questions: Annotated[list[QuestionText | BatchItem], Field(min_length=1, max_length=500)]
    llm: StrictBool | None = Field(default=None, description="whether a language model may write")

    def asked(self) -> list[BatchQuestion]:
        """What is asked, numbered from 1."""
        items = [BatchItem(question=one) if isinstance(one, str) else one for one in self.questions]
        return [
            BatchQuestion(number, one.question, one.filters.record())
            for number, one in enumerate(items, start=1)
        ]


class BatchStatus(BaseModel):
    """How far a batch is, and the rows that are there."""

    id: str = Field(description="only the key, or the address, that began it may look at it")
    state: JobState
    total: int
    done: int
    error: str | None = Field(description="why it failed")
    rows: list[AnswerRow] = Field(description="answered so far, in the order of the questions")


class BatchRoutes:
    """The routes of batches."""

    def __init__(self, service: Service, folder: Path | None) -> None:
        self._jobs = BatchJobs(service, BatchFolder(folder))

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["questions"])
        router.add_api_route(
            "/batch",
            self.begin,
            methods=["POST"],
            operation_id="beginBatch",
            summary="Have many questions answered",
            status_code=202,
            responses=problems(400, 422, 503, 507),
        )
        router.add_api_route(
            "/batch/{job_id}",
            self.status,
            methods=["GET"],
            operation_id="batchStatus",
            summary="How far a batch is, and its rows",
            response_model=BatchStatus,
            responses={200: {"content": {kind: {} for _, kind in _TABLES.values()}}, **problems(404, 422)},
        )
        router.add_api_route(
            "/batch/{job_id}",
            self.remove,
            methods=["DELETE"],
            operation_id="removeBatch",
            summary="End a batch and forget it",
            status_code=204,
            response_class=Response,
            responses=problems(404, 422),
        )
        return router

    async def begin(self, request: Request, response: Response, body: BatchBody) -> BatchStatus:
        """Every question counts as one request of its caller's rate; the batch waits where that is used up.

        It is kept for an hour after its end; a server that restarts asks what was not fetched again.
        `Location` is where to look.
        """
        visit = visit_of(request)
        job = self._jobs.start(_owner(request), body.asked(), llm=body.llm, wait=visit.wait or _at_once)
        response.headers["Location"] = f"batch/{job.id}"  # relative: right behind every prefix
        return _status(job)

    async def status(
        self,
        request: Request,
        job_id: _JobId,
        name: Annotated[TableName, Query(alias="format", description="rows as a table")] = "json",
    ) -> BatchStatus | Response:
        """The rows so far; `state` says whether more will come."""
        status = _status(self._job(request, job_id))
        if name == "json":
            return status
        suffix, media_type = _TABLES[name]
        headers = {"Content-Disposition": f'attachment; filename="dateline-batch{suffix}"'}
        return Response(TABLES[suffix](status.rows), media_type=media_type, headers=headers)

    async def remove(self, request: Request, job_id: _JobId) -> Response:
        """What is being asked is given up."""
        self._jobs.remove(self._job(request, job_id))
        return Response(status_code=204)

    def _job(self, request: Request, job_id: str) -> BatchJob:
        job = self._jobs.get(job_id, _owner(request))
        if job is None:
            raise RequestRefused(404, "no such batch of this caller, or it ended more than an hour ago")
        return job


def _owner(request: Request) -> str:
    """Who asks: a key, or else an address."""
    visit = visit_of(request)
    return f"key {visit.key.id}" if visit.key else network_of(visit.address)


def _at_once() -> int:
    return 0


def _status(job: BatchJob) -> BatchStatus:
    rows = sorted(job.rows, key=lambda row: row.number)
    total = len(job.questions)
    return BatchStatus(id=job.id, state=job.state, total=total, done=len(rows), error=job.error, rows=rows)
