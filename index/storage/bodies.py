"""A stored body into the counts of its stems, which say how much an article speaks of a question."""

from __future__ import annotations

import sqlite3

from index.stems import stems_of

_TABLE = """
CREATE TABLE IF NOT EXISTS stems (
    revision INTEGER PRIMARY KEY REFERENCES revisions ON DELETE CASCADE,
    stems    BLOB NOT NULL                 -- see `index.stems.Stems.packed`
) STRICT
"""


def create(connection: sqlite3.Connection) -> None:
    """Make the table where there is none, and fill it with the bodies that are there: 2 ms an article."""
    if are_counted(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(_TABLE)
        for number, body in connection.execute("SELECT number, body FROM revisions").fetchall():
            count(connection, number, body)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def are_counted(connection: sqlite3.Connection) -> bool:
    """Whether there is the table; an archive that was last written to before there was has none."""
    made = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'stems'"
    return connection.execute(made).fetchone() is not None


def count(connection: sqlite3.Connection, revision: int, body: str) -> None:
    """Keep the stems of a revision's body; a body that came back has them already."""
    connection.execute("INSERT OR IGNORE INTO stems VALUES (?, ?)", (revision, stems_of(body).packed()))
