"""What an archive remembers of the feeds that were added, and of their items (as `feed_rows` keep it)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from index.errors import NotInArchive
from index.feeds.records import ALONE, CLOCK_STEPS, Feed, FeedItem, FeedKind
from index.storage.engine import ArchiveHome, reading, writing
from index.storage.feed_rows import (
    FEED,
    ITEM,
    SAME,
    feed_of,
    is_made,
    item_of,
    keep_item,
    moment_of,
    text_of,
)
from index.storage.sql import Connection

_PAGES = "Pages added by their address"


class FeedMemory:
    """What an archive remembers of feeds; each call is a transaction of its own, whoever else writes.

    The archive must have been made. May be used from several threads.
    """

    def __init__(self, home: ArchiveHome) -> None:
        self._home = home

    def add(self, url: str, kind: FeedKind, title: str, *, now: datetime) -> Feed:
        """Remember a feed, to be read at once; one that is known stays as it is, but is no longer ended."""
        with writing(self._home) as connection:
            connection.execute(
                "INSERT INTO feeds (url, kind, title, added_at, next_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET ended = NULL",
                (url, kind, title, text_of(now), text_of(now)),
            )
            return _feed_at(connection, url)

    def all(self) -> list[Feed]:
        """Every feed, in the order in which they were added."""
        with reading(self._home) as connection:
            if not is_made(connection):
                return []
            return [feed_of(row) for row in connection.execute(f"SELECT {FEED} FROM feeds ORDER BY number")]

    def listed(self) -> list[Feed]:
        """Every feed, and behind them the pages that were added without one, as if they were one."""
        return [*self.all(), *filter(None, [self.pages()])]

    def pages(self) -> Feed | None:
        """The pages that were added without a feed and are still looked at, as a feed; None for none."""
        with reading(self._home) as connection:
            if not is_made(connection):
                return None
            count, changes, seen_at, look_at = connection.execute(
                "SELECT COUNT(*), SUM(changes), MAX(seen_at), MIN(look_at) FROM feed_items"
                " WHERE feed = ? AND look_at IS NOT NULL",
                (ALONE,),
            ).fetchone()
        if not count:
            return None
        seen, look = moment_of(seen_at), moment_of(look_at)
        return Feed(ALONE, "", "pages", _PAGES, added_at=seen, next_at=look, new=count, changed=changes)

    def at(self, url: str) -> Feed:
        """The feed of an address. Raises `NotInArchive`."""
        found = next((feed for feed in self.all() if feed.url == url), None)
        if found is None:
            raise _not_there(url)
        return found

    def keep(self, feed: Feed) -> None:
        """Store what became of a reading; whether it is paused stays as somebody may just have set it."""
        with writing(self._home) as connection:
            connection.execute(
                "UPDATE feeds SET url = ?1 WHERE number = ?2"
                " AND NOT EXISTS (SELECT 1 FROM feeds WHERE url = ?1)",
                (feed.url, feed.number),
            )
            connection.execute(
                "UPDATE feeds SET kind = ?, title = ?, next_at = ?, read_at = ?, etag = ?, last_modified = ?,"
                " every_s = ?, status = ?, failures = ?, moved_to = ?, moved_times = ?, moved_since = ?,"
                " ended = ?, new = ?, changed = ?, errors = ? WHERE number = ?",
                (feed.kind, feed.title, text_of(feed.next_at), text_of(feed.read_at), feed.validators.etag,
                 feed.validators.last_modified, feed.every_s, feed.status, feed.failures, feed.moves.to,
                 feed.moves.times, text_of(feed.moves.since), feed.ended, feed.new, feed.changed,
                 json.dumps(feed.errors), feed.number),
            )  # fmt: skip

    def pause(self, url: str, *, paused: bool) -> Feed:
        """Read a feed no more, or again (an ended one, too), its articles stay. Raises `NotInArchive`."""
        with writing(self._home) as connection:
            number = _feed_at(connection, url).number
            connection.execute("UPDATE feeds SET paused = ? WHERE number = ?", (paused, number))
            if not paused:
                connection.execute(
                    "UPDATE feeds SET ended = NULL, failures = 0, next_at = added_at WHERE number = ?",
                    (number,),
                )
            return _feed_at(connection, url)

    def remove(self, url: str) -> None:
        """Forget a feed; its articles stay, and those that were removed stay out. Raises `NotInArchive`."""
        with writing(self._home) as connection:
            number = _feed_at(connection, url).number
            connection.execute(
                f"INSERT INTO feed_items ({ITEM}) SELECT {ALONE}, {ITEM.removeprefix('feed, ')}"
                " FROM feed_items WHERE feed = ? AND removed = 1 ON CONFLICT (feed, identity)"
                f" DO UPDATE SET {SAME}",
                (number,),
            )
            connection.execute("DELETE FROM feed_items WHERE feed = ?", (number,))
            connection.execute("DELETE FROM feeds WHERE number = ?", (number,))

    def items(self, feed: Feed, identities: Sequence[str]) -> dict[str, FeedItem]:
        """What is remembered of these items of a feed, by their identities."""
        with reading(self._home) as connection:
            rows = connection.execute(
                f"SELECT {ITEM} FROM feed_items WHERE feed = ?"
                " AND identity IN (SELECT value FROM json_each(?))",
                (feed.number, json.dumps(list(identities))),
            )
            return {item.identity: item for item in map(item_of, rows)}

    def due_items(self, feed: Feed, *, now: datetime, limit: int) -> list[FeedItem]:
        """The items of a feed whose pages are to be asked for again by now, the longest due first.

        Those that were seen at a moment that is still to come are due, too: the clock has gone back.
        """
        with reading(self._home) as connection:
            rows = connection.execute(
                f"SELECT {ITEM} FROM feed_items WHERE feed = ? AND look_at IS NOT NULL"
                " AND (look_at <= ? OR seen_at > ?) ORDER BY look_at LIMIT ?",
                (feed.number, text_of(now), text_of(now + CLOCK_STEPS), limit),
            )
            return [item_of(row) for row in rows]

    def keep_items(self, items: Sequence[FeedItem]) -> None:
        """Remember items that brought no article."""
        with writing(self._home) as connection:
            for item in items:
                keep_item(connection, item)

    def holders(self, article: str) -> list[FeedItem]:
        """What is remembered of the items of all feeds that an article was read from, also a removed one."""
        with reading(self._home) as connection:
            rows = connection.execute(f"SELECT {ITEM} FROM feed_items WHERE article = ?", (article,))
            return [item_of(row) for row in rows]


def _feed_at(connection: Connection, url: str) -> Feed:
    row = connection.execute(f"SELECT {FEED} FROM feeds WHERE url = ?", (url,)).fetchone()
    if row is None:
        raise _not_there(url)
    return feed_of(row)


def _not_there(url: str) -> NotInArchive:
    return NotInArchive(f"{url}: is no feed that was added; `dateline feeds` lists those that were")
