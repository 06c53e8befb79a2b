"""More than a server can take, for long: `python -m eval.promises.overload ARTICLES CASES --seconds 600`.

Measures what the server can answer, then asks it twice as much for so long, no question twice, while others
hold connections, send half of a request, or read a few bytes a second. The last line printed is the figure;
ends with 1 where something must not be.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import click

from bot.http.processes.pool import how_many
from bot.http.settings import HttpSettings
from eval.promises.crowd import (
    Answered,
    Ask,
    Bystanders,
    Crowd,
    at_a_rate,
    one_by_one,
    signs_of_life,
    stand_about,
)
from eval.promises.machine import this_machine
from eval.speed.load import HOME, made_home, questions_of
from eval.speed.load_asking import Served, serving
from eval.speed.load_client import Client

TIMES, SIGN_MS, GROWTH = 2.0, 100.0, 0.05
_WARM = 0.2  # of the whole time, before memory is looked at: what answers are worked out with fills up
_LOOK = 2.0  # seconds between looks at the memory


@dataclass(frozen=True)
class Unloaded:
    """The server with nobody else about: milliseconds an answer takes, and answers a second of all places."""

    service_ms: float
    a_second: float


@dataclass(frozen=True)
class Overloaded:
    """What came of too much."""

    seconds: int
    before: Unloaded
    asked: Answered
    signs: Answered
    standing: Bystanders
    memory: tuple[int, int]
    """Bytes of all processes once warm, and at the end."""
    after_ms: float
    """What an answer takes when it is over."""

    @property
    def allowed_ms(self) -> float:
        """The longest that an accepted question may take.

        Twice what the last of a full queue waits where every answer takes what it takes unloaded, and one
        such answer. Two places, 48 waiting, 30 ms an answer: 2 × 48 / 2 × 30 + 30 = 1,470 ms.
        """
        return TIMES * HttpSettings.waiting / _places() * self.before.service_ms + self.before.service_ms

    @property
    def growth(self) -> float:
        """How much more memory at the end, as a part of what there was."""
        return self.memory[1] / self.memory[0] - 1

    def faults(self) -> Iterator[str]:
        """What must not be."""
        yield from (f"{many} times {what}" for what, many in self.asked.faults.items() if many)
        yield from (f"/healthz: {many} times {what}" for what, many in self.signs.faults.items() if many)
        yield from (f"{many} held connections: {how}" for how, many in self.standing.ended.items()
                    if how not in {"200", "408", "503"})  # fmt: skip
        if (slowest := self.asked.percentile(99)) > self.allowed_ms:
            yield f"accepted p99 {slowest:.0f} ms, allowed {self.allowed_ms:.0f}"
        if (sign := self.signs.percentile(99)) >= SIGN_MS:
            yield f"/healthz p99 {sign:.0f} ms, expected less than {SIGN_MS:.0f}"
        if self.growth >= GROWTH:
            yield f"memory grew by {self.growth:.1%}, expected less than {GROWTH:.0%}"

    def figure(self) -> str:
        """All of it in one line."""
        asked, before, (warm, end) = self.asked, self.before, self.memory
        many = asked.statuses.total()
        return (
            f"{os.cpu_count()} cores, encoder {this_machine().encoder_ms:g} ms a passage; unloaded "
            f"{before.service_ms:.0f} ms an answer, {before.a_second:.0f} answers a second. "
            f"{TIMES * before.a_second:.0f} questions a second for {self.seconds} s, {many:,}, none twice: "
            f"answered {asked.statuses[200]:,}, 503 with Retry-After {asked.statuses[503]:,}, "
            f"other {many - asked.statuses[200] - asked.statuses[503]}; accepted p50 "
            f"{asked.percentile(50):,.0f}, p99 {asked.percentile(99):,.0f} ms (allowed "
            f"{self.allowed_ms:,.0f}); /healthz p99 {self.signs.percentile(99):.0f} ms; memory "
            f"{warm / 1e6:.0f} → {end / 1e6:.0f} MB ({self.growth:+.1%}); up to "
            f"{self.standing.most:,} connections held; afterwards {self.after_ms:.0f} ms an answer"
        )


@click.command()
@click.argument("articles", type=click.Path(path_type=Path, exists=True))
@click.argument("cases", type=click.Path(path_type=Path, exists=True))
@click.option("--seconds", default=600, show_default=True, help="How long it is asked too much.")
@click.option("--idle", default=1000, show_default=True, help="Connections that are held and ask nothing.")
@click.option("--half", default=50, show_default=True, help="Connections with the half of a request.")
@click.option("--slow", default=20, show_default=True, help="Streams that are read a few bytes a second.")
@click.option("--home", type=click.Path(path_type=Path), default=HOME, show_default=True)
def main(articles: Path, cases: Path, seconds: int, idle: int, half: int, slow: int, home: Path) -> None:
    """Ask a server over ARTICLES twice what it can answer, with the questions of CASES (JSONL)."""
    made_home(articles, home)
    ask = partial(questions_of(cases).pick, random.Random(1))
    with serving(home) as served:
        came = asyncio.run(_overload(served, ask, Crowd(idle, half, slow), seconds=seconds))
    click.echo(came.figure())
    if faults := "; ".join(came.faults()):
        click.echo(faults, err=True)
        sys.exit(1)


async def _overload(served: Served, ask: Ask, crowd: Crowd, *, seconds: int) -> Overloaded:
    brief = min(15, max(3, seconds // 10))
    await _until_ready(served)
    await one_by_one(served, ask, clients=_places(), seconds=brief)  # warm
    alone = await one_by_one(served, ask, clients=1, seconds=brief)
    full = await one_by_one(served, ask, clients=2 * _places(), seconds=brief)
    before = Unloaded(sum(alone.ms) / max(1, len(alone.ms)), len(full.ms) / brief)
    asked, signs, standing, memory = await asyncio.gather(
        at_a_rate(served, ask, a_second=TIMES * before.a_second, seconds=seconds),
        signs_of_life(served, seconds=seconds),
        stand_about(served, ask, crowd, seconds=seconds),
        _memory(served, seconds=seconds),
    )
    after = await one_by_one(served, ask, clients=1, seconds=brief)
    return Overloaded(seconds, before, asked, signs, standing, memory, after.percentile(50))


async def _until_ready(served: Served) -> None:
    client = Client(served.port, token=served.token)
    for _ in range(600):
        await client.get("/metrics")
        lines = client.body.decode().splitlines()
        ready = [float(line.split()[1]) for line in lines if line.startswith("dateline_workers_ready ")]
        if ready and ready[0] >= how_many(HttpSettings()):
            break
        await asyncio.sleep(0.1)
    await client.close()


async def _memory(served: Served, *, seconds: float) -> tuple[int, int]:
    """Bytes of the server and its workers: the median of the tenth after it is warm, and of the last."""
    seen: list[int] = []
    for _ in range(max(10, int(seconds / _LOOK))):
        await asyncio.sleep(seconds / max(10, int(seconds / _LOOK)))
        seen.append(sum(map(_resident, (served.process.pid, *_children(served.process.pid)))))
    tenth, warm = max(1, len(seen) // 10), int(len(seen) * _WARM)
    return int(median(seen[warm : warm + tenth])), int(median(seen[-tenth:]))


def _children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()]  # fmt: skip


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # it has just ended
        return 0


def _places() -> int:
    return max(HttpSettings.at_once, how_many(HttpSettings()))


if __name__ == "__main__":
    main()
