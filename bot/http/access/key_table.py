"""API keys in the database of an archive, for all its servers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.http.access.key_file import FILE_NAME, Key
from bot.http.access.keys import KeyRing
from index.storage.engine import ArchiveHome
from index.storage.side import Layout, SideDatabase, open_side
from index.storage.tables import TableProof

_TABLES = """
CREATE TABLE keys (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    write INTEGER NOT NULL,         -- whether it may add and remove articles
    per_minute INTEGER,
    made TEXT NOT NULL
) STRICT;
"""
LAYOUT = Layout("keys", _TABLES, 1, {})
_COLUMNS = "id, name, sha256, write, per_minute, made"


class KeyTable:
    """A `KeyStore`; every look is one into the database."""

    quick = False

    def __init__(self, tables: SideDatabase, *, where: str) -> None:
        self.where = where
        self._tables = tables

    def all(self) -> Sequence[Key]:
        """Every key, oldest first."""
        with self._tables.reading() as connection:
            return [_key(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY number")]

    def find(self, key_id: str) -> Key | None:
        """The key of an id."""
        with self._tables.reading() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM keys WHERE id = ?", (key_id,)).fetchone()
        return _key(row) if row else None

    def add(self, key: Key) -> bool:
        """Keep a key; false where another has its name."""
        with self._tables.writing(durably=True) as connection:
            added = connection.execute(
                f"INSERT INTO keys ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (key.id, key.name, key.sha256, int(key.write), key.per_minute, key.made.isoformat()),
            )
            return added.rowcount > 0

    def remove(self, name: str) -> bool:
        """Let go of a key; false where none has that name."""
        with self._tables.writing(durably=True) as connection:
            return connection.execute("DELETE FROM keys WHERE name = ?", (name,)).rowcount > 0

    def close(self) -> None:
        """Close the tables."""
        self._tables.close()


def keys_of(home: ArchiveHome) -> KeyRing:
    """The keys of the archive in `home`."""
    if isinstance(home, Path):
        return KeyRing(home / FILE_NAME)
    return KeyRing(KeyTable(open_side(home, LAYOUT), where=str(home)))


def copy_keys(source: ArchiveHome, target: ArchiveHome) -> TableProof:
    """Copy the keys that the target does not have, and compare."""
    with closing(keys_of(source)) as old, closing(keys_of(target)) as new:
        theirs = old.all()
        for key in theirs:
            new.take(key)
        ours = new.all()
    return TableProof("keys", len(theirs), len(ours), list(theirs) == list(ours))


def _key(row: tuple[str, str, str, int, int | None, str]) -> Key:
    key_id, name, sha256, write, per_minute, made = row
    return Key(
        id=key_id,
        name=name,
        sha256=sha256,
        write=bool(write),
        per_minute=per_minute,
        made=datetime.fromisoformat(made),
    )
