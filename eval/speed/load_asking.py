"""Clients that ask a running server: what they ask, and what they saw of it."""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.http.access.key_file import FILE_NAME
from bot.http.access.keys import KeyRing
from eval.speed.load_client import Broken, Client, Refused
from index.errors import BadInput

_KEY = "load"
_START = "import sys; from pathlib import Path; from bot.commands.serve import serve; " + (
    "serve.main(sys.argv[2:], obj={'home': Path(sys.argv[1])})"
)


@dataclass(frozen=True)
class Questions:
    """What is asked: the cases' questions, each time in words that were never asked before."""

    texts: Sequence[str]
    repeating: bool = False
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def pick(self, chance: random.Random) -> str:
        """One of them; numbered, so that no memory of answers or of vectors knows it."""
        text = chance.choice(self.texts)
        return text if self.repeating else f"{text} ({next(self._numbers)})"


@dataclass
class Load:
    """What clients saw: seconds of each answer, how often each status came, and which were cut off."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    cut: list[str] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        """Milliseconds; nearest rank."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


@dataclass(frozen=True)
class Served:
    """A running server and how to reach it."""

    process: subprocess.Popen[bytes]
    port: int
    token: str


def key_for(home: Path) -> str:
    """A key of `home` that has no limit and may write; the one of before is taken back."""
    ring = KeyRing(home / FILE_NAME)
    with suppress(BadInput):  # the first time there is none
        ring.remove(_KEY)
    return ring.add(_KEY, write=True, per_minute=0)


@contextmanager
def serving(home: Path, token: str | None = None, *, port: int = 0) -> Iterator[Served]:
    """A server over `home`, asked with `token`, or with a key of its own; port 0: any free one."""
    token = token or key_for(home)
    log = home / f"serve-{port}.log"  # a file: a pipe that nobody reads would stop the server
    with log.open("w") as told:
        command = [sys.executable, "-c", _START, str(home), "--port", str(port)]
        process = subprocess.Popen(command, stderr=told)
    try:
        yield Served(process, _port(log, process), token)
    finally:
        process.kill()
        process.wait()


def _port(log: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that a server says it listens at."""
    while process.poll() is None:
        found = re.search(r"serving at http://.*:(\d+)/", log.read_text())
        if found:
            return int(found[1])
        time.sleep(0.05)
    raise BadInput(f"{log}: the server has ended, expected it to serve")


async def ask_for(
    served: Served, questions: Questions, *, clients: int, seconds: float, seldom: int = 0
) -> Load:
    """So many clients ask one question after the other; `seldom` more of them pause in between."""
    load, end = Load(), time.monotonic() + seconds
    pauses = [0.0] * clients + [1.5] * seldom
    await asyncio.gather(*(_ask_on(served, questions, load, end, pause=pause) for pause in pauses))
    return load


async def _ask_on(served: Served, questions: Questions, load: Load, end: float, *, pause: float) -> None:
    chance = random.Random()
    client = Client(served.port, token=served.token)
    while time.monotonic() < end:
        began = time.perf_counter()
        try:
            status = await client.post("/ask", {"question": questions.pick(chance)})
        except Refused:
            return  # the door is closed: nothing was accepted
        except Broken as exc:
            load.cut.append(str(exc))
            return
        load.statuses[status] += 1
        if status == 200:
            load.seconds.append(time.perf_counter() - began)
        else:
            await asyncio.sleep(0.2)  # sooner than Retry-After asks for, so that the queue stays full
        await asyncio.sleep(chance.uniform(0, pause))
    await client.close()
