"""A folder into tables beside its archive (`index.storage.side`): a small SQLite file of their own."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.storage.connections import SqliteConnection, empty_log, open_writer, transaction, translated
from index.storage.side import Layout
from index.storage.sql import Connection


class SideFile:
    """A `SideDatabase`; threads take turns."""

    def __init__(self, path: Path, connection: SqliteConnection) -> None:
        self._path = path
        self._connection = connection
        self._turn = threading.RLock()

    @classmethod
    def open(cls, home: Path, layout: Layout) -> SideFile:
        """Open the file, or make it, as `index.storage.side.open_side` says."""
        path = home / layout.file_name
        with translated(path):
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            connection = open_writer(path)
            try:
                _bring_up(connection, layout, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Close it; what was deleted leaves the log."""
        with self._turn:
            self.empty_log()
            self._connection.close()

    def number_on(self, connection: Connection) -> None:
        """Nothing: SQLite remembers the highest number that each table has had."""

    def empty_log(self) -> None:
        """What was deleted leaves the write-ahead log too, unless somebody is reading."""
        with self._turn, translated(self._path):
            empty_log(self._connection, patience=0.5)

    @contextmanager
    def writing(self, *, durably: bool = False) -> Iterator[SqliteConnection]:
        """Whole or not at all."""
        with self._turn, translated(self._path):
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durably else 'NORMAL'}")
            with transaction(self._connection) as connection:
                yield connection

    @contextmanager
    def reading(self) -> Iterator[SqliteConnection]:
        """A look."""
        with self._turn, translated(self._path):
            yield self._connection


def _bring_up(connection: SqliteConnection, layout: Layout, path: Path) -> None:
    """Make the tables, or what they lack, step by step."""
    if _version(connection) == layout.version:
        return
    with transaction(connection):
        steps = layout.missing(_version(connection), where=path)  # another process may have been at it
        for statement in (one for step in steps for one in _statements(step)):
            connection.execute(statement)
        for statement in _listening(layout):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {layout.version}")


def _version(connection: SqliteConnection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _listening(layout: Layout) -> list[str]:
    """What lets the tables be told of an article that is removed (`index.storage.beside`)."""
    if not layout.on_removal:
        return []
    trigger = "CREATE TRIGGER removed_words INSTEAD OF INSERT ON removed"
    return [
        "DROP VIEW IF EXISTS removed",
        "CREATE VIEW removed AS SELECT NULL AS article",
        f"{trigger} BEGIN {layout.on_removal} END",
    ]


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would end the transaction."""
    plain = re.sub(r"--[^\n]*", "", script)
    return [one for one in plain.split(";") if one.strip()]
