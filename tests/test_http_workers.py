from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from http_fakes import FakeAsker, FakeLibrary, serving, wait_until
from settings_fakes import fixed
from worker_fakes import MakingIll, MakingNone

from bot.answers.answer import Answer
from bot.answers.asked import Asked
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.processes.pool import WorkerDied, Workers
from bot.http.processes.worker import Making
from bot.http.settings import HttpSettings
from index.errors import BadFilter

CRANES = Asked("Which cranes were lost?")


@asynccontextmanager
async def running(
    make: Making, *, count: int = 1, ready: int | None = None, front: FakeAsker | None = None
) -> AsyncIterator[Workers]:
    workers = Workers(front or FakeAsker(FakeLibrary(), seconds=0), make, count=count)
    await workers.start()
    try:
        await until(lambda: workers.ready == (count if ready is None else ready))
        yield workers
    finally:
        await workers.close()


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


def run(scene: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(scene())  # type: ignore[arg-type]


async def who(workers: Workers) -> int:
    return int((await workers.ask(Asked("who"))).question)


def test_a_worker_answers_as_the_server_would(tmp_path: Path) -> None:
    async def scene() -> None:
        front = FakeAsker(FakeLibrary(), seconds=0)
        async with running(MakingIll(tmp_path)) as workers:
            assert await workers.ask(CRANES) == await front.ask(CRANES)
            assert [one async for one in workers.steps(CRANES)] == [one async for one in front.steps(CRANES)]
            hits = await workers.search(Asked("cranes"), limit=2)
            assert hits == await front.search(Asked("cranes"), limit=2)

    run(scene)


def test_questions_are_answered_side_by_side_in_other_processes(tmp_path: Path) -> None:
    async def scene() -> None:
        async with running(MakingIll(tmp_path), count=2) as workers:
            began = time.monotonic()
            await asyncio.gather(*(workers.ask(Asked("wait")) for _ in range(2)))
            assert time.monotonic() - began < 0.9
            assert os.getpid() not in await asyncio.gather(who(workers), who(workers))
            assert workers.memory() > 2 * 10_000_000

    run(scene)


def test_what_a_question_raises_comes_back_as_it_was(tmp_path: Path) -> None:
    async def scene() -> None:
        async with running(MakingIll(tmp_path)) as workers:
            with pytest.raises(BadFilter, match="since is 'x'"):
                await workers.ask(Asked("filter"))
            assert isinstance(await workers.ask(CRANES), Answer)

    run(scene)


def test_a_question_whose_worker_dies_is_answered_by_another(tmp_path: Path) -> None:
    async def scene() -> None:
        async with running(MakingIll(tmp_path)) as workers:
            first = await who(workers)
            assert (await workers.ask(Asked("die"))).question
            assert await who(workers) != first
            assert workers.died == 1

    run(scene)


def test_steps_that_were_told_before_a_worker_died_are_not_told_again(tmp_path: Path) -> None:
    async def scene() -> None:
        front = FakeAsker(FakeLibrary(), seconds=0)
        async with running(MakingIll(tmp_path)) as workers:
            steps = [one async for one in workers.steps(Asked("die"))]
            assert steps == [one async for one in front.steps(CRANES)]

    run(scene)


def test_a_question_that_kills_every_worker_is_given_up_and_the_next_is_answered(tmp_path: Path) -> None:
    async def scene() -> None:
        async with running(MakingIll(tmp_path), count=2) as workers:
            with pytest.raises(WorkerDied):
                await workers.ask(Asked("die always"))
            assert (await workers.ask(CRANES)).sentences

    run(scene)


def test_a_worker_finishes_what_nobody_waits_for_and_is_free_again(tmp_path: Path) -> None:
    async def scene() -> None:
        async with running(MakingIll(tmp_path)) as workers:
            waiting = asyncio.create_task(workers.ask(Asked("wait")))
            await asyncio.sleep(0.1)
            waiting.cancel()
            with suppress(asyncio.CancelledError):
                await waiting
            assert (await workers.ask(CRANES)).question == CRANES.text
            left = workers.steps(CRANES)
            await anext(left)
            await left.aclose()  # type: ignore[attr-defined]
            assert (await workers.ask(CRANES)).question == CRANES.text

    run(scene)


def test_until_a_worker_is_ready_and_where_none_can_start_the_server_answers() -> None:
    async def scene() -> None:
        front = FakeAsker(FakeLibrary(), seconds=0)
        async with running(MakingNone(), ready=0, front=front) as workers:
            assert (await workers.ask(CRANES)).sentences
            assert [one async for one in workers.steps(CRANES)]
            await until(lambda: workers.died >= 1)
            assert await workers.search(Asked("cranes"), limit=1)
            assert front.asked

    run(scene)


def test_closing_leaves_no_process(tmp_path: Path) -> None:
    async def scene() -> None:
        async with running(MakingIll(tmp_path), count=2) as workers:
            pids = set(await asyncio.gather(who(workers), who(workers)))
            os.kill(next(iter(pids)), signal.SIGTERM)  # which is not for a worker to mind
            assert await workers.ask(CRANES)
        assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]

    run(scene)


def test_who_waits_for_a_language_model_holds_up_nobody_else(tmp_path: Path) -> None:
    slow = FakeAsker(FakeLibrary(), seconds=4)
    workers = Workers(slow, MakingNone(), count=0, in_front=lambda asked: asked.llm is not False)
    settings = fixed(HttpSettings, at_once=1, waiting=0)(llm_at_once=3, rate_per_address=0)
    app = create_app(workers, slow.library, keys=KeyRing(tmp_path / "keys.json"), settings=settings)

    def ask(llm: bool) -> int:
        body = {"question": "Which cranes were lost?", "llm": llm}
        return httpx.post(f"{address}/ask", json=body, timeout=20).status_code

    with serving(app) as address, ThreadPoolExecutor(9) as people:
        written = [people.submit(ask, True) for _ in range(3)]
        wait_until(lambda: slow.at_work == 3, seconds=5)
        assert httpx.get(f"{address}/articles", timeout=5).status_code == 200
        assert ask(True) == 503, "that gate has an end too"
        assert ask(False) == 200
        assert [one.result() for one in written] == [200, 200, 200]
