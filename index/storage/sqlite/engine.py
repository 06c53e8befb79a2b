"""A home folder into an archive's engine: one SQLite file that one process writes and any number read.

archive.sqlite     the truth: articles, revisions, passages, vectors, full-text index, what was asked
lock               who writes
vectors/           the nearest-neighbour index, rebuilt from the truth (see `index.storage.generations`)
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from index.encoding.encoder import EncoderIdentity
from index.errors import ArchiveError, ArchiveLocked
from index.storage import (
    editions,
    feed_rows,
    namesakes,
    origins,
    pages,
    schema,
    stem_counts,
    stories,
    writing,
)
from index.storage.beside import forget_beside
from index.storage.connections import (
    FILE_NAME,
    ReadConnections,
    SqliteConnection,
    bytes_of,
    empty_log,
    open_writer,
    transaction,
    translated,
)
from index.storage.generations import Generations, sync_folder
from index.storage.lock import WriterLock
from index.storage.records import EngineState, IndexHealth, StoredIdentity
from index.storage.sql import Connection
from index.storage.sqlite import residue
from index.storage.sqlite.passages import SqlitePassages
from index.storage.upkeep import Upkeep

T = TypeVar("T")


class SqliteEngine:
    """An `Engine`; each read takes a read-only connection of its own, writes take turns."""

    def __init__(
        self,
        home: Path,
        *,
        encoder: StoredIdentity,
        lock: WriterLock | None,
        writer: SqliteConnection | None,
        index_from: int,
    ) -> None:
        self.home = home
        self.encoder = encoder
        self._path = home / FILE_NAME
        self._lock = lock
        self._writer = writer
        self._writing = threading.RLock()
        self._readers = ReadConnections(self._path)
        generations = Generations(home / "vectors")
        self._upkeep = Upkeep(self._path, generations, dimensions=encoder.dimensions, index_from=index_from)
        self.passages = SqlitePassages(generations, encoder.dimensions)

    @classmethod
    def open(
        cls,
        home: Path,
        encoder: EncoderIdentity | None,
        *,
        write: bool,
        index_from: int,
        command: str | None,
    ) -> SqliteEngine:
        """Open the archive in `home`, as `Archive.open` says."""
        path = home / FILE_NAME
        if not write:
            stored = identity(home, encoder)
            if stored.layout < schema.VERSION:
                cls.open(home, None, write=True, index_from=index_from, command="an upgrade").close()
            return cls(home, encoder=stored, lock=None, writer=None, index_from=index_from)
        if encoder is None and not path.exists():
            raise schema.nothing_there(home)
        with translated(home):
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            (home / "vectors").mkdir(exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)
        lock = WriterLock(home / "lock", command=command)
        writer: SqliteConnection | None = None
        try:
            with translated(path):
                writer = open_writer(path)
                _make(writer, encoder, home)
            engine = cls(
                home, encoder=identity(home, encoder), lock=lock, writer=writer, index_from=index_from
            )
            engine._clear_up()
        except BaseException:
            if writer:
                writer.close()
            lock.release()
            raise
        return engine

    def close(self) -> None:
        """Close everything; closing twice does nothing."""
        self.passages.close()
        self._readers.close()
        with self._writing:
            if self._writer:
                self._writer.close()
                self._writer = None
            if self._lock:
                self._lock.release()

    def begin_answer(self) -> None:
        """Nothing: there is one file, and what is read of it is never older than before."""

    def at_once(self, read: Callable[[], T]) -> T:
        """What `read` reads; not of one snapshot, which would keep the log from being emptied meanwhile."""
        return read()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """To read what is committed by now."""
        with self._readers.snapshot() as connection:
            yield connection

    newest = snapshot

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """To write, whole or not at all."""
        with self._writing, translated(self._path):
            connection = self._own_writer()
            if connection.in_transaction:
                yield connection
                return
            with transaction(connection):
                yield connection

    @contextmanager
    def removal(self, article_ids: Sequence[str]) -> Iterator[Connection]:
        """To remove articles: no byte of them is left in the file, in its log, or in the index's folders.

        The folders go when a vector of theirs may be inside; searches are then exact until `tend` has built
        it anew. `ArchiveLocked` says that they are gone but a reader has kept the log from being emptied.
        """
        with self.transaction() as connection:
            # First, because an index that is missing after a kill is built again, one that is there too
            # long is not.
            self._upkeep.forget(writing.lowest_seq(connection, article_ids))
            residue.note(connection)
            yield connection
        with translated(self.home):
            forget_beside(self.home, article_ids)
        with self._writing, translated(self._path):
            if not self._own_writer().in_transaction and not empty_log(self._own_writer()):
                raise ArchiveLocked(
                    f"{self._path}: it is deleted, but others read without pause and its words are still in "
                    "archive.sqlite-wal; the next command that writes will clear them"
                )
            residue.clear(self._own_writer(), self._path)

    @contextmanager
    def logging(self) -> Iterator[Connection]:
        """To write down what was asked: no answer waits for the disk to tell that it has it."""
        with translated(self._path):
            connection = open_writer(self._path, synchronous="NORMAL")
            try:
                with transaction(connection):
                    yield connection
            finally:
                connection.close()

    def number_on(self, connection: Connection) -> None:
        """Nothing: SQLite remembers the highest number that each table has had."""

    def tend(self, *, stop: Callable[[], bool]) -> str | None:
        """Build the nearest-neighbour index anew when due."""
        self._own_writer()
        with self._writing, translated(self._path):
            return self._upkeep.tend(self._readers, stop=stop)

    def health(self, connection: Connection) -> IndexHealth:
        """What state the nearest-neighbour index is in, having hashed every byte of it."""
        return self._upkeep.health(connection)

    def state(self, connection: Connection) -> EngineState:
        """SQLite's version, and the size of the archive's own files."""
        return EngineState("sqlite", sqlite3.sqlite_version, bytes_of(self.home))

    def fault(self, connection: Connection) -> str | None:
        """What is damaged in its file; every page is read."""
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        return None if found == "ok" else str(found)

    def _clear_up(self) -> None:
        """What a killed writer left: unfinished folders, and in the log what it had deleted."""
        with translated(self._path):
            self._upkeep.sweep()
            empty_log(self._own_writer(), patience=1.0)
            with suppress(ArchiveLocked):
                residue.clear(self._own_writer(), self._path)

    def _own_writer(self) -> SqliteConnection:
        if self._writer is None:
            raise ArchiveError(f"{self.home}: this archive was opened to read, not to write")
        return self._writer


def identity(home: Path, encoder: EncoderIdentity | None) -> StoredIdentity:
    """Which encoder made the archive in `home`, which must be `encoder` if one is given."""
    path = home / FILE_NAME
    if not path.exists():
        raise schema.nothing_there(home)
    readers = ReadConnections(path)
    try:
        with readers.snapshot() as connection:
            if not connection.has_table("meta"):
                raise schema.nothing_there(home)
            stored = schema.made_by(connection, path)
    finally:
        readers.close()
    if encoder is not None:
        schema.expect(stored, encoder, home)
    return stored


def _make(writer: SqliteConnection, encoder: EncoderIdentity | None, home: Path) -> None:
    """Make what an empty file, or the archive of an older Dateline, does not have."""
    if encoder is not None and not writer.has_table("meta"):
        schema.create(writer, encoder)
        sync_folder(home)
    if writer.has_table("meta"):
        schema.upgrade(writer)
        for table in (origins, stories, stem_counts, namesakes, pages, editions, feed_rows):
            table.create(writer)
