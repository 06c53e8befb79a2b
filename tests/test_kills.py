"""The soak: an archive killed at random moments, and when something is written, joined or removed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from archive_fakes import HashedWords
from kill_parts import COUNT, Ledger, articles_of, children_of, finished, moments, seen, work

from index.storage.archive import Archive

RANDOM, AIMED = 100, 50


@pytest.mark.soak
@pytest.mark.parametrize("aimed", [False, True], ids=["at random", "aimed"])
def test_kills_lose_nothing_and_leave_nothing_half_there(
    tmp_path: Path, aimed: bool, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    home, ledger = tmp_path / "home", Ledger()
    count = many(AIMED if aimed else RANDOM)
    whens = moments(ledger, home, at_random=0 if aimed else count, aimed=count if aimed else 0, seed=2020)
    for when, number in zip(whens, cycle((signal.SIGKILL, signal.SIGTERM)), strict=False):
        work(ledger, home, when=when, end=lambda child, number=number: child.send_signal(number))
        ledger.judge(home)
        finished(ledger)
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
        assert len(left) > COUNT
    figure(ledger.figure(f"kills {'aimed' if aimed else 'at random'} (SIGKILL, SIGTERM)"))
    assert ledger.kills >= count * 0.75, "the others came when it had finished"
    assert (ledger.lost, ledger.half_there, ledger.found_again, ledger.silent) == (0, 0, 0, 0)


def kill_the_builder(child: subprocess.Popen[str]) -> None:
    """The process that builds the index is killed, and not the one that writes the archive."""
    for builder in children_of(child.pid):
        os.kill(builder, signal.SIGKILL)
