"""Feeds and their items as rows of the archive: hashes, no word of an article.

An item is kept in the transaction that stores its article, so a kill leaves neither without the other. Where
an article is removed, a trigger forgets what its items said, and remembers that they are to stay out.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from index.feeds.records import Feed, FeedItem, FeedKind, FeedMoves
from index.fetching.records import Validators
from index.storage.connections import SqliteConnection
from index.storage.sql import Connection

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    added_at      TEXT NOT NULL,           -- UTC, as all moments
    next_at       TEXT NOT NULL,
    read_at       TEXT,
    etag          TEXT,                    -- byte for byte as they came
    last_modified TEXT,
    every_s       INTEGER NOT NULL DEFAULT 0,
    status        TEXT,                    -- how the last reading ended
    failures      INTEGER NOT NULL DEFAULT 0,
    moved_to      TEXT,
    moved_times   INTEGER NOT NULL DEFAULT 0,
    moved_since   TEXT,
    paused        INTEGER NOT NULL DEFAULT 0,
    ended         TEXT,                    -- why it is read no more
    new           INTEGER NOT NULL DEFAULT 0,
    changed       INTEGER NOT NULL DEFAULT 0,
    errors        TEXT NOT NULL DEFAULT '{}'  -- JSON: name → times
) STRICT;

CREATE TABLE IF NOT EXISTS feed_items (
    feed     INTEGER NOT NULL,
    identity TEXT NOT NULL,                -- sha256 of its guid, or of its address
    article  TEXT,                         -- the id
    content  TEXT,                         -- sha256 of what it said
    stated   TEXT,                         -- sha256 of its dates
    changes  INTEGER NOT NULL DEFAULT 0,
    tries    INTEGER NOT NULL DEFAULT 0,
    seen_at  TEXT,
    look_at  TEXT,
    removed  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS feed_items_article ON feed_items (article);
CREATE INDEX IF NOT EXISTS feed_items_look ON feed_items (feed, look_at) WHERE look_at IS NOT NULL;

CREATE TRIGGER IF NOT EXISTS feed_items_removed AFTER DELETE ON articles BEGIN
    UPDATE feed_items SET removed = 1, content = NULL, stated = NULL, look_at = NULL WHERE article = OLD.id;
END;
"""
FEED = (
    "number, url, kind, title, added_at, next_at, read_at, etag, last_modified, every_s, status, failures,"
    " moved_to, moved_times, moved_since, paused, ended, new, changed, errors"
)
ITEM = "feed, identity, article, content, stated, changes, tries, seen_at, look_at, removed"
SAME = ", ".join(f"{name} = excluded.{name}" for name in ITEM.split(", ")[2:])


def create(connection: SqliteConnection) -> None:
    """Make the tables in an archive that has none."""
    if not is_made(connection):
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")


def is_made(connection: Connection) -> bool:
    """Whether the archive has the tables; one of an older Dateline has none until it is written to."""
    return connection.has_table("feed_items_removed")


def keep_item(connection: Connection, item: FeedItem) -> None:
    """Remember an item as it is now."""
    connection.execute(
        f"INSERT INTO feed_items ({ITEM}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (feed, identity) DO UPDATE SET {SAME}",
        (item.feed, item.identity, item.article, item.content, item.stated, item.changes, item.tries,
         text_of(item.seen_at), text_of(item.look_at), item.removed),
    )  # fmt: skip


_FeedRow = tuple[
    int, str, FeedKind, str, str, str, str | None, str | None, str | None, int, str | None, int,
    str | None, int, str | None, int, str | None, int, int, str,
]  # fmt: skip
_ItemRow = tuple[
    int, str, str | None, str | None, str | None, int, int, str | None, str | None, int,
]  # fmt: skip


def feed_of(row: _FeedRow) -> Feed:
    """The feed of a row of `FEED`."""
    (number, url, kind, title, added_at, next_at, read_at, etag, last_modified, every_s, status, failures,
     moved_to, moved_times, moved_since, paused, ended, new, changed, errors) = row  # fmt: skip
    return Feed(
        number, url, kind, title, moment_of(added_at), moment_of(next_at),
        (read_at and moment_of(read_at)) or None,
        Validators(etag, last_modified), every_s, status, failures,
        FeedMoves(moved_to, moved_times, moment_of(moved_since) if moved_since else None),
        bool(paused), ended, new, changed, json.loads(errors),
    )  # fmt: skip


def item_of(row: _ItemRow) -> FeedItem:
    """The item of a row of `ITEM`."""
    feed, identity, article, content, stated, changes, tries, seen_at, look_at, removed = row
    return FeedItem(
        feed, identity, article, content, stated, changes, tries,
        moment_of(seen_at) if seen_at else None, moment_of(look_at) if look_at else None, bool(removed),
    )  # fmt: skip


def text_of(moment: datetime | None) -> str | None:
    """A moment as it is stored."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") if moment else None


def moment_of(text: str) -> datetime:
    """A moment that is stored, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
