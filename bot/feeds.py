"""Settings into the parts that read feeds, as `assemble` makes those that answer."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.assemble import fetcher_for, open_archive

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.articles.draft import Found
    from index.encoding.encoder import Encoder
    from index.errors import Refusal
    from index.feeds.outcome import FeedReport
    from index.feeds.reading import FeedTools
    from index.feeds.watch import Watch, WatchLock
    from index.fetching.fetch import Fetcher
    from index.storage.archive import Archive
    from index.storage.feeds import FeedMemory
    from index.storage.tally import Report


def feed_memory(settings: Settings) -> FeedMemory:
    """What the archive remembers of feeds.

    Raises:
        ArchiveError: there is no archive, or none that can be read.
    """
    from index.storage.feeds import FeedMemory

    with open_archive(settings):
        return FeedMemory(settings.archive_home)


@contextmanager
def feed_tools(
    settings: Settings,
    archive: Archive,
    fetcher: Fetcher,
    *,
    store: Callable[[Sequence[Found | Refusal]], Report],
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[FeedTools]:
    """What reading feeds takes; `store` adds to the archive, `tell` is told what is fetched."""
    from index.articles.html import html_reader
    from index.articles.web import Web
    from index.feeds.parse import feed_reader
    from index.feeds.reading import FeedTools
    from index.storage.feeds import FeedMemory

    web = Web(fetcher, known=archive.known_page, tell=tell)
    with feed_reader() as feeds, html_reader() as pages:
        yield FeedTools(
            web,
            archive,
            FeedMemory(settings.archive_home),
            feeds,
            pages,
            store,
            now=lambda: datetime.now(UTC),
            chance=random.random,
        )


@contextmanager
def watching(
    settings: Settings,
    archive: Archive,
    encoder: Encoder,
    *,
    tell: Callable[[FeedReport], None],
    stop: threading.Event,
    lock: WatchLock,
) -> Iterator[Watch]:
    """What reads feeds for as long as it has the lock; the archive is open to write only while it stores."""
    from index.feeds.watch import Watch, storing

    def write() -> Archive:
        return open_archive(settings, encoder, write="dateline watch")

    store = storing(write, encoder, stop=stop)
    with fetcher_for(settings) as fetcher, feed_tools(settings, archive, fetcher, store=store) as tools:
        yield Watch(tools, tell=tell, stop=stop, check=lock.check)
