"""The soak: an archive killed at random moments, and when something is written, joined or removed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import kill_parts
import pytest
from archive_fakes import HashedWords
from kill_parts import COUNT, Ledger, articles_of, at_random, children_of, finished, kill, seen, work

from index.storage.archive import Archive

RANDOM, AIMED = 100, 50


@pytest.mark.soak
@pytest.mark.parametrize("aimed", [False, True], ids=["at random", "aimed"])
def test_kills_lose_nothing_and_leave_nothing_half_there(
    tmp_path: Path, aimed: bool, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    home, ledger = tmp_path / "home", Ledger()
    signals = cycle((signal.SIGKILL, signal.SIGTERM))
    whens = kill_parts.aimed(ledger, home, seed=2020) if aimed else at_random(home, seed=2020)
    count = many(AIMED if aimed else RANDOM)
    kill(ledger, home, whens, count, end=lambda child: child.send_signal(next(signals)))
    for name in ("header.bin", "check-"):
        work(ledger, home, when=seen(ledger, home / "vectors", name, delay=0.005), end=kill_the_builder)
        ledger.judge(home)
        finished(ledger)
    work(ledger, home, when=lambda: False, end=kill_the_builder)
    ledger.judge(home)
    assert finished(ledger), "left alone, it finishes"
    with Archive.open(home, HashedWords()) as archive:
        left = {article.id for article in archive.articles()}
        assert left <= {article.id for article in articles_of(COUNT, edition=0)}
        assert len(left) >= COUNT
    figure(ledger.figure(f"kills {'aimed' if aimed else 'at random'} (SIGKILL, SIGTERM)"))
    assert ledger.kills >= count
    assert (ledger.lost, ledger.half_there, ledger.found_again, ledger.silent) == (0, 0, 0, 0)


def kill_the_builder(child: subprocess.Popen[str]) -> None:
    """The process that builds the index is killed, and not the one that writes the archive."""
    for builder in children_of(child.pid):
        os.kill(builder, signal.SIGKILL)
