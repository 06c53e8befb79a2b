"""Batches of questions that go on after their request: started, looked at, ended; kept for an hour.

What they are asked outlives a restart, after which it is asked again; the rows are in memory alone.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.answers.asked import Asked
from bot.batch.asking import answer_row
from bot.batch.questions import BatchQuestion
from bot.batch.rows import AnswerRow, failed_row
from bot.http.access.gate import Busy
from bot.http.kept_batches import AskedBatch, BatchFolder
from bot.http.problems import RequestRefused, problem_of
from bot.http.service import Service

JobState = Literal["running", "done", "failed"]

_AT_ONCE = 2  # batches that are worked on, each a question at a time: people who ask go on being answered
_PER_CALLER = 2  # batches of one caller that are not done
_UNFINISHED = 16
_KEPT = 3600.0  # seconds that a batch which is done can be fetched
_LONGEST_PAUSE = 5


@dataclass
class BatchJob:
    """One batch: `rows` are those answered so far, `owner` is who may look at it."""

    owner: str
    questions: Sequence[BatchQuestion]
    llm: bool | None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: JobState = "running"
    error: str | None = None
    rows: list[AnswerRow] = field(default_factory=list)
    ended: float | None = None


class BatchJobs:
    """The batches of one server; what is asked in them keeps to the same rates and gates as all questions."""

    def __init__(
        self, service: Service, folder: BatchFolder, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._service = service
        self._folder = folder
        self._clock = clock
        self._resumed = False
        self._jobs: dict[str, BatchJob] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(_AT_ONCE)

    def start(
        self, owner: str, questions: Sequence[BatchQuestion], *, llm: bool | None, wait: Callable[[], int]
    ) -> BatchJob:
        """Begin a batch; `wait` counts a question of its caller, and says for how many seconds to wait first.

        Raises:
            RequestRefused: the caller has too many that are not done.
            Busy: all together have.
        """
        self._settle()
        unfinished = [job for job in self._jobs.values() if job.state == "running"]
        own = [job for job in unfinished if job.owner == owner]
        if len(own) >= _PER_CALLER:
            detail = f"has {len(own)} batches that are not done, expected one of them to be ended, or done"
            raise RequestRefused(429, detail, headers={"Retry-After": "60"})
        if len(unfinished) >= _UNFINISHED:
            raise Busy(60)
        job = BatchJob(owner, questions, llm)
        self._folder.keep(AskedBatch(job.id, owner, questions, llm))
        self._begin(job, wait)
        return job

    def get(self, job_id: str, owner: str) -> BatchJob | None:
        """A batch of an owner; None where there is none of that id, or it is somebody else's."""
        self._settle()
        job = self._jobs.get(job_id)
        return job if job and job.owner == owner else None

    def remove(self, job: BatchJob) -> None:
        """End a batch and forget it."""
        self._folder.forget(job.id)
        self._jobs.pop(job.id, None)
        if task := self._tasks.pop(job.id, None):
            task.cancel()

    def _begin(self, job: BatchJob, wait: Callable[[], int]) -> None:
        self._jobs[job.id] = job
        self._tasks[job.id] = asyncio.create_task(self._run(job, wait))

    def _settle(self) -> None:
        """Go on, once, with what a server before this one began; forget what was done long ago."""
        if not self._resumed:
            self._resumed = True
            for one in self._folder.all():
                self._begin(BatchJob(one.owner, one.questions, one.llm, one.id), _at_once)
        now = self._clock()
        for job in list(self._jobs.values()):
            if job.ended is not None and now - job.ended > _KEPT:
                self.remove(job)

    async def _run(self, job: BatchJob, wait: Callable[[], int]) -> None:
        try:
            async with self._places:
                for question in job.questions:
                    while seconds := wait():
                        await asyncio.sleep(min(seconds, _LONGEST_PAUSE))
                    row = await self._row(job, question)
                    job.rows.append(row)
                    self._count(row)
            job.state = "done"
        except Exception as exc:
            job.state = "failed"
            job.error = str(json.loads(bytes(problem_of(exc).body))["detail"])
        finally:
            job.ended = self._clock()
            self._tasks.pop(job.id, None)

    async def _row(self, job: BatchJob, question: BatchQuestion) -> AnswerRow:
        service = self._service
        waits = service.waits(Asked(question.text, llm=job.llm))
        gate = service.writing if waits else service.gate
        while True:
            try:
                place = await gate.enter()
            except Busy as exc:
                await asyncio.sleep(min(exc.retry_after, _LONGEST_PAUSE))
                continue
            with place:
                try:
                    async with asyncio.timeout(service.settings.answer_timeout):
                        return await answer_row(service.asker, question, llm=job.llm)
                except TimeoutError:
                    return failed_row(question, "the answer took longer than this server allows")

    def _count(self, row: AnswerRow) -> None:
        if row.status != "error":
            answered = row.status == "answered"
            reason = "" if answered else row.status
            self._service.metrics.answered("answered" if answered else "abstained", reason)


def _at_once() -> int:
    """No wait: these questions were counted when they were first asked."""
    return 0
