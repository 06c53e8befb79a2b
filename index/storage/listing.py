"""Articles page by page, newest first, and the names of their revisions: for leafing through an archive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from index.records import Article
from index.storage.filters_sql import Condition
from index.storage.rows import ARTICLE, CURRENT, not_there


def newest(
    connection: sqlite3.Connection, *, offset: int, limit: int, condition: Condition
) -> tuple[list[Article], int]:
    """`limit` articles behind the first `offset`, and how many there are in all; undated ones come last."""
    (total,) = connection.execute(
        f"SELECT count(*) FROM articles AS a WHERE {condition.sql}", condition.parameters
    ).fetchone()
    rows = connection.execute(
        f"SELECT {ARTICLE} FROM {CURRENT} WHERE {condition.sql}"
        " ORDER BY a.published IS NULL, a.latest DESC, a.number DESC LIMIT ? OFFSET ?",
        (*condition.parameters, limit, offset),
    )
    return [Article(*row) for row in rows], int(total)


def revisions(connection: sqlite3.Connection, article_id: str) -> list[str]:
    """The names of an article's revisions, the present one first. Raises `NotInArchive`."""
    rows = connection.execute(
        "SELECT r.hash FROM articles AS a JOIN revisions AS r ON r.article = a.number WHERE a.id = ?"
        " ORDER BY r.hash = a.revision DESC, r.number DESC",
        (article_id,),
    ).fetchall()
    if not rows:
        raise not_there(article_id)
    return [name for (name,) in rows]


def present(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The present revision of each of these articles by its id; those that are gone are left out."""
    rows = connection.execute(
        "SELECT id, revision FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def dates(connection: sqlite3.Connection) -> tuple[str | None, str | None]:
    """The first and the last day of publication, UTC, a copyright year is none."""
    first, last = connection.execute(
        "SELECT min(earliest), max(latest) FROM articles WHERE published IS NOT NULL"
    ).fetchone()
    return first and first[:10], last and last[:10]
