"""How fast the server answers and how well it ends: `python -m eval.speed.load ARTICLES CASES`.

Starts `dateline serve` over an archive of the articles (kept in `.dateline/load`), asks it the cases'
questions, and prints a table. The clients run in this process, on the same machine as the server.
No question is asked twice, unless `--repeating`; `--stops 20` only ends twenty servers under load.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from eval.speed.load_asking import Load, Questions, Served, ask_for, serving
from eval.speed.load_client import Client

HOME = Path(".dateline/load")
_STOPS = 20
_BUSY, _SELDOM = (
    8,
    24,
)  # clients of a server that is ended: who asks on and on, who pauses on a kept connection


@click.command()
@click.argument("articles", type=click.Path(path_type=Path, exists=True))
@click.argument("cases", type=click.Path(path_type=Path, exists=True))
@click.option("--seconds", default=20, show_default=True, help="How long each load lasts.")
@click.option(
    "--stops", type=int, help=f"Only end so many servers under load.  [default: all, with {_STOPS}]"
)
@click.option("--repeating", is_flag=True, help="Ask the same questions again and again.")
@click.option("--home", type=click.Path(path_type=Path), default=HOME, show_default=True)
def main(articles: Path, cases: Path, seconds: int, stops: int | None, repeating: bool, home: Path) -> None:
    """Load a server over ARTICLES with the questions of CASES (JSONL) and print what came of it."""
    questions = questions_of(cases, repeating=repeating)
    made_home(articles, home)
    if stops is None:
        _tell(figures(home, questions, seconds=seconds))
    _tell(endings(home, questions, stops=_STOPS if stops is None else stops))


def questions_of(cases: Path, *, repeating: bool = False) -> Questions:
    """The questions of a set of cases (JSONL)."""
    lines = [line for line in cases.read_text(encoding="utf-8").splitlines() if line]
    return Questions([json.loads(line)["question"][:1000] for line in lines], repeating)


def made_home(articles: Path, home: Path) -> None:
    """An archive of the articles in `home`, unless there is one."""
    if not (home / "archive.sqlite").exists():
        # Some articles may be refused, which is an exit code too; without an archive nothing is served.
        subprocess.run([sys.executable, "-m", "bot", "--home", str(home), "add", str(articles)], check=False)


def _tell(rows: Iterator[tuple[str, str]]) -> None:
    for name, value in rows:
        click.echo(f"{name:58} {value}")


def figures(home: Path, questions: Questions, *, seconds: int) -> Iterator[tuple[str, str]]:
    """Each figure with its name."""
    with serving(home) as served:
        ready, memory = asyncio.run(_workers(served))
        asyncio.run(ask_for(served, questions, clients=2, seconds=3))  # warm
        for clients in (1, 4):
            load = asyncio.run(ask_for(served, questions, clients=clients, seconds=seconds))
            yield f"POST /ask, {clients} clients: p50, p99, statuses", _shown(load)
        many, health = asyncio.run(_with_health(served, questions, clients=64, seconds=seconds))
        yield "POST /ask, 64 clients: p50, p99, statuses", _shown(many)
        yield "GET /healthz meanwhile: p50, p99, statuses", _shown(health)
        yield "workers, MB each", f"{ready:.0f}, {memory / max(1, ready) / 1e6:.0f}"
        yield "a stream that is left is noticed after", f"{asyncio.run(_leave(served, questions)):.0f} ms"


def endings(home: Path, questions: Questions, *, stops: int) -> Iterator[tuple[str, str]]:
    """How servers end that are asked meanwhile: how many requests were cut, and what the others were told."""
    ended = [end_under_load(home, questions) for _ in range(stops)]
    cut = [one for load, _ in ended for one in load.cut]
    statuses = sum((load.statuses for load, _ in ended), Counter[int]())
    codes = Counter(code for _, code in ended)
    yield (
        f"{stops} SIGTERMs under load: cut, statuses, exit codes",
        f"{len(cut)}, {dict(statuses)}, {dict(codes)}",
    )
    for one in cut[:5]:
        yield "  cut", one


def _shown(load: Load) -> str:
    return f"{load.percentile(50):.0f} ms, {load.percentile(99):.0f} ms, {dict(load.statuses)}" + (
        f", cut off {len(load.cut)}" if load.cut else ""
    )


async def _with_health(
    served: Served, questions: Questions, *, clients: int, seconds: float
) -> tuple[Load, Load]:
    """Questions, and beside them a sign of life asked for twenty times a second."""
    health = Load()

    async def look() -> None:
        client, end = Client(served.port, token=served.token), time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.perf_counter()
            health.statuses[await client.get("/healthz")] += 1
            health.seconds.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)
        await client.close()

    load, _ = await asyncio.gather(ask_for(served, questions, clients=clients, seconds=seconds), look())
    return load, health


async def _leave(served: Served, questions: Questions) -> float:
    """The most milliseconds, of ten times, from leaving a stream until the server has counted it."""
    watcher, longest, chance = Client(served.port, token=served.token), 0.0, random.Random()
    for _ in range(10):
        before = await _left(watcher)
        leaving = Client(served.port, token=served.token)
        await leaving.send("POST", "/ask/stream", {"question": questions.pick(chance)})
        await leaving.close()
        began = time.perf_counter()
        while await _left(watcher) == before and time.perf_counter() - began < 5:
            await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - began)
    await watcher.close()
    return longest * 1000


async def _left(client: Client) -> str:
    return "\n".join(await _numbers(client, "dateline_http_clients_left_total"))


async def _numbers(client: Client, name: str) -> list[str]:
    """The lines of `/metrics` that begin with a name."""
    await client.get("/metrics")
    return [line for line in client.body.decode().splitlines() if line.startswith(name)]


async def _workers(served: Served) -> tuple[float, float]:
    """How many workers are ready, waited for, and the bytes of memory of all."""
    client, ready, memory, end = Client(served.port, token=served.token), 0.0, 0.0, time.monotonic() + 20
    while ready < (os.cpu_count() or 1) and time.monotonic() < end:
        await asyncio.sleep(0.2)
        ready, _, memory = [float(line.split()[-1]) for line in await _numbers(client, "dateline_workers_")]
    await client.close()
    return ready, memory


def end_under_load(home: Path, questions: Questions) -> tuple[Load, int]:
    """Clients ask, a SIGTERM comes at some moment, and they ask on until the door is closed."""

    async def scene(served: Served) -> Load:
        asking = asyncio.create_task(ask_for(served, questions, clients=_BUSY, seconds=60, seldom=_SELDOM))
        await asyncio.sleep(random.uniform(0.5, 1.5))
        served.process.send_signal(signal.SIGTERM)
        return await asking

    with serving(home) as served:
        load = asyncio.run(scene(served))
        return load, served.process.wait(60)


if __name__ == "__main__":
    main()
