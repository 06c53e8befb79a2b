"""The soak: a watcher killed fifty times while its feeds go on, which loses and doubles nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from archive_fakes import HashedWords
from feed_year import NEW_YEAR, Item, page, rss
from web_server import WebServer, answer, serving

from index.storage.archive import Archive
from index.storage.feeds import FeedMemory

KILLS = 50
NEW_A_TURN = 3  # items that each feed prints between two kills
EDIT = "This was corrected."
SETTLED = 12  # turns, after which a watcher is left alone for once
SHOWN = SETTLED * NEW_A_TURN + 4  # items that a feed shows at a time, the newest
LAST = 300.0  # seconds that the last watcher has to read what is left


@pytest.mark.soak
def test_a_killed_watcher_loses_and_doubles_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, chance = tmp_path / "home", random.Random(2026)
    with Archive.open(home, HashedWords(), write=True):
        pass
    memory = FeedMemory(home)
    with serving() as server:
        printed: dict[str, list[Item]] = {"whole": [], "pages": []}
        cut = 0
        for name in printed:
            memory.add(server.address(f"/{name}", "localhost"), "rss", "", now=NEW_YEAR)
        for turn in range(KILLS):
            publish(server, printed, turn)
            kill_after(home, server, chance.uniform(0.5, 2.5), KILLS_BY[turn % 2])
            cut += is_cut(home, printed)
            if turn % SETTLED == SETTLED - 1:
                settle(home, server, printed)  # before what is not read leaves the feed
        settle(home, server, printed)
    with Archive.open(home, HashedWords()) as archive:
        titles = Counter(article.title for article in archive.articles())
        edited = sum(len(archive.revisions(article.id)) == 2 for article in archive.articles())
        corrected = {article.title for article in archive.articles() if EDIT in article.body}
    expected = {f"News of the {item.name}" for items in printed.values() for item in items}
    counted = sum(feed.new for feed in memory.all())
    with capsys.disabled():
        sys.stdout.write(
            f"\n{KILLS} kills, {cut} with something unread: {len(expected)} items printed, "
            f"{len(expected - titles.keys())} lost, "
            f"{sum(titles.values()) - len(titles)} doubled, {edited} with a revision\n"
        )
    assert titles == Counter(expected)
    assert corrected == {f"News of the {item.name}" for item in printed["whole"] if item.edit}
    assert counted <= len(expected)
    assert cut >= KILLS // 5, "most kills came when there was nothing to lose"


KILLS_BY = (signal.SIGKILL, signal.SIGTERM)


def publish(server: WebServer, printed: dict[str, list[Item]], turn: int) -> None:
    """New items in both feeds, and an edit of the last ones (of pages, only their own next look tells)."""
    for name, items in printed.items():
        items[-2:] = [Item(one.name, whole=one.whole, edit=EDIT) for one in items[-2:]]
        fresh = range(turn * NEW_A_TURN, (turn + 1) * NEW_A_TURN)
        items += [Item(f"{name}{number}", whole=name == "whole") for number in fresh]
        for item in items if name == "pages" else ():
            server.pages[f"/{item.name}"] = page(item.name)
        body = rss(*items[-SHOWN:][::-1], base=server.address("", "localhost"))
        server.pages[f"/{name}"] = answer(body, content_type="text/xml")


def child(home: Path, server: WebServer) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("watch_child.py")), str(home), str(server.port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1)


def kill_after(home: Path, server: WebServer, seconds: float, by: signal.Signals) -> None:
    watcher = child(home, server)
    assert watcher.stdout is not None
    assert watcher.stdout.readline() == "open\n"
    time.sleep(seconds)
    watcher.send_signal(by)
    watcher.communicate(timeout=60)


def is_cut(home: Path, printed: dict[str, list[Item]]) -> bool:
    """Whether not all that was printed is in the archive."""
    with Archive.open(home, HashedWords()) as archive:
        return archive.status().articles < sum(map(len, printed.values()))


def settle(home: Path, server: WebServer, printed: dict[str, list[Item]]) -> None:
    """Let a watcher read both feeds to their end, twice with nothing new."""
    watcher, quiet, end = child(home, server), 0, time.monotonic() + LAST
    assert watcher.stdout is not None
    while quiet < 2 * len(printed) and time.monotonic() < end:
        quiet = quiet + 1 if watcher.stdout.readline() == "0 0 0 None\n" else 0
    watcher.kill()
    watcher.communicate()
    assert quiet, "the last watcher did not come to its end"
