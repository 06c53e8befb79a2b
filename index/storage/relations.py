"""What an earlier Dateline stored, related as now: who is a copy, who tells a story later or takes it back.

Articles are related when they are written (`index.storage.origins`), and `meta` has the number up to which
all are, by the rules of today. Those behind it are taken in the order of their numbers, each beside those
before it only, so that in the end they stand to one another as if the archive were made anew. Some are taken
at a time, in one transaction with that number: a kill leaves it where it was, several servers share the work.
"""

from __future__ import annotations

from index.records import Article
from index.storage import origins
from index.storage.rows import ARTICLE, CURRENT
from index.storage.sql import Connection

# In `meta`, with the number of the rules: count it up where what is stored shall be related by other ones.
_UPTO = "related_3"
# In one statement, since every added article costs it.
_NOTE = """
WITH upto AS (SELECT coalesce(max(CAST(value AS BIGINT)), 0) AS last FROM meta WHERE key = ?1)
INSERT INTO meta (key, value)
SELECT ?1, CAST(CAST(?2 AS BIGINT) AS TEXT) FROM upto
WHERE last < ?2 AND NOT EXISTS (SELECT 1 FROM articles WHERE number > last AND number < ?2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


def upto(connection: Connection) -> int:
    """The number of the last article that is related as now with all before it; 0 where none is."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_UPTO,)).fetchone()
    return int(row[0]) if row else 0


def keep_upto(connection: Connection, number: int) -> None:
    """Remember that all articles up to a number are related as now."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_UPTO, str(number)),
    )


def note(connection: Connection, number: int) -> None:
    """Count an article that was just related, unless one before it was not."""
    connection.execute(_NOTE, (_UPTO, number))


def left(connection: Connection) -> int:
    """How many articles are not related as now."""
    (count,) = connection.execute(
        "SELECT count(*) FROM articles WHERE number > ?", (upto(connection),)
    ).fetchone()
    return int(count)


def relate(connection: Connection, *, limit: int) -> None:
    """Relate the next `limit` of those that are left."""
    due = connection.execute(
        f"SELECT a.number, {ARTICLE} FROM {CURRENT} WHERE a.number > ? ORDER BY a.number LIMIT ?",
        (upto(connection), limit),
    ).fetchall()
    for number, *article in due:
        origins.settle(connection, number, Article(*article), below=number)
    if due:
        keep_upto(connection, due[-1][0])
