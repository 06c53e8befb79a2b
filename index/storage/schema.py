"""An empty SQLite file into an archive, and an archive's own account of which encoder made it.

Passages get a sequence number that is never used again (AUTOINCREMENT), so "newer than 812" always means the
same; the vectors have a table of their own, so that reading passages does not page through 1.5 kB each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from index.encoding.encoder import EncoderIdentity
from index.errors import ArchiveError, ArchiveMismatch
from index.storage.connections import SqliteConnection, transaction
from index.storage.records import StoredIdentity
from index.storage.sql import Connection

Migration = Callable[[sqlite3.Connection], None]

# The n-th takes an archive from layout n to n + 1. What is only added needs none: its module makes the table
# where there is none (see `Archive.open`), and an earlier Dateline can still read the archive.
MIGRATIONS: tuple[Migration, ...] = ()
VERSION = 1 + len(MIGRATIONS)

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    number         INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    revision       TEXT NOT NULL,          -- the current one
    title          TEXT NOT NULL,
    outlet         TEXT,
    outlet_folded  TEXT,                   -- what the filter compares
    agency         TEXT,
    author         TEXT,
    published      TEXT,
    copyright_year INTEGER,
    url            TEXT,
    language       TEXT,
    earliest       TEXT,                   -- UTC; the span that `published` or the copyright year leaves open
    latest         TEXT,
    known          TEXT,                   -- UTC; by then this revision had certainly been published
    origin         TEXT NOT NULL,
    added_at       TEXT NOT NULL
) STRICT;
CREATE INDEX articles_origin ON articles (origin);

CREATE TABLE revisions (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    article       INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    hash          TEXT NOT NULL,
    body          TEXT NOT NULL,
    added_at      TEXT NOT NULL,
    superseded_at TEXT,
    UNIQUE (article, hash)
) STRICT;

CREATE TABLE passages (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    revision  INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    sentences TEXT NOT NULL,               -- JSON: [[start, end], …]
    input     TEXT NOT NULL,               -- sha256 of what the encoder was given
    UNIQUE (article, number)
) STRICT;
CREATE INDEX passages_input ON passages (input);
CREATE INDEX passages_revision ON passages (revision);

CREATE TABLE vectors (
    seq    INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    vector BLOB NOT NULL                   -- float32, little-endian, unit length
) STRICT;

CREATE VIRTUAL TABLE passages_fts USING fts5 (
    title, text, tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE asked (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL,
    at       TEXT NOT NULL,
    status   TEXT NOT NULL
) STRICT;

CREATE TABLE quoted (
    asked    INTEGER NOT NULL REFERENCES asked ON DELETE CASCADE,
    article  INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    revision TEXT NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL
) STRICT;
CREATE INDEX quoted_asked ON quoted (asked);
CREATE INDEX quoted_article ON quoted (article);
"""


def create(connection: SqliteConnection, encoder: EncoderIdentity) -> None:
    """Make the tables, all in one transaction, and remember the encoder."""
    facts = {
        "schema": str(VERSION),
        "encoder": encoder.name,
        "fingerprint": encoder.fingerprint,
        "dimensions": str(encoder.dimensions),
        "deletions": "0",
    }
    rows = ", ".join(f"({_quoted(key)}, {_quoted(value)})" for key, value in facts.items())
    try:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} INSERT INTO meta VALUES {rows}; COMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise


def upgrade(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring an archive of an earlier layout to that of today, in one transaction: all the way or not at all.

    An archive of today's layout, or of a later one, is left as it is.
    """
    found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    if found is None or int(found[0]) > len(migrations):
        return
    with transaction(connection):
        for migrate in migrations[max(0, int(found[0]) - 1) :]:
            migrate(connection)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(1 + len(migrations)),))


def made_by(connection: Connection, path: Path) -> StoredIdentity:
    """The encoder that the archive was made by; raises `ArchiveMismatch` when a newer Dateline made it."""
    facts: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta"))
    if not {"schema", "encoder", "fingerprint", "dimensions", "deletions"} <= facts.keys():
        raise ArchiveError(f"{path}: is an SQLite file, but not an archive of Dateline's")
    if int(facts["schema"]) > VERSION:
        raise ArchiveMismatch(
            f"{path}: has layout {facts['schema']}, this Dateline knows {VERSION}; "
            "use the Dateline that made it"
        )
    return StoredIdentity(
        facts["encoder"], facts["fingerprint"], int(facts["dimensions"]), layout=int(facts["schema"])
    )


def expect(stored: StoredIdentity, encoder: EncoderIdentity, home: object) -> None:
    """Raise `ArchiveMismatch` unless `encoder` made the archive: vectors of two cannot be compared."""
    if (stored.fingerprint, stored.dimensions) == (encoder.fingerprint, encoder.dimensions):
        return
    raise ArchiveMismatch(
        f"{home}: was made by the encoder {stored.name!r} ({stored.fingerprint[:12]}…, "
        f"{stored.dimensions} dimensions), not by {encoder.name!r} ({encoder.fingerprint[:12]}…, "
        f"{encoder.dimensions}); "
        f"choose {stored.name!r} again, or add the articles to another --home"
    )


def nothing_there(home: object) -> ArchiveError:
    """The error where there is no archive, or none was finished; a kill while it is made leaves it empty."""
    return ArchiveError(f"{home}: there is no archive yet; make one with `dateline add PATH`")


def _quoted(value: str) -> str:
    """An SQL string literal; `executescript` takes no parameters."""
    return "'" + value.replace("'", "''") + "'"
