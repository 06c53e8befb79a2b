"""A process of its own that answers: jobs come in by one pipe, what they come to goes out by another.

Started by `bot.http.processes.pool`. It has no terminal and no signals to mind: it
ends when the server closes the pipe, and when the server is gone, which closes it, too.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from bot.answering.ports import Asker
from bot.answers.asked import Asked
from bot.http.processes.messages import Done, Job, Ready, WorkerStep, carried, packed, receive
from bot.settings import Settings

# Below the server, so that `/healthz` and new requests need not wait for answers that are worked on.
_NICE = 5


class Making(Protocol):
    """Makes what answers; pickled, so that it is an object of a class at the top of a module."""

    def __call__(self) -> AbstractContextManager[Asker]:
        """A context in which the asker works."""


@dataclass(frozen=True)
class RealAsker:
    """Makes the asker of an archive, without a language model: what waits for one stays in the server."""

    settings: Settings

    def __call__(self) -> AbstractContextManager[Asker]:
        """Opens the archive, and reads what the first question would have to wait for."""
        return _opened(self.settings)


@contextmanager
def _opened(settings: Settings) -> Iterator[Asker]:
    from bot.assemble import answering, load_encoder_for, open_archive, reader_for

    encoder = load_encoder_for(settings, threads=1)  # the other processors have workers of their own
    with open_archive(settings, encoder) as archive:
        archive.warm()
        dateline = answering(archive, encoder, hits=settings.hits, reader=reader_for(settings, threads=1))
        asyncio.run(dateline.search(Asked("What happened?"), limit=1))
        yield dateline


def main() -> None:
    """Work until there is no more to do."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.nice(_NICE)
    with os.fdopen(os.dup(0), "rb") as inward, os.fdopen(os.dup(1), "wb", buffering=0) as outward:
        os.dup2(2, 1)  # what a library prints must not come between the frames
        path, make = receive(inward), None
        if isinstance(path, list):
            sys.path[:] = path  # before what is made by the modules that it leads to
            make = receive(inward)
        if not callable(make):
            return
        try:
            with make() as asker, asyncio.Runner() as runner:
                gc.collect()
                gc.freeze()  # what was loaded stays: searching it for garbage took 20 ms now and then
                _send(outward, Ready())
                while isinstance(job := receive(inward), Job):
                    runner.run(_work(asker, job, outward))
        except BrokenPipeError:  # the server is gone
            return


async def _work(asker: Asker, job: Job, outward: BinaryIO) -> None:
    try:
        async for part in _parts(asker, job):
            _send(outward, part)
    except BrokenPipeError:
        raise
    except Exception as exc:
        _send(outward, Done(carried(exc)))
    else:
        _send(outward, Done())


async def _parts(asker: Asker, job: Job) -> AsyncIterator[WorkerStep]:
    if job.kind == "ask":
        yield WorkerStep(await asker.ask(job.asked))
    elif job.kind == "search":
        yield WorkerStep(list(await asker.search(job.asked, limit=job.limit)))
    else:
        async for step in asker.steps(job.asked):
            yield WorkerStep(step)


def _send(outward: BinaryIO, frame: object) -> None:
    """Write a whole frame; an unbuffered pipe may take less at once."""
    rest = memoryview(packed(frame))
    while rest:
        rest = rest[outward.write(rest) :]
