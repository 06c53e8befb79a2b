"""An asker into one that answers in several processes: one question each at a time, one process a core.

Python runs one thread at a time: two questions in one process took as long as one after the other, and the
event loop waited for both. The server keeps the gate, the limits, the keys and the streams; a worker reads
the archive by itself, so that what is added is found without a restart.
"""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from pathlib import Path
from typing import TypeVar

from bot.answering.ports import Asker, Step
from bot.answers.answer import Answer
from bot.answers.asked import Asked, Wording
from bot.http.processes.messages import Done, Job, Ready, Told, WorkerStep, packed, unpacked
from bot.http.processes.worker import Making, RealAsker
from bot.http.settings import HttpSettings
from bot.settings import Settings
from index.children import begin, end, framed, received
from index.records import Hit

T = TypeVar("T")

_LOG = logging.getLogger("dateline.http")
_TRIES = 2
_SOONEST, _LATEST = 0.2, 10.0  # seconds until a worker that would not start is started again
_PARTING = 3.0  # seconds that a worker has to end by itself
_OVERDUE = 60.0  # seconds that a worker may go on with what nobody waits for any more


class WorkerDied(Exception):
    """A worker ended before its job did."""


class _Worker:
    """A running process and the frames that it tells."""

    def __init__(
        self, process: subprocess.Popen[bytes], inward: asyncio.WriteTransport, outward: asyncio.StreamReader
    ) -> None:
        self.pid = process.pid
        self.ended = asyncio.Event()
        self._process = process
        self._inward = inward
        self._frames: asyncio.Queue[Told | None] = asyncio.Queue()
        self._pump = asyncio.create_task(self._listen(outward))

    @classmethod
    async def start(cls, make: Making) -> _Worker:
        """A process that has been told what to make."""
        process = begin("bot.http.processes.worker")  # not by asyncio's own means: uvloop's has no groups
        loop, outward = asyncio.get_running_loop(), asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(outward), process.stdout)
        inward, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, process.stdin)
        process.stdin = process.stdout = None  # they are the loop's now
        worker = cls(process, inward, outward)
        worker.tell(make)
        return worker

    def tell(self, frame: object) -> None:
        """Send a frame; to a worker that has ended nothing is sent."""
        if not self._inward.is_closing():
            self._inward.write(framed(packed(frame)))

    async def next(self) -> Told | None:
        """The next frame; None, again and again, once it has ended."""
        if self.ended.is_set() and self._frames.empty():
            return None
        return await self._frames.get()

    async def work(self, job: Job) -> AsyncIterator[WorkerStep]:
        """The parts of what a job comes to; raises what the job raised, or `WorkerDied`."""
        self.tell(job)
        while True:
            frame = await self.next()
            if isinstance(frame, WorkerStep):
                yield frame
            elif isinstance(frame, Done):
                if frame.failure:
                    raise frame.failure
                return
            elif frame is None:
                raise WorkerDied

    async def finish(self) -> None:
        """Wait for the end of a job that nobody waits for; the worker of one that takes too long is ended."""
        try:
            async with asyncio.timeout(_OVERDUE):
                while not isinstance(await self.next(), Done | None):
                    pass
        except TimeoutError:
            self._process.kill()

    async def end(self) -> None:
        """Let it end by itself, or end it."""
        self._inward.close()
        await asyncio.to_thread(end, self._process, patience=_PARTING)
        await self._pump

    def memory(self) -> int:
        """Bytes of memory that it has, what it shares with others included; 0 where that cannot be told."""
        try:
            resident = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(resident) * os.sysconf("SC_PAGE_SIZE")

    async def _listen(self, outward: asyncio.StreamReader) -> None:
        while isinstance(frame := unpacked(await received(outward)), Told):
            self._frames.put_nowait(frame)
        self.ended.set()
        self._frames.put_nowait(None)


