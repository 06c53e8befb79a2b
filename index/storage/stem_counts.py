"""A stored body into the counts of its stems, which say how much an article speaks of a question."""

from __future__ import annotations

from index.letters import latin
from index.stems import stems_of
from index.storage.connections import SqliteConnection
from index.storage.sql import Connection

_TABLE = """
CREATE TABLE IF NOT EXISTS stems (
    revision INTEGER PRIMARY KEY REFERENCES revisions ON DELETE CASCADE,
    stems    BLOB NOT NULL                 -- see `index.stems.Stems.packed`
) STRICT
"""
_LETTERS = "letters"  # in `meta`: how words are indexed (see `index.letters`)
_AS_NOW = "1"


def create(connection: SqliteConnection) -> None:
    """Make the table where there is none, and index anew what an older Dateline indexed in another way.

    2 ms an article where there is no table; else 20 µs, and 2 ms where it has a letter such as "ł".
    """
    if are_counted(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(_TABLE)
        counted = {number for (number,) in connection.execute("SELECT revision FROM stems")}
        for number, body in connection.execute("SELECT number, body FROM revisions").fetchall():
            if number not in counted or latin(body) != body:
                connection.execute("INSERT OR REPLACE INTO stems VALUES (?, ?)", _row(number, body))
        _index_letters(connection)
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_LETTERS, _AS_NOW))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _index_letters(connection: SqliteConnection) -> None:
    """Index the passages with such letters anew, and tell other processes that counts have changed."""
    rows = connection.execute("SELECT title, text, rowid FROM passages_fts")
    plain = [(latin(title), latin(text), seq) for title, text, seq in rows if _has_letters(title, text)]
    connection.executemany("UPDATE passages_fts SET title = ?, text = ? WHERE rowid = ?", plain)
    if plain:
        connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'deletions'")


def _has_letters(*texts: str) -> bool:
    return any(latin(text) != text for text in texts)


def are_counted(connection: Connection) -> bool:
    """Whether bodies are counted as they are now; not where an older Dateline was the last to write."""
    if not connection.has_table("stems"):
        return False
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_LETTERS,)).fetchone()
    return row is not None and str(row[0]) == _AS_NOW


def count(connection: Connection, revision: int, body: str) -> None:
    """Keep the stems of a revision's body; a body that came back has them already."""
    connection.execute("INSERT INTO stems VALUES (?, ?) ON CONFLICT DO NOTHING", _row(revision, body))


def _row(revision: int, body: str) -> tuple[int, bytes]:
    return revision, stems_of(body).packed()
