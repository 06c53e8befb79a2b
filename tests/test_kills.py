"""The soak: an ingest killed at random moments, and at those at which the index's files are written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import pytest
from archive_fakes import HashedWords, faults, invented, question

from index.storage.archive import Archive

COUNT = 320  # articles, about 1,300 passages
KILLS = (signal.SIGKILL, signal.SIGTERM)
RANDOM, AIMED = 100, 50

# What to wait for in vectors/ before killing: moments of building, checking and switching.
MOMENTS = (
    "chroma.sqlite3",
    "header.bin",
    "data_level0.bin",
    "link_lists.bin",
    "index_metadata.pickle",
    "check-",
    "current.new",
    "current",
)


@dataclass
class Count:
    """What the soak has seen; `stored` is the newest edition of each article that was acknowledged."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_there: int = 0
    silent: int = 0
    stored: dict[str, int] = field(default_factory=dict)


@pytest.mark.soak
def test_kills_lose_nothing_and_leave_nothing_half_there(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    home, chance, count = tmp_path / "home", random.Random(2020), Count()
    edition = 0
    for turn in range(RANDOM):
        edition += run(home, count, edition, kill=KILLS[turn % 2], when=after(chance.uniform(0.0, 3.0)))
    for turn, moment in enumerate(islice(cycle(MOMENTS), AIMED)):
        when = seen(home / "vectors", moment, delay=chance.choice([0.0, 0.002, 0.01, 0.03]))
        edition += run(home, count, edition, kill=KILLS[turn // len(MOMENTS) % 2], when=when)
    for moment in ("header.bin", "check-"):
        edition += run(home, count, edition, kill=None, when=seen(home / "vectors", moment, delay=0.005))
    assert run(home, count, edition, kill=None, when=lambda: False) == 1, "left alone, it finishes"
    with Archive.open(home, HashedWords()) as archive:
        assert {article.id for article in archive.articles()} == {f"a{number}" for number in range(COUNT)}
        assert archive.status().index.state == "ready"
    figure(
        f"{count.kills} kills, {count.acknowledged:,} articles acknowledged, {count.lost} lost, "
        f"{count.half_there} half there, {count.silent} times no answer"
    )
    assert count.kills >= (RANDOM + AIMED) * 28 / 36, "the others came when it had finished"
    assert (count.lost, count.half_there, count.silent) == (0, 0, 0)


def run(
    home: Path, count: Count, edition: int, *, kill: signal.Signals | None, when: Callable[[], bool]
) -> int:
    """One ingest, killed at its moment (None: the builder of the index is killed); 1 when it had finished.

    A small threshold makes it build the index again and again.
    """
    here = Path(__file__).parent
    lines: list[str] = []
    with subprocess.Popen(
        [sys.executable, str(here / "ingest_child.py"), str(home), str(COUNT), str(edition), "300", "0.2"],
        env={**os.environ, "PYTHONPATH": f"{here.parent}:{here}"},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        listener = threading.Thread(target=lambda: lines.extend(child.stdout or ()))
        listener.start()
        while child.poll() is None and not when():
            time.sleep(0.0005)
        if child.poll() is None:
            for victim in [child.pid] if kill else children_of(child.pid):
                os.kill(victim, kill or signal.SIGKILL)
                count.kills += 1
        child.wait()
        listener.join()
    judge(home, count, lines, edition)
    assert kill == signal.SIGKILL or child.returncode in {0, -signal.SIGTERM}, lines
    return int(bool(lines) and lines[-1].startswith("finished"))


def judge(home: Path, count: Count, lines: list[str], edition: int) -> None:
    """Count what is lost, half there, or not answered after a kill."""
    told = [line.split()[1] for line in lines if line.startswith(("added", "updated", "unchanged"))]
    count.acknowledged += len(told)
    count.stored |= dict.fromkeys(told, edition)
    if not (home / "archive.sqlite").exists() or not count.stored:
        return
    count.half_there += len(faults(home))
    with Archive.open(home, HashedWords()) as archive:
        archive.warm()
        bodies = {article.id: article.body for article in archive.articles()}
        for name, newest in count.stored.items():
            number = int(name[1:])
            may_be = {invented(number, edition=newest).body, invented(number, edition=edition).body}
            count.lost += bodies.get(name) not in may_be
        matches = archive.search_vectors(question("The ferry of Tull was sold"), limit=10)
        count.silent += len(archive.passages([match.seq for match in matches])) != 10
        count.silent += not archive.search_words(["ferry"], limit=1)


def after(seconds: float) -> Callable[[], bool]:
    """The moment some seconds from the start."""
    start = time.monotonic()
    return lambda: time.monotonic() - start > seconds


def seen(folder: Path, name: str, *, delay: float) -> Callable[[], bool]:
    """The moment something of that name is new in a folder, and a little later."""
    known = set(folder.rglob("*")) if folder.exists() else set()
    stamp = (folder / "current").stat().st_mtime_ns if (folder / "current").exists() else 0

    def is_new(path: Path) -> bool:
        try:
            return path not in known or (path.name == "current" and path.stat().st_mtime_ns != stamp)
        except OSError:
            return False

    def look() -> bool:
        try:
            there = any(path.name.startswith(name) and is_new(path) for path in folder.rglob("*"))
        except OSError:  # a folder went while we looked
            return False
        if there:
            time.sleep(delay)
        return there

    return look


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
