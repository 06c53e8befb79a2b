"""Askers that run in a worker: one that tells its process, and can fall ill."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from http_fakes import FakeAsker, FakeLibrary

from bot.answering.ports import Step
from bot.answers.answer import Answer
from bot.answers.asked import Asked
from index.errors import BadFilter
from index.records import Hit


class IllAsker(FakeAsker):
    """ "die" ends the process once, "die always" each time; "wait" takes a while; "who" tells the process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(FakeLibrary(), seconds=0)
        self._folder = folder

    async def ask(self, asked: Asked) -> Answer:
        self._fall_ill(asked.text)
        if asked.text == "wait":
            await asyncio.sleep(0.5)
        if asked.text == "who":
            return Answer(question=str(os.getpid()))
        if asked.text == "filter":
            raise BadFilter("since is 'x', expected an ISO date")
        return await super().ask(asked)

    async def steps(self, asked: Asked) -> AsyncIterator[Step]:
        async for step in super().steps(Asked("Which cranes were lost?")):
            yield step
            self._fall_ill(asked.text)

    async def search(self, asked: Asked, *, limit: int) -> Sequence[Hit]:
        os.write(1, b"a library prints where the frames go\n")
        return await super().search(asked, limit=limit)

    def _fall_ill(self, text: str) -> None:
        marker = self._folder / "died"
        if text == "die always" or (text == "die" and not marker.exists()):
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class MakingIll:
    folder: Path

    @contextmanager
    def __call__(self) -> Iterator[IllAsker]:
        yield IllAsker(self.folder)


@dataclass(frozen=True)
class MakingNone:
    """What cannot be made."""

    @contextmanager
    def __call__(self) -> Iterator[IllAsker]:
        raise SystemExit(3)
        yield
