"""Feeds that are due into readings, several at a time, for as long as nobody ends it.

One process watches an archive. The times of reading are kept with the feeds, so another goes on where one
ended, however it did.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

from index.articles.draft import Found
from index.encoding.encoder import Encoder
from index.errors import ArchiveLocked, DatelineError, Refusal
from index.feeds.outcome import FeedReport
from index.feeds.reading import FeedTools, read_once
from index.feeds.records import Feed
from index.storage.archive import Archive
from index.storage.home_lock import HomeLock
from index.storage.ingest import ingest
from index.storage.tally import Report

AT_ONCE = 4  # feeds that are read at the same time; of one host still one at a time
_LOOK = 5.0  # seconds between two looks for what is due, or was added meanwhile
_PATIENCE = 300  # seconds to wait for another command that writes
_AGAIN = timedelta(minutes=10)  # after which a reading that could not be stored is tried again


class WatchLock(HomeLock):
    """Held by the process that watches an archive; raises `ArchiveLocked` with who else does."""

    file_name = "watching"
    doing = "watched"


def storing(
    write: Callable[[], AbstractContextManager[Archive]], encoder: Encoder, *, stop: threading.Event
) -> Callable[[Sequence[Found | Refusal]], Report]:
    """What adds articles to an archive that others may write to, too: it waits for them, a while.

    Several threads may call it; they take turns.
    """
    turns = threading.Lock()

    def store(found: Sequence[Found | Refusal]) -> Report:
        if all(isinstance(one, Refusal) for one in found):
            return Report(refused=tuple(one for one in found if isinstance(one, Refusal)))
        with turns:
            for _ in range(_PATIENCE):
                try:
                    with write() as archive:
                        return ingest(archive, encoder, found)
                except ArchiveLocked:
                    if stop.wait(1.0):
                        break
            with write() as archive:
                return ingest(archive, encoder, found)

    return store


class Watch:
    """Reads what is due; `tell` is called with each reading, from several threads but one at a time."""

    def __init__(
        self,
        tools: FeedTools,
        *,
        tell: Callable[[FeedReport], None],
        stop: threading.Event,
        at_once: int = AT_ONCE,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """`check` raises where another process watches by now."""
        self._over = threading.Event()
        self._tools = replace(tools, stopped=lambda: stop.is_set() or self._over.is_set())
        self._check = check
        self._tell = tell
        self._telling = threading.Lock()
        self._stop = stop
        self._at_once = at_once

    def once(self) -> None:
        """Read every feed that is due now, and end."""
        self._rounds(lambda running: not running)

    def run(self) -> None:
        """Read whatever is due until `stop` is set; what is being read then ends after its next portion."""
        self._rounds(lambda _: False)

    def feeds(self) -> list[Feed]:
        """The feeds that are read at all, and as one of them the pages that were added by their address."""
        return [feed for feed in self._tools.memory.listed() if feed.is_read]

    def due(self) -> list[Feed]:
        """The feeds to read now, the longest due first."""
        now = self._tools.now()
        return sorted((feed for feed in self.feeds() if feed.is_due(now)), key=lambda feed: feed.next_at)

    def _rounds(self, is_over: Callable[[dict[int, Future[None]]], bool]) -> None:
        running: dict[int, Future[None]] = {}
        with ThreadPoolExecutor(self._at_once, "reading feeds") as threads:
            try:
                while not self._stop.is_set():
                    self._check()
                    running = {number: job for number, job in running.items() if not job.done()}
                    for feed in self.due():
                        if feed.number not in running:
                            running[feed.number] = threads.submit(self._read, feed)
                    if is_over(running):
                        return
                    if running:
                        wait(running.values(), timeout=_LOOK, return_when="FIRST_COMPLETED")
                    else:
                        self._stop.wait(_LOOK)
            finally:
                self._over.set()
                threads.shutdown(cancel_futures=True)

    def _read(self, feed: Feed) -> None:
        """One reading; one that cannot be stored, as when another command writes for long, waits."""
        if self._tools.stopped():
            return
        try:
            report = read_once(feed, self._tools)
        except DatelineError as exc:
            later = replace(feed, next_at=self._tools.now() + _AGAIN, status="not-stored")
            self._tools.memory.keep(later)
            report = FeedReport(later, trouble=str(exc))
        with self._telling:
            self._tell(report)