class Workers:
    """An `Asker`. Until a worker is ready, and where none can be started, `front` answers in this process.

    `in_front` names the questions that `front` answers always: those that wait for a language model.
    """

    def __init__(
        self, front: Asker, make: Making, *, count: int, in_front: Callable[[Asked], bool] = lambda _: False
    ) -> None:
        self._front = front
        self._make = make
        self.count = count
        self._in_front = in_front
        self._ready: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self.died = 0

    # As something that runs beside the server

    async def start(self) -> None:
        """Start the workers; they become ready by and by."""
        for _ in range(self.count):
            self._spawn(self._keep())

    async def close(self) -> None:
        """End the workers; nothing may be asked any more."""
        self._closing.set()  # nothing is cancelled: each worker is waited for by whoever keeps it
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def ready(self) -> int:
        """How many workers can answer."""
        return len(self._ready)

    def waits(self, asked: Asked) -> bool:
        """Whether a question waits for a language model."""
        return self._in_front(asked)

    def memory(self) -> int:
        """Bytes of memory of all workers."""
        return sum(worker.memory() for worker in self._ready)

    # As an asker

    @property
    def llm(self) -> str | None:
        """The language model that may write answers."""
        return self._front.llm

    @property
    def wording(self) -> Wording | None:
        """What is shown of its words that are not proved, unless a question asks otherwise."""
        return self._front.wording

    async def ask(self, asked: Asked) -> Answer:
        """The proved answer, or an abstention."""
        told = [] if self._in_front(asked) else [part async for part in self._parts(Job("ask", asked))]
        if not told:
            return await self._front.ask(asked)
        assert isinstance(told[-1].value, Answer)
        return told[-1].value

    async def steps(self, asked: Asked) -> AsyncIterator[Step]:
        """The hits, each proved sentence, the answer."""
        nothing = True
        if not self._in_front(asked):
            async for part in self._parts(Job("steps", asked)):
                assert not isinstance(part.value, list)
                nothing = False
                yield part.value
        if nothing:
            async for step in self._front.steps(asked):
                yield step

    async def search(self, asked: Asked, *, limit: int) -> Sequence[Hit]:
        """The passages nearest to a question, best first."""
        told = [part async for part in self._parts(Job("search", asked, limit))]
        if not told:
            return await self._front.search(asked, limit=limit)
        assert isinstance(told[-1].value, list)
        return told[-1].value

    async def _parts(self, job: Job) -> AsyncIterator[WorkerStep]:
        """What a worker makes of a job; nothing where there is no worker.

        A job whose worker dies is tried once more, and what was told of it is not told again: the same
        question comes to the same answer.
        """
        given = 0
        for tried in range(1, _TRIES + 1):
            worker = await self._free(patient=tried > 1)  # what may have killed a worker is not for `front`
            if worker is None:
                return
            try:
                number = 0
                async for part in worker.work(job):
                    number += 1
                    if number > given:
                        given = number
                        yield part
                self._give_back(worker)
                return
            except WorkerDied:
                _LOG.warning("a worker died at a question, try %d of %d", tried, _TRIES)
            except (asyncio.CancelledError, GeneratorExit):
                self._spawn(self._finish(worker))
                raise
            except Exception:
                self._give_back(worker)
                raise
        raise WorkerDied(f"workers died at a question, tried {_TRIES} times")

    async def _free(self, *, patient: bool) -> _Worker | None:
        """A worker that has nothing to do, waited for; None where none is ready and one is not `patient`."""
        while self._ready or patient:
            while self._idle:
                worker = self._idle.pop()
                if not worker.ended.is_set():
                    return worker
            free: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(free)
            await free
        return None

    def _give_back(self, worker: _Worker) -> None:
        if not worker.ended.is_set():
            self._idle.append(worker)
        self._wake()

    def _wake(self) -> None:
        """Have all who wait look again."""
        waiting, self._waiting = self._waiting, []
        for free in waiting:
            if not free.done():
                free.set_result(None)

    async def _finish(self, worker: _Worker) -> None:
        await worker.finish()
        self._give_back(worker)

    async def _keep(self) -> None:
        """Keep one worker running: another takes the place of one that ends."""
        pause = _SOONEST
        while not self._closing.is_set():
            worker = await _Worker.start(self._make)
            try:
                if isinstance(await self._unless_closing(worker.next()), Ready):
                    pause = _SOONEST
                    self._ready.add(worker)
                    self._give_back(worker)
                    await self._unless_closing(worker.ended.wait())
                if not self._closing.is_set():
                    self.died += 1
                    _LOG.warning("worker %d ended, another one is started", worker.pid)
            finally:
                self._ready.discard(worker)
                self._wake()
                await worker.end()
            await self._unless_closing(asyncio.sleep(pause))
            pause = min(_LATEST, 2 * pause)

    async def _unless_closing(self, coroutine: Coroutine[None, None, T]) -> T | None:
        """What a coroutine returns; None as soon as the workers are to end."""
        work, closing = asyncio.ensure_future(coroutine), asyncio.ensure_future(self._closing.wait())
        await asyncio.wait((work, closing), return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        return None if work.cancel() else work.result()

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def how_many(settings: HttpSettings) -> int:
    """How many workers the settings ask for."""
    return settings.workers if settings.workers >= 0 else len(os.sched_getaffinity(0))


def workers_of(settings: Settings, front: Asker) -> Workers:
    """The workers that the settings ask for; `front` answers where its language model writes."""

    def in_front(asked: Asked) -> bool:
        return front.llm is not None and asked.llm is not False

    return Workers(front, RealAsker(settings), count=how_many(settings.http), in_front=in_front)
