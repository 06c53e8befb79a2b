"""A process to kill: watches the feeds of an archive until it is ended.

python watch_child.py HOME PORT
"""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from archive_fakes import HashedWords

from index.articles.html import html_reader
from index.articles.web import Web
from index.errors import ArchiveError
from index.feeds.parse import feed_reader
from index.feeds.reading import FeedTools, read_once
from index.feeds.watch import WatchLock, storing
from index.fetching.fetch import Fetcher, FetchSettings
from index.storage.archive import Archive
from index.storage.feeds import FeedMemory

if __name__ == "__main__":
    home, port = Path(sys.argv[1]), sys.argv[2]
    encoder, memory = HashedWords(), FeedMemory(home)

    def write() -> Archive:
        return Archive.open(home, encoder, write=True)

    with (
        WatchLock(home, command="watch_child"),
        Archive.open(home, encoder) as archive,
        Fetcher(FetchSettings(hosts=frozenset({f"localhost:{port}"}), delay_s=0)) as fetcher,
        feed_reader() as feeds,
        html_reader() as pages,
    ):
        sys.stdout.write("open\n")
        sys.stdout.flush()
        store = storing(write, encoder, stop=threading.Event())
        web = Web(fetcher, known=archive.known_page)
        tools = FeedTools(
            web,
            archive,
            memory,
            feeds,
            pages,
            store,
            now=lambda: datetime.now(UTC),
            chance=lambda: 0.0,
        )
        while True:  # at once again, where a watcher would wait for an hour
            for feed in memory.all():
                try:
                    report = read_once(feed, tools)
                except ArchiveError as exc:
                    sys.stdout.write(f"{exc}\n")
                    continue
                sys.stdout.write(f"{report.added} {report.updated} {len(report.refused)} {report.trouble}\n")
                sys.stdout.flush()
                if report.stopped:
                    sys.exit()
