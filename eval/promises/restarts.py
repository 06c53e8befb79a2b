"""Servers that are told to end under load: `python -m eval.promises.restarts ARTICLES CASES`.

First single servers: clients ask, a SIGTERM comes, they ask on until the door is closed. Then two servers
over one home, ended and started in turns, while clients ask whichever listens and one of them adds articles.
No accepted request may be cut, no moment may pass with nobody listening, and no article that was taken may
be missing. The last line printed is the figure; ends with 1 where something must not be.
"""

from __future__ import annotations

import asyncio
import random
import signal
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from eval.promises.crowd import Ask
from eval.speed.load import HOME, end_under_load, made_home, questions_of
from eval.speed.load_asking import Questions, Served, key_for, serving
from eval.speed.load_client import Broken, Client, Refused
from index.storage.archive import Archive

_CLIENTS = 8
_PARTING = 120.0  # seconds that a server may take to end


@dataclass
class Rolled:
    """What clients saw of two servers that were ended and started in turns."""

    statuses: Counter[str] = field(default_factory=Counter)
    """By what was asked: "asked 200", "added 503"."""
    cut: list[str] = field(default_factory=list)
    nobody: int = 0
    """How often neither server listened."""
    codes: Counter[int] = field(default_factory=Counter)
    taken: set[str] = field(default_factory=set)
    """Articles that a server said it has."""
    missing: int = 0
    over: bool = False


class Doors:
    """Two addresses of which one is asked at random, and the other where that one does not listen."""

    def __init__(self, ports: tuple[int, int], token: str, came: Rolled) -> None:
        self._clients = [Client(port, token=token) for port in ports]
        self._came = came

    async def post(self, path: str, body: dict[str, object], *, what: str) -> int | None:
        """The status of whoever answers; None where nobody listened or the request was cut."""
        random.shuffle(self._clients)
        for client in self._clients:
            try:
                status = await client.post(path, body)
            except Refused:
                continue
            except Broken as exc:
                self._came.cut.append(f"{what}: {exc}")
                return None
            if status == 408:  # it was closing as it was asked, and says so: not accepted
                continue
            self._came.statuses[f"{what} {status}"] += 1
            return status
        self._came.nobody += 1
        return None

    async def close(self) -> None:
        """Close both connections."""
        for client in self._clients:
            await client.close()


@click.command()
@click.argument("articles", type=click.Path(path_type=Path, exists=True))
@click.argument("cases", type=click.Path(path_type=Path, exists=True))
@click.option("--stops", default=50, show_default=True, help="Single servers that are ended.")
@click.option("--rolling", default=20, show_default=True, help="Restarts of two servers over one home.")
@click.option("--home", type=click.Path(path_type=Path), default=HOME, show_default=True)
def main(articles: Path, cases: Path, stops: int, rolling: int, home: Path) -> None:
    """End servers over ARTICLES while they are asked the questions of CASES (JSONL)."""
    made_home(articles, home)
    questions = questions_of(cases)
    faults, told = ends(home, questions, stops=stops)
    rolled = roll(home, partial(questions.pick, random.Random(2)), restarts=rolling)
    faults += list(_faults(rolled))
    counts = ", ".join(f"{what} {many:,}" for what, many in sorted(rolled.statuses.items()))
    click.echo(
        f"{told}; {rolling} restarts of two servers over one home: cut {len(rolled.cut)}, {counts}, nobody "
        f"listened {rolled.nobody} times, {len(rolled.taken)} articles taken, {rolled.missing} missing"
    )
    if faults:
        click.echo("; ".join(faults)[:300], err=True)
        sys.exit(1)


def ends(home: Path, questions: Questions, *, stops: int) -> tuple[list[str], str]:
    """End `stops` servers under load; what must not be, and how it went."""
    ended = [end_under_load(home, questions) for _ in range(stops)]
    cut = [one for load, _ in ended for one in load.cut]
    statuses = sum((load.statuses for load, _ in ended), Counter[int]())
    wrong = {status for status in statuses if status not in {200, 408, 503}}
    faults = [f"cut: {one}" for one in cut] + [f"status {status}" for status in wrong]
    faults += [f"exit code {code}" for _, code in ended if code]
    counts = ", ".join(f"{status} × {many:,}" for status, many in sorted(statuses.items()))
    return faults, f"{stops} SIGTERMs: cut {len(cut)} of {statuses.total():,} requests ({counts})"


def roll(home: Path, ask: Ask, *, restarts: int) -> Rolled:
    """Restart two servers over `home` in turns while clients ask and one adds articles."""
    came, token = Rolled(), key_for(home)
    ports = (_free_port(), _free_port())
    with ExitStack() as first, ExitStack() as second:
        stacks = (first, second)
        servers = [
            stack.enter_context(serving(home, token, port=port))
            for stack, port in zip(stacks, ports, strict=True)
        ]
        asyncio.run(_scene(came, home, ask, token, ports, servers, stacks, restarts=restarts))
    with Archive.open(home) as archive:
        stored = {article.id for article in archive.articles()}
    came.missing = len(came.taken - stored)
    with Archive.open(home, write=True) as archive:  # as it was, for the next trial
        archive.remove_all([name for name in stored if name.startswith("rolled-")])
    return came


async def _scene(
    came: Rolled,
    home: Path,
    ask: Ask,
    token: str,
    ports: tuple[int, int],
    servers: list[Served],
    stacks: tuple[ExitStack, ExitStack],
    *,
    restarts: int,
) -> None:
    doors = [Doors(ports, token, came) for _ in range(_CLIENTS)]
    asking = [asyncio.create_task(_ask_on(door, ask, came)) for door in doors]
    adding = asyncio.create_task(_add_on(Doors(ports, token, came), came))
    for number in range(restarts):
        await asyncio.sleep(random.uniform(0.5, 2.0))
        turn = number % 2
        process = servers[turn].process
        process.send_signal(signal.SIGTERM)
        came.codes[await asyncio.to_thread(process.wait, _PARTING)] += 1
        stacks[turn].pop_all().close()
        again = serving(home, token, port=ports[turn])
        servers[turn] = await asyncio.to_thread(stacks[turn].enter_context, again)
    came.over = True
    await asyncio.gather(*asking, adding)


async def _ask_on(doors: Doors, ask: Ask, came: Rolled) -> None:
    while not came.over:
        status = await doors.post("/ask", {"question": ask()}, what="asked")
        await asyncio.sleep(0.02 if status == 200 else 0.3)
    await doors.close()


async def _add_on(doors: Doors, came: Rolled) -> None:
    number = 0
    while not came.over:
        number += 1
        name = f"rolled-{number}"
        body = f"The {number}th ferry of Tull sailed at noon, the harbour master said on Monday."
        article = {"id": name, "title": f"Ferry {number} of Tull", "text": body, "outlet": "Tull Courier"}
        if await doors.post("/articles", {"articles": [article]}, what="added") == 200:
            came.taken.add(name)
        await asyncio.sleep(1)
    await doors.close()


def _faults(came: Rolled) -> Iterator[str]:
    yield from (f"cut: {one}" for one in came.cut)
    yield from (f"status {what}" for what in came.statuses if what.split()[1] not in {"200", "409", "503"})
    yield from (f"exit code {code}" for code in came.codes if code)
    if came.nobody:
        yield f"{came.nobody} times nobody listened"
    if came.missing:
        yield f"{came.missing} articles that were taken are missing"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


if __name__ == "__main__":
    main()
