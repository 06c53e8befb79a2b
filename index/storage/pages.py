"""Addresses that articles were fetched from into what to ask them with next time: their validators.

They are kept in the transaction that stores the article, and go with it: what was removed is fetched whole.
"""

from __future__ import annotations

from datetime import UTC, datetime

from index.fetching.records import KnownPage, PageVersion, Validators
from index.records import Article
from index.storage.connections import SqliteConnection
from index.storage.rows import ARTICLE, CURRENT
from index.storage.sql import Connection

_TABLE = """
CREATE TABLE IF NOT EXISTS pages (
    url           TEXT PRIMARY KEY,        -- as it was asked for
    article       INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    etag          TEXT,
    last_modified TEXT,
    fetched_at    TEXT NOT NULL            -- UTC
) STRICT, WITHOUT ROWID
"""
_BY_ARTICLE = "CREATE INDEX IF NOT EXISTS pages_article ON pages (article)"  # to remove one


def create(connection: SqliteConnection) -> None:
    """Make the table in an archive that has none."""
    connection.execute(_TABLE)
    connection.execute(_BY_ARTICLE)


def keep(connection: Connection, page: PageVersion, article_id: str) -> None:
    """Remember which version of a page an article was read from, the last time that it was asked for."""
    connection.execute(
        "INSERT INTO pages (url, article, etag, last_modified, fetched_at)"
        " SELECT ?, number, ?, ?, ? FROM articles WHERE id = ?"
        " ON CONFLICT (url) DO UPDATE SET article = excluded.article, etag = excluded.etag,"
        " last_modified = excluded.last_modified, fetched_at = excluded.fetched_at",
        (
            page.url,
            page.validators.etag,
            page.validators.last_modified,
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            article_id,
        ),
    )


def known(connection: Connection, url: str) -> KnownPage | None:
    """What was fetched from an address, with the article that was read from it."""
    row = connection.execute(
        f"SELECT p.etag, p.last_modified, {ARTICLE} FROM pages AS p, {CURRENT}"
        " WHERE p.url = ? AND a.number = p.article",
        (url,),
    ).fetchone()
    if row is None:
        return None
    etag, last_modified, *article = row
    return KnownPage(PageVersion(url, Validators(etag, last_modified)), Article(*article))


def address(connection: Connection, article_id: str) -> str | None:
    """The address that an article was fetched from last."""
    row = connection.execute(
        "SELECT p.url FROM pages AS p JOIN articles AS a ON a.number = p.article WHERE a.id = ?"
        " ORDER BY p.fetched_at DESC LIMIT 1",
        (article_id,),
    ).fetchone()
    return str(row[0]) if row else None
