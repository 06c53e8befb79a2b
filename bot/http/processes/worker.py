"""A process of its own that answers: jobs come in by one pipe, what they come to goes out by another.

Started by `bot.http.processes.pool`. It has no terminal and no signals to mind: it
ends when the server closes the pipe, and when the server is gone, which closes it, too.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Protocol

from bot.answering.ports import Asker
from bot.answers.asked import Asked
from bot.http.processes.messages import Done, Job, Ready, WorkerStep, carried, packed, unpacked
from bot.settings import Settings
from index.children import pipes, receive, send

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
    inward, outward = pipes()
    make = unpacked(receive(inward))
    if not callable(make):
        return
    with suppress(BrokenPipeError), make() as asker, asyncio.Runner() as runner:  # broken: the server is gone
        gc.collect()
        gc.freeze()  # what was loaded stays: searching it for garbage took 20 ms now and then
        send(outward, packed(Ready()))
        while isinstance(job := unpacked(receive(inward)), Job):
            runner.run(_work(asker, job, outward))


async def _work(asker: Asker, job: Job, outward: IO[bytes]) -> None:
    done = Done()
    try:
        async for part in _parts(asker, job):
            send(outward, packed(part))
    except BrokenPipeError:
        raise
    except Exception as exc:
        done = Done(carried(exc))
    send(outward, packed(done))


async def _parts(asker: Asker, job: Job) -> AsyncIterator[WorkerStep]:
    if job.kind == "ask":
        yield WorkerStep(await asker.ask(job.asked))
    elif job.kind == "search":
        yield WorkerStep(list(await asker.search(job.asked, limit=job.limit)))
    else:
        async for step in asker.steps(job.asked):
            yield WorkerStep(step)


if __name__ == "__main__":
    main()
