"""A small SQLite file beside the archive, such as the bot's own, brought up to date when opened."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from index.errors import ArchiveMismatch
from index.storage.connections import empty_log, open_writer, transaction, translated


@dataclass(frozen=True)
class Layout:
    """The tables of a file, and what makes one of an older version into one of the next, by that version."""

    file_name: str
    tables: str
    version: int
    steps: Mapping[int, str]


class SideFile:
    """The open file, of the `layout` that its class names; used from several threads, which take turns."""

    layout: ClassVar[Layout]

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._turn = threading.RLock()

    @classmethod
    def open(cls, home: Path) -> Self:
        """Open the file in a home folder, or make it; one of an older version is brought up to date.

        Raises:
            ArchiveMismatch: a newer Dateline made it.
            ArchiveFull: there is no room for it.
        """
        layout, path = cls.layout, home / cls.layout.file_name
        with translated(path):
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            connection = open_writer(path)
            version = _brought_up(connection, layout)
        if version > layout.version:
            connection.close()
            raise ArchiveMismatch(
                f"{path}: is of version {version}, expected {layout.version}; use a newer Dateline"
            )
        return cls(path, connection)

    def close(self) -> None:
        """Close it; what was deleted leaves the log."""
        with self._turn:
            self.empty_log()
            self._connection.close()

    def empty_log(self) -> None:
        """What was deleted leaves the write-ahead log too, unless somebody is reading."""
        with self._turn, translated(self._path):
            empty_log(self._connection, patience=0.5)

    @contextmanager
    def writing(self, *, durably: bool = False) -> Iterator[sqlite3.Connection]:
        """Everything inside is stored when this ends, or nothing of it: a kill takes nothing of it back.

        Only a power cut may, unless it is stored `durably`, which waits for the disk.
        """
        with self._turn, translated(self._path):
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durably else 'NORMAL'}")
            with transaction(self._connection) as connection:
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A look."""
        with self._turn, translated(self._path):
            yield self._connection


def _brought_up(connection: sqlite3.Connection, layout: Layout) -> int:
    """Make the tables, or what they lack, step by step; the version that the file has then."""
    if _version(connection) >= layout.version:
        return _version(connection)
    with transaction(connection):
        version = _version(connection)  # again: another process may have been at it
        later = range(version, layout.version)
        steps = [layout.steps[one] for one in later] if version else [layout.tables]
        for statement in (one for step in steps for one in _statements(step)):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {layout.version}")
    return layout.version


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would end the transaction."""
    plain, found, begun = re.sub(r"--[^\n]*", "", script), [], ""
    for piece in plain.split(";")[:-1]:  # a trigger has some within it
        begun += f"{piece};"
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found
